"""RIS, which most reference managers and publishers write."""

import re
from collections.abc import Iterator

from faq.citations import csl, dates, names
from faq.citations.formats import tagged
from faq.citations.formats.entries import Entry, Item, broken, entry, journals, pages, trial
from faq.citations.formats.tagged import Record

BEGINS = re.compile(r"^[ \t]*TY  ?- ?", re.MULTILINE)
_FIELD = re.compile(r"[ \t]*([A-Z][A-Z0-9]) {0,2}-(?: |$)(.*)")
_PMCID = re.compile(r"PMC\d+")

_ARTICLE, _DOCUMENT = "article-journal", "document"
_TYPES = {
    **dict.fromkeys(("JOUR", "EJOUR", "JFULL", "ABST", "MGZN", "NEWS", "INPR", "PREP"), _ARTICLE),
    **dict.fromkeys(("BOOK", "EBOOK", "EDBOOK", "THES"), "book"),
    **dict.fromkeys(("CHAP", "ECHAP", "ENCYC", "DICT"), "chapter"),
    **dict.fromkeys(("CONF", "CPAPER"), "paper-conference"),
    **dict.fromkeys(("RPRT", "GOVDOC"), "report"),
    **dict.fromkeys(("ELEC", "WEB", "BLOG", "ICOMM", "DATA", "DBASE", "AGGR"), "webpage"),
    **dict.fromkeys(("SLIDE", "HEAR"), "speech"),
    **dict.fromkeys(("GEN", "UNPB", "PAMP", "LEGAL", "STAND", "PCOMM", "MANSCPT", "UNBILL"), _DOCUMENT),
}


def read(text: str) -> Iterator[Entry]:
    """The entries of a RIS file."""
    return (_entry(record) for record in tagged.records(text, _FIELD, "TY", "ER"))


def _entry(record: Record) -> Entry:
    if not record.fields:
        return broken(record.line, record.source, "Does not begin with TY, as every entry of a RIS file does.")
    said = record.one("TY").upper()
    kind = _TYPES.get(said, _DOCUMENT)
    remarks = [] if said in _TYPES else [f"Type {said!r} is unknown and was taken for a document."]
    item: Item = {
        "type": kind,
        "title": record.one("TI", "T1", "CT", "BT"),
        "author": [names.read(name) for name in record.all("AU", "A1")],
        **_container(record, kind),
        **_place(record, kind),
        **_identifiers(record),
    }
    date = record.one("DA", "PY", "Y1")
    item["issued"] = _date(record)
    if date and not item["issued"]:
        remarks.append(f"The date {date!r} could not be read.")
    return entry(record.line, record.source, item, remarks)


def _container(record: Record, kind: str) -> Item:
    if kind == _ARTICLE:
        return journals(record.one("T2", "JF", "JO"), record.one("J2", "JA", "JO", "J1"))
    if kind == "paper-conference" and not record.one("VL"):
        return {"event-title": record.one("T2", "BT", "C3"), "event-place": record.one("CY", "C1")}
    if kind == "chapter":
        editors = [names.read(name) for name in record.all("A2", "ED")]
        return {"container-title": record.one("T2", "BT"), "editor": editors}
    if kind == "book":
        return {"editor": [names.read(name) for name in record.all("ED", "A3")]}
    return {"container-title": record.one("T2", "JO")}


def _place(record: Record, kind: str) -> Item:
    """Where in its container an entry stands, and who published it."""
    number = record.one("IS", "M1") if kind == _ARTICLE else ""
    of_its_own = record.one("SN", "M1", "IS") if kind == "report" else ""
    return {
        "volume": record.one("VL"),
        "issue": number,
        "page": pages(record.one("SP"), record.one("EP")) or (record.one("C7") if kind == _ARTICLE else ""),
        "number": of_its_own or trial(record.all("N1", "C1", "C5", "M1", "M3", "UR", "U1")),
        "publisher": record.one("PB") if kind != _ARTICLE else "",
        "edition": record.one("ET"),
    }


def _identifiers(record: Record) -> Item:
    accession = record.one("AN")
    address = next((value for value in record.all("UR", "L2") if csl.host(value)), "")
    return {
        "DOI": csl.doi({"DOI": record.one("DO", "M3")}) or record.one("DO"),
        "PMID": csl.pmid({"PMID": accession}) if _is_of_pubmed(record) else "",
        "PMCID": next((value for value in record.all("C2", "ID") if _PMCID.fullmatch(value)), ""),
        "URL": address,
        "accessed": dates.read(record.one("Y2")) if address else None,
    }


def _is_of_pubmed(record: Record) -> bool:
    base = " ".join(record.all("DB", "DP")).lower()
    return any(name in base for name in ("pubmed", "medline", "nlm"))


def _date(record: Record) -> object:
    """The day where one is known in the year that the entry names, else the year."""
    year = record.one("PY", "Y1")
    # "2025/03/27/online" is a date with words about it.
    said = [re.sub(r"/[^/\d][^/]*$|/+$", "", value) for value in (record.one("DA"), year)]
    read = [dates.read(value) for value in said if value]
    good = [value for value in read if value and (not year[:4].isdigit() or dates.year(value) == int(year[:4]))]
    return good[0] if good else dates.read(year[:4])
