"""Runs of text with their looks, and the HTML that they become. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby
from typing import Any


@dataclass(frozen=True)
class Piece:
    """Some text that looks the same throughout, or one thing that stands in a line.

    `kind` is "text", "break", "picture" (`held` is the picture), "sources" (`held` lists entries that a field or a note
    cites), "cite" (`held` is the number of a group of citations), "mark" (what stands for something that could not be
    carried over), "label" (what rendering writes by itself), "company" (the mark of company data) or "xref" (`held` is
    the key of a figure).
    """

    text: str = ""
    bold: bool = False
    italic: bool = False
    shift: str = ""
    href: str = ""
    anchor: str = ""
    kind: str = "text"
    held: Any = None


Look = Callable[[Piece], Any]


def plain(pieces: Iterable[Piece]) -> str:
    """What `pieces` say, as it stands."""
    return "".join("\n" if piece.kind == "break" else piece.text for piece in pieces)


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """`pieces` with neighbours of the same look made one; Word splits words wherever somebody once typed."""
    found: list[Piece] = []
    for piece in pieces:
        if piece.kind == "text" and not piece.text:
            continue
        before = found[-1] if found else None
        if before and before.kind == piece.kind == "text" and replace(before, text="") == replace(piece, text=""):
            found[-1] = replace(before, text=before.text + piece.text)
        else:
            found.append(piece)
    return found


def trimmed(pieces: Sequence[Piece]) -> list[Piece]:
    """`pieces` without blanks and breaks at both ends."""
    kept = list(pieces)
    while kept and _is_blank(kept[0]):
        kept.pop(0)
    while kept and _is_blank(kept[-1]):
        kept.pop()
    if kept and kept[0].kind == "text":
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
    if kept and kept[-1].kind == "text":
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return kept


def _is_blank(piece: Piece) -> bool:
    return piece.kind == "break" or (piece.kind == "text" and not piece.text.strip())


def unbold(pieces: Iterable[Piece]) -> list[Piece]:
    """`pieces` in plain type where all of them are bold: a heading or a head of a column is so by itself."""
    kept = list(pieces)
    words = [piece for piece in kept if piece.kind == "text" and piece.text.strip()]
    return [replace(piece, bold=False) for piece in kept] if words and all(piece.bold for piece in words) else kept


def without(pieces: Iterable[Piece], length: int) -> list[Piece]:
    """`pieces` without the first `length` characters of their text, such as "Table 1. "."""
    kept = []
    for piece in pieces:
        cut = min(length, len(piece.text)) if piece.kind in {"text", "label"} else 0
        length -= cut
        if not cut or len(piece.text) > cut:
            kept.append(replace(piece, text=piece.text[cut:]) if cut else piece)
    return kept


def html(pieces: Iterable[Piece]) -> str:
    """`pieces` as inline HTML of the project's allow-list, with <cite data-group> for each group of citations."""
    return _nested(trimmed(joined(pieces)), [_link, _bold, _italic, _shift])


def _nested(pieces: Sequence[Piece], looks: Sequence[Look]) -> str:
    if not looks:
        return "".join(map(_written, pieces))
    written = []
    for look, group in groupby(pieces, looks[0]):
        inner = _nested(list(group), looks[1:])
        written.append(f"{look[0]}{inner}{look[1]}" if look and inner else inner)
    return "".join(written)


def _link(piece: Piece) -> tuple[str, str] | None:
    return (f'<a href="{escape(piece.href)}">', "</a>") if piece.href and piece.kind == "text" else None


def _bold(piece: Piece) -> tuple[str, str] | None:
    return ("<strong>", "</strong>") if piece.bold and piece.kind == "text" else None


def _italic(piece: Piece) -> tuple[str, str] | None:
    return ("<em>", "</em>") if piece.italic and piece.kind == "text" else None


def _shift(piece: Piece) -> tuple[str, str] | None:
    return (f"<{piece.shift}>", f"</{piece.shift}>") if piece.shift and piece.kind == "text" else None


def _written(piece: Piece) -> str:
    if piece.kind == "break":
        return "<br>"
    if piece.kind == "cite":
        return f'<cite data-group="{piece.held}"></cite>'
    if piece.kind == "company":
        return '<cite data-source="company"></cite>'
    if piece.kind == "xref":
        return f'<span data-xref="{escape(str(piece.held))}"></span>'
    return escape(piece.text, quote=False) if piece.kind in {"text", "mark"} else ""
