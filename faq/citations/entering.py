"""A CSL-JSON item as the fields of a form, and back: what a form does not know or nobody touched stays as it was."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from faq.citations import csl, dates, names

_PMID = re.compile(
    r"(?:https?://)?(?:pubmed\.ncbi\.nlm\.nih\.gov|www\.ncbi\.nlm\.nih\.gov/pubmed)/(\d+).*|PMID:?\s*(\d+)"
)
_NCT = re.compile(r".*\b(NCT\d{8})\b.*", re.IGNORECASE | re.DOTALL)
_NUMBER = re.compile(r"NCT\d*", re.IGNORECASE)


class Unfit(ValueError):
    """What somebody entered is no value of its field."""


class Field(NamedTuple):
    """One field of the form: its name in CSL, how it is shown, and what its text becomes beside the value before."""

    name: str
    shown: Callable[[object, str], str] = csl.field
    read: Callable[[str, object], Any] = lambda text, _before: " ".join(text.split())


def _shown_names(item: object, name: str) -> str:
    return "\n".join(names.entered(csl.value(item, name)))


def _read_names(text: str, before: object) -> Any:
    return names.merged([" ".join(line.split()) for line in text.splitlines() if line.strip()], before)


def _shown_date(item: object, name: str) -> str:
    return dates.entered(csl.value(item, name))


def _read_date(text: str, _before: object) -> Any:
    if not text.strip():
        return None
    value = dates.read(text)
    if value is None:
        raise Unfit("Enter a date such as 2025, 2025-03 or 2025-03-27, or two of them with a slash between.")
    return value


def _read_doi(text: str, _before: object) -> str:
    bare = csl.doi({"DOI": text})
    if text.strip() and not bare:
        raise Unfit("A DOI looks like 10.1056/NEJMoa2410858.")
    return bare


def _read_pmid(text: str, _before: object) -> str:
    match = _PMID.fullmatch(text.strip())
    bare = (match[1] or match[2]) if match else text.strip()
    if bare and not csl.pmid({"PMID": bare}):
        raise Unfit("A PMID has one to eight digits.")
    return bare


def _shown_nct(item: object, name: str) -> str:
    number = csl.field(item, name)
    return number if _NUMBER.fullmatch(number) else ""


def _shown_number(item: object, name: str) -> str:
    return "" if _shown_nct(item, name) else csl.field(item, name)


def _read_nct(text: str, _before: object) -> str:
    match = _NCT.fullmatch(text.strip())
    if text.strip() and not match:
        raise Unfit("A trial number is NCT and eight digits.")
    return match[1].upper() if match else ""


def _read_url(text: str, _before: object) -> str:
    if text.strip() and not csl.url({"URL": text.strip()}):
        raise Unfit("An address begins with https:// or http://.")
    return text.strip()


_NAMES = (_shown_names, _read_names)
_DATE = (_shown_date, _read_date)
FIELDS: Mapping[str, Field] = {
    "type": Field("type"),
    "title": Field("title"),
    "authors": Field("author", *_NAMES),
    "journal": Field("container-title"),
    "journal_short": Field("container-title-short"),
    "issued": Field("issued", *_DATE),
    "volume": Field("volume"),
    "issue": Field("issue"),
    "pages": Field("page"),
    "doi": Field("DOI", read=_read_doi),
    "pmid": Field("PMID", read=_read_pmid),
    "pmcid": Field("PMCID"),
    "url": Field("URL", read=_read_url),
    "accessed": Field("accessed", *_DATE),
    "genre": Field("genre"),
    "editors": Field("editor", *_NAMES),
    "publisher": Field("publisher"),
    "edition": Field("edition"),
    "event": Field("event-title"),
    "event_place": Field("event-place"),
    "event_date": Field("event-date", *_DATE),
    # CSL has one number for both; which it is shows by its shape.
    "number": Field("number", shown=_shown_number),
    "nct": Field("number", shown=_shown_nct, read=_read_nct),
}


def shown(item: object) -> dict[str, str]:
    """What each field of the form shows of `item`."""
    return {name: field.shown(item, field.name) for name, field in FIELDS.items()}


def entered(item: Mapping[str, Any], texts: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """`item` with what the fields in `texts` say now, and by field what is wrong with it."""
    changed, wrong = dict(item), dict[str, str]()
    for name, text in texts.items():
        field = FIELDS[name]
        try:
            value = field.read(text, item.get(field.name))
        except Unfit as error:
            wrong[name] = str(error)
            continue
        if value not in ("", None, []):
            if name == "nct" and texts.get("number", _shown_number(item, "number")).strip():
                wrong[name] = "CSL keeps one number: a trial's, or the source's own. Leave one of them out."
            changed[field.name] = value
        elif field.shown(item, field.name) and changed.get(field.name) == item.get(field.name):
            changed.pop(field.name, None)
    return changed, wrong
