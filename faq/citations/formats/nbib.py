"""What PubMed writes: MEDLINE tags, in a file that ends in .nbib (https://pubmed.ncbi.nlm.nih.gov/help/#pubmed-format)."""

import re
from collections.abc import Iterator
from typing import Any

from faq.citations import csl, dates, names
from faq.citations.formats import tagged
from faq.citations.formats.entries import Entry, Item, broken, entry, journals, pages, trial
from faq.citations.formats.tagged import Record

BEGINS = re.compile(r"^[ \t]*PMID ?- ", re.MULTILINE)
_FIELD = re.compile(r"([A-Z]{2,4}) *- ?(.*)")
_IDENTIFIER = re.compile(r"(\S+) \[(\w+)\]")
_LOCATOR = re.compile(r"e\d+", re.IGNORECASE)
_SUFFIX = re.compile(r"(.+?),? (Jr|Sr|2nd|3rd|[1-9]th|II|III|IV)\.?")


def read(text: str) -> Iterator[Entry]:
    """The entries of a PubMed file."""
    return (_entry(record) for record in tagged.records(text, _FIELD, "PMID"))


def _entry(record: Record) -> Entry:
    if not record.fields:
        return broken(record.line, record.source, "Does not begin with PMID-, as every entry of a PubMed file does.")
    is_book = bool(record.one("BTI"))
    item: Item = {
        "type": "chapter" if is_book and record.one("TI") else "book" if is_book else "article-journal",
        "title": _unstopped(record.one("TI", "BTI")),
        "author": _names(record, "FAU", "AU"),
        "editor": _names(record, "FED", "ED"),
        **(_book(record) if is_book else _journal(record)),
        "DOI": _identified(record, "doi"),
        "PMID": record.one("PMID"),
        "PMCID": record.one("PMC"),
        # A registry's number stands among the databanks: ClinicalTrials.gov/NCT04975308.
        "number": trial(record.all("SI", "OID")),
    }
    return entry(record.line, record.source, item, _remarks(record))


def _journal(record: Record) -> Item:
    located = _identified(record, "pii")
    printed = pages(record.one("PG")) or (located if _LOCATOR.fullmatch(located) else "")
    ahead = not record.one("VI") and not printed
    online, issued = dates.read(record.one("DEP")) or _packed(record.one("DEP")), _issued(record.one("DP"))
    return {
        **journals(_unstopped(record.one("JT")), record.one("TA")),
        "volume": record.one("VI"),
        "issue": record.one("IP"),
        "page": printed,
        # Before it is in an issue, an article is known by the day on which it went online.
        "issued": online or issued if ahead else issued or online,
        "available-date": online,
    }


def _book(record: Record) -> Item:
    return {
        "container-title": _unstopped(record.one("BTI")) if record.one("TI") else "",
        "publisher": record.one("PB"),
        "page": pages(record.one("PG")),
        "issued": _issued(record.one("DP")),
    }


def _names(record: Record, full: str, short: str) -> list[dict[str, str]]:
    """Persons under their full names where these are given, and corporate authors, in the order of the file."""
    kind = full if record.all(full) else short
    corporate = "CN" if full == "FAU" else ""
    found = [(tag, value) for tag, value in record.fields if tag in (kind, corporate) and value]
    return [_group(value) if tag == corporate else _person(value) for tag, value in found]


def _group(value: str) -> dict[str, str]:
    return {"literal": value}


def _person(value: str) -> dict[str, str]:
    if "," not in value:
        # "Jhaveri KL": the initials come last.
        family, _, given = value.rpartition(" ")
        return {"family": family, "given": given} if family else {"literal": value}
    name = names.read(value)
    match = _SUFFIX.fullmatch(name.get("given", ""))
    return {**name, "given": match[1], "suffix": match[2]} if match else name


def _identified(record: Record, kind: str) -> str:
    """The identifier of one kind, which stands among the article's identifiers or among its locations."""
    for value in [*record.all("LID"), *record.all("AID")]:
        match = _IDENTIFIER.fullmatch(value)
        if match and match[2].lower() == kind and (kind != "doi" or csl.doi({"DOI": match[1]})):
            return match[1]
    return ""


def _issued(text: str) -> Any:
    return dates.read(text) or dates.read(text[:8].strip()) or dates.read(text[:4])


def _packed(text: str) -> Any:
    """A day as eight digits."""
    return dates.read(f"{text[:4]}-{text[4:6]}-{text[6:]}") if len(text) == 8 and text.isdigit() else None


def _unstopped(title: str) -> str:
    """A title without PubMed's final period; the citation's style puts its own."""
    return title.removesuffix(".") if not title.endswith("..") else title


def _remarks(record: Record) -> list[str]:
    found = [f"PubMed says that this article was retracted: {value}" for value in record.all("RIN")]
    if not found and "Retracted Publication" in record.all("PT"):
        found = ["PubMed says that this article was retracted."]
    return found + [f"PubMed names a correction of this article: {value}" for value in record.all("EIN")]
