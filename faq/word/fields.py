"""What Word's fields hold: links, cross-references, and the citations of Zotero, Mendeley and EndNote. Pure."""

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from faq.word import xml
from faq.word.references import Entry

_WORDS = re.compile(r'"([^"]*)"|(\S+)')
_SWITCHED = re.compile(r"\\([a-z])\s+(?:\"([^\"]*)\"|([^\s\\]+))", re.IGNORECASE)
# The newer Mendeley keeps a citation in the tag of a content control.
_MENDELEY_TAG = re.compile(r"MENDELEY_CITATION_v\d+_(\S+)")
_DOI_TAGS = ("electronic-resource-num",)


@dataclass
class Field:
    """A field that is open while paragraphs are read: what it says it is, and where in the paragraph it shows."""

    instruction: str = ""
    shows: bool = False
    start: int = 0
    data: str = field(default="", repr=False)

    @property
    def kind(self) -> str:
        """Its first word, such as HYPERLINK; ADDIN with what follows."""
        words = self.instruction.split(None, 2)
        if words and words[0].upper() == "ADDIN" and len(words) > 1:
            return f"ADDIN {words[1].upper()}"
        return words[0].upper() if words else ""


def argument(instruction: str) -> str:
    """What stands after a field's name."""
    found = [first or second for first, second in _WORDS.findall(instruction)]
    return next((word for word in found[1:] if not word.startswith("\\")), "")


def switch(instruction: str, name: str) -> str:
    """What a switch of a field is set to, such as the typeface of SYMBOL."""
    return next((quoted or bare for found, quoted, bare in _SWITCHED.findall(instruction) if found == name), "")


def cited(field: Field) -> list[Entry] | None:
    """The sources that a citation field cites; None for any other field, or one whose data are damaged."""
    if field.kind in {"ADDIN ZOTERO_ITEM", "ADDIN CSL_CITATION"} or "CSL_CITATION" in field.instruction[:60]:
        start = field.instruction.find("{")
        return of_csl(field.instruction[start:]) if start >= 0 else None
    if field.kind.startswith("ADDIN EN.CITE"):
        return _of_endnote(field.instruction) or _of_endnote(field.data)
    return None


def of_tag(tag: str) -> list[Entry] | None:
    """The sources that the tag of a content control cites, as Mendeley writes it."""
    match = _MENDELEY_TAG.fullmatch(tag)
    if match is None:
        return None
    try:
        return of_csl(base64.b64decode(match[1]).decode())
    except (binascii.Error, ValueError):
        return None


def of_csl(text: str) -> list[Entry] | None:
    """The sources in the JSON of a citation, which may be followed by other text; None where it is none."""
    try:
        told, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    items = told.get("citationItems") if isinstance(told, Mapping) else None
    found = [_entry(item) for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []
    return [entry for entry in found if entry] or None


def _entry(item: Mapping[str, Any]) -> Entry | None:
    data = item.get("itemData")
    if not isinstance(data, Mapping):
        return None
    names = [name for name in data.get("author") or [] if isinstance(name, Mapping)][:1]
    who = str(names[0].get("family") or names[0].get("literal") or "") if names else ""
    words = (who, data.get("title"), data.get("container-title"), _year(data), data.get("DOI"))
    said = [str(word).rstrip(".") for word in words if word]
    return Entry(text=". ".join(said), csl=dict(data)) if said else None


def _year(data: Mapping[str, Any]) -> str:
    issued = data.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, Mapping) else None
    return str(parts[0][0]) if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0] else ""


def _of_endnote(text: str) -> list[Entry] | None:
    start, end = text.find("<EndNote>"), text.rfind("</EndNote>")
    if start < 0 or end < 0:
        return None
    try:
        root = xml.parse(text[start : end + len("</EndNote>")].encode())
    except xml.Refused:
        return None
    return [_endnote_entry(part) for part in root.iter("Cite")] or None


def _endnote_entry(cite: Element) -> Entry:
    def said(*tags: str) -> str:
        part = next((part for tag in tags for part in cite.iter(tag)), None)
        return "" if part is None else " ".join("".join(part.itertext()).split())

    doi = said(*_DOI_TAGS)
    words = (said("Author", "author"), said("title"), said("secondary-title"), said("Year", "year"))
    return Entry(text=". ".join(word.rstrip(".") for word in (*words, f"doi:{doi}" if doi else "") if word))


def endnote_data(element: Element) -> str:
    """The XML in a field's data (w:fldData), which EndNote uses where an instruction would grow too long."""
    try:
        return base64.b64decode("".join(element.itertext())).decode("utf-8", "ignore").replace("\x00", "")
    except (binascii.Error, ValueError):
        return ""
