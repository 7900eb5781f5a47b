"""Reads and checks CSL-JSON items; a field that is missing or malformed reads as empty, never as an error."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from faq.citations import dates, markup, names

Csl = Mapping[str, Any]

# The types that the AMA form knows, and what people call them.
KINDS = {
    "article-journal": "Journal article",
    "book": "Book",
    "chapter": "Chapter of a book",
    "document": "Label, data on file or other document",
    "paper-conference": "Conference paper",
    "report": "Report",
    "speech": "Poster or talk",
    "webpage": "Web page or trial registry",
}
TYPES = frozenset(KINDS)
REGISTRY = "ClinicalTrials.gov"
REGISTRY_HOST = "clinicaltrials.gov"

_DOI_PREFIX = re.compile(r"(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+", re.ASCII)
_PMID = re.compile(r"[1-9]\d{0,7}", re.ASCII)
_NCT = re.compile(r"(?<![A-Z0-9])NCT\d{8}(?!\d)", re.ASCII | re.IGNORECASE)


def value(item: object, name: str) -> object:
    """A field as it is stored; None if it is missing or the item is not an object."""
    return item.get(name) if isinstance(item, Mapping) else None


def field(item: object, name: str) -> str:
    """A field as one line of text; "" if it is missing or neither text nor a whole number."""
    return markup.line(value(item, name))


def title(item: object) -> str:
    """The title without markup, for lists and search."""
    return markup.text(markup.html(field(item, "title")))


def year(item: object) -> int | None:
    """The year of issue, or of the event where no issue date is known."""
    return dates.year(value(item, "issued")) or dates.year(value(item, "event-date"))


def doi(item: object) -> str:
    """The DOI without resolver or "doi:", case kept, also where only the URL holds it; "" if malformed."""
    found = _bare_doi(field(item, "DOI")) or _doi_in_url(field(item, "URL"))
    return found if _DOI.fullmatch(found) else ""


def pmid(item: object) -> str:
    """The PubMed identifier; "" if it is not a number of at most eight digits."""
    found = field(item, "PMID")
    return found if _PMID.fullmatch(found) else ""


def registry_number(item: object) -> str:
    """The ClinicalTrials.gov number in the item's number or URL, in capitals; "" if none."""
    match = _NCT.search(field(item, "number")) or _NCT.search(field(item, "URL"))
    return match[0].upper() if match else ""


def url(item: object) -> str:
    """The item's address; "" unless it is one that a browser may open over http or https."""
    address = field(item, "URL")
    return address if host(address) else ""


def host(address: str) -> str:
    """Host of an http(s) address, lower case and without "www."; "" for any other text."""
    try:
        parts = urlsplit(address)
        name = parts.hostname or ""
    except ValueError:
        return ""
    return name.removeprefix("www.") if parts.scheme in ("http", "https") and " " not in address else ""


def is_data_on_file(item: object) -> bool:
    """Whether the item is a company's unpublished data, which need no title of their own."""
    return field(item, "genre").lower() == "data on file"


def is_registry_entry(item: object) -> bool:
    """Whether the item is an entry of a trial registry and not some other page that names a trial."""
    if field(item, "type") != "webpage":
        return False
    if _is_in_registry(item) or host(field(item, "URL")) == REGISTRY_HOST:
        return True
    number = field(item, "number")
    return bool(_NCT.search(number) or (number and field(item, "container-title")))


def _is_in_registry(item: object) -> bool:
    return field(item, "container-title").lower() == REGISTRY.lower()


def problems(item: object) -> list[str]:
    """Everything wrong with a CSL-JSON item, as sentences for the person who entered it; empty if none."""
    if not isinstance(item, Mapping):
        return ["The reference is not a JSON object."]
    found = [*_problems_of_kind(item), *_problems_of_lists(item), *_problems_of_identifiers(item)]
    return [f"{problem}." for problem in found]


def _problems_of_kind(item: Csl) -> list[str]:
    found = []
    kind = field(item, "type")
    if not kind:
        found.append("type is missing")
    elif kind not in TYPES:
        found.append(f"type {kind!r} is not supported; use one of {', '.join(sorted(TYPES))}")
    if not title(item) and not is_data_on_file(item):
        found.append("title is missing")
    return found


def _problems_of_lists(item: Csl) -> list[str]:
    people = {name: names.problems(item[name]) for name in ("author", "editor") if name in item}
    days = {name: dates.problems(item[name]) for name in ("issued", "accessed", "event-date") if name in item}
    return [f"{name} {problem}" for name, found in (people | days).items() for problem in found]


def _problems_of_identifiers(item: Csl) -> list[str]:
    found = []
    if _is_given(item, "DOI") and not _DOI.fullmatch(_bare_doi(field(item, "DOI"))):
        found.append("DOI does not look like 10.1000/example")
    if _is_given(item, "PMID") and not pmid(item):
        found.append("PMID is not a number of at most eight digits")
    if field(item, "number").upper().startswith("NCT") and not _NCT.fullmatch(field(item, "number")):
        found.append("number is not NCT and eight digits")
    elif _is_in_registry(item) and not registry_number(item):
        found.append(f"a {REGISTRY} entry needs its NCT number")
    if _is_given(item, "URL") and not url(item):
        found.append("URL does not begin with http:// or https:// and a host")
    return found


def _is_given(item: Csl, name: str) -> bool:
    return item.get(name) not in (None, "")


def _bare_doi(text: str) -> str:
    match = _DOI_PREFIX.match(text)
    bare = text[match.end() :] if match else text
    # Only an address is percent-encoded; in a bare DOI a percent sign is a percent sign.
    return (unquote(bare) if match and "/" in match[0] else bare).rstrip(".,")


def _doi_in_url(address: str) -> str:
    return _bare_doi(address) if host(address) in ("doi.org", "dx.doi.org") else ""
