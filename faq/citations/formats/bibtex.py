"""BibTeX and BibLaTeX. Read by own code: what is broken has to be told of with its line, and never drops another."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from faq.citations import csl, dates
from faq.citations.formats import tex
from faq.citations.formats.entries import Entry, Item, broken, entry, journals, pages, trial

BEGINS = re.compile(r"^[ \t]*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE)
_OPENING = re.compile(r"^[ \t]*@\s*([A-Za-z]+)\s*[{(]", re.MULTILINE)
_NAME = re.compile(r"[\s,]*([A-Za-z][\w:+-]*)\s*=\s*")
_BARE = re.compile(r"[^\s,#{}\"=]+")
_GLUE = re.compile(r"\s*#\s*")
_KEY = re.compile(r"\s*([^\s,={}\"]*)\s*,")
_SILENT = {"comment", "preamble"}
_URL = re.compile(r"https?://[^\s{}]+")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)

_TYPES = {
    "article": "article-journal",
    **dict.fromkeys(("book", "mvbook", "collection", "proceedings"), "book"),
    **dict.fromkeys(("incollection", "inbook", "inreference"), "chapter"),
    **dict.fromkeys(("inproceedings", "conference"), "paper-conference"),
    **dict.fromkeys(("techreport", "report", "phdthesis", "mastersthesis", "thesis"), "report"),
    **dict.fromkeys(("online", "electronic", "www", "dataset", "software"), "webpage"),
    **dict.fromkeys(("booklet", "manual", "unpublished", "patent"), "document"),
}


class Block(NamedTuple):
    """One block of the file: its type, its fields in TeX, and why it could not be read to its end."""

    line: int
    source: str
    kind: str
    fields: dict[str, str]
    problem: str


def read(text: str) -> Iterator[Entry]:
    """The entries of a BibTeX file."""
    return (_entry(block) for block in _blocks(text))


def _blocks(text: str) -> Iterator[Block]:
    """The entries in their order. Each ends where the next one begins, so an open brace swallows nothing."""
    openings = list(_OPENING.finditer(text))
    macros = {name[:3].lower(): name for name in _MONTHS}
    line, counted = 1, 0
    for place, opening in enumerate(openings):
        line, counted = line + text.count("\n", counted, opening.start()), opening.start()
        end = openings[place + 1].start() if place + 1 < len(openings) else len(text)
        kind = opening[1].lower()
        source = text[opening.start() : end]
        if kind in _SILENT:
            continue
        start = opening.end()
        if kind != "string" and (key := _KEY.match(text, start, end)):
            start = key.end()
        fields, problem = _fields(text[start:end], macros)
        if kind == "string":
            macros |= fields
        else:
            yield Block(line, source, kind, fields, problem)


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _fields(body: str, macros: dict[str, str]) -> tuple[dict[str, str], str]:
    """The fields of a block in TeX, and what is wrong with it. Where a field stands twice, the first counts."""
    fields: dict[str, str] = {}
    place = 0
    while match := _NAME.match(body, place):
        said, place = _value(body, match.end(), macros)
        if said is None:
            return fields, f"Field {match[1]!r} is not closed."
        fields.setdefault(match[1].lower(), said)
    closed = body[place:].lstrip(" \t\r\n,")[:1] in ("}", ")")
    return fields, "" if closed else "Is not closed, or a field in it has no name."


def _value(body: str, place: int, macros: dict[str, str]) -> tuple[str | None, int]:
    """The value that begins at `place`, put together from its pieces, and where it ends; None if it has no end."""
    said: list[str] = []
    while True:
        sign = body[place : place + 1]
        if sign in ("{", '"') and sign:
            end = _closing(body, place)
            if end < 0:
                return None, len(body)
            said.append(body[place + 1 : end])
            place = end + 1
        else:
            bare = _BARE.match(body, place)
            if not bare:
                return None, place
            said.append(macros.get(bare[0].lower(), bare[0]))
            place = bare.end()
        glue = _GLUE.match(body, place)
        if not glue:
            return "".join(said), place
        place = glue.end()


def _closing(body: str, start: int) -> int:
    """Where the brace or quotation mark at `start` is closed; -1 if nowhere."""
    ends, depth = body[start], 0
    for match in re.compile(r'\\.|[{}"]', re.DOTALL).finditer(body, start + 1):
        sign = match[0]
        if depth == 0 and sign == ("}" if ends == "{" else '"'):
            return match.start()
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return -1
    return -1


def _entry(block: Block) -> Entry:
    if block.problem:
        return broken(block.line, block.source, block.problem)
    kind = _TYPES.get(block.kind, "")
    remarks = []
    told = _Told(block.fields)
    if not kind:
        kind = "webpage" if told.address and not told("howpublished").startswith("Available") else "document"
        if block.kind != "misc":
            remarks.append(f"Type {block.kind!r} is unknown and was taken for {csl.KINDS[kind].lower()!r}.")
    item: Item = {
        "type": kind,
        "title": told.title(),
        "author": told.names("author"),
        "editor": told.names("editor"),
        **_container(told, kind),
        "volume": told("volume"),
        "page": pages(told("pages") or told("eid")),
        "publisher": told("publisher", "institution", "organization", "school") if kind != "article-journal" else "",
        "edition": told("edition"),
        "issued": told.issued(),
        **told.identifiers(),
    }
    if not item["issued"] and (said := told("date", "year")):
        remarks.append(f"The date {said!r} could not be read.")
    return entry(block.line, block.source, item, remarks)


def _container(told: "_Told", kind: str) -> Item:
    if kind == "article-journal":
        named = journals(told("journaltitle", "journal"), told("shortjournal"))
        return {**named, "issue": told("number", "issue"), "number": trial([told("note"), told("annote")])}
    if kind == "paper-conference" and not told("volume"):
        event = told("eventtitle", "booktitle")
        return {"event-title": event, "event-place": told("venue", "address"), "number": told("number")}
    number = told("number") if kind == "report" else trial([told("note"), told.address, told("number")])
    return {"container-title": told("booktitle", "series"), "number": number}


class _Told:
    """What the fields of an entry say, out of TeX."""

    def __init__(self, fields: dict[str, str]) -> None:
        self.fields = fields
        found = _URL.search(fields.get("url", "") or fields.get("howpublished", ""))
        # An address is no TeX, but for the signs that TeX makes one escape.
        self.address = re.sub(r"\\([_%&#~])", r"\1", found[0]) if found else ""

    def __call__(self, *names: str) -> str:
        """The first of these fields that says something."""
        return next((said for name in names if (said := tex.plain(self.fields.get(name, "")))), "")

    def title(self) -> str:
        """Title and subtitle."""
        parts = [tex.text(self.fields.get(name, "")) for name in ("title", "subtitle")]
        return ": ".join(part for part in parts if part)

    def names(self, field: str) -> list[dict[str, str]]:
        """Persons, and as literals the groups, which BibTeX keeps together in braces."""
        return [_name(part) for part in _split(self.fields.get(field, ""), _AND) if part.lower() != "others"]

    def issued(self) -> object:
        """The date, as precisely as the entry tells it."""
        year = self("year")
        day = " ".join(part for part in (self("month"), self("day")) if part)
        if self("month").isdigit():
            day = ""
            year = "-".join(part for part in (year, self("month"), self("day")) if part)
        return dates.read(self("date")) or dates.read(f"{day} {year}".strip()) or dates.read(self("year")[:4])

    def identifiers(self) -> Item:
        """DOI, PMID, PMCID and address."""
        eprint = self("eprint") if self("eprinttype", "archiveprefix").lower() == "pubmed" else ""
        return {
            "DOI": csl.doi({"DOI": self("doi")}) or self("doi"),
            "PMID": self("pmid") or eprint,
            "PMCID": self("pmcid", "pmc"),
            "URL": self.address,
            "accessed": dates.read(self("urldate")) if self.address else None,
        }


def _split(said: str, at: re.Pattern[str]) -> list[str]:
    """The parts of `said` between those matches of `at` that stand outside braces."""
    parts, start, depth, looked = [], 0, 0, 0
    for match in at.finditer(said):
        between = said[looked : match.start()]
        depth += between.count("{") - between.count("}")
        looked = match.start()
        if depth == 0:
            parts.append(said[start : match.start()])
            start = match.end()
    return [part.strip() for part in [*parts, said[start:]] if part.strip()]


def _name(said: str) -> dict[str, str]:
    if said.startswith("{") and _closing(said, 0) == len(said) - 1:
        return {"literal": tex.plain(said)}
    parts = [tex.plain(part) for part in _split(said, re.compile(","))]
    if len(parts) == 1:
        words = [tex.plain(word) for word in _split(said, re.compile(r"[\s~]+"))]
        if len(words) == 1:
            return {"literal": words[0]}
        # The surname begins at the first small word before the last one: Jan van der Berg.
        first = next((place for place, word in enumerate(words[:-1]) if place and word[:1].islower()), len(words) - 1)
        return {"family": " ".join(words[first:]), "given": " ".join(words[:first])}
    family, *suffix, given = parts
    name = {"family": family, "given": given, "suffix": " ".join(suffix)}
    return {field: value for field, value in name.items() if value}
