"""Finds quoted words in rendered HTML and marks them, whatever tags stand between the words. Pure."""

import re
from collections.abc import Iterator, Sequence
from html import escape, unescape

_PIECE = re.compile(r"(<[^>]*>)|(&(?:#\d+|#x[0-9a-fA-F]+|\w+);)|([^<&]+|&)")
# What a reader does not take for words of the text: numbers of citations, and what only screen readers say.
_UNSAID = re.compile(r'<(sup class="cite"|span class="visually-hidden"|small class="company-data")')


def mark(html: str, quotes: Sequence[tuple[str, str]]) -> str:
    """`html` with the words of each quote, given as (address, words), inside <mark> elements; the first has the id.

    Spaces do not count. A quote that is not found, or that lies over one before it, is left out.
    """
    letters, places = _letters(html)
    taken: list[tuple[int, int, str]] = []
    for address, words in quotes:
        sought = _bare(words)
        start = letters.find(sought) if sought else -1
        end = start + len(sought)
        if start >= 0 and all(end <= begun or start >= ended for begun, ended, _ in taken):
            taken.append((start, end, address))
    for start, end, address in sorted(taken, reverse=True):
        html = _marked(html, places[start:end], address)
    return html


def _bare(words: str) -> str:
    return "".join(words.split())


def _letters(html: str) -> tuple[str, list[tuple[int, int]]]:
    """The letters that readers see, without spaces, and where in `html` each of them begins and ends."""
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for text, start, end in _texts(html):
        shown = unescape(text) if text.startswith("&") and len(text) > 1 else text
        for offset, letter in enumerate(shown):
            if not letter.isspace():
                letters.append(letter)
                places.append((start, end) if shown is not text else (start + offset, start + offset + 1))
    return "".join(letters), places


def _texts(html: str) -> Iterator[tuple[str, int, int]]:
    """The texts and entities of `html` that are said, with their places."""
    unsaid, depth = "", 0
    for piece in _PIECE.finditer(html):
        tag = piece[1]
        if tag is None:
            if not depth:
                yield piece[0], piece.start(), piece.end()
        elif depth:
            depth += (tag.startswith(f"<{unsaid}") and not tag.endswith("/>")) - tag.startswith(f"</{unsaid}>")
        elif found := _UNSAID.match(tag):
            unsaid, depth = found[1].split()[0], 1


def _marked(html: str, places: Sequence[tuple[int, int]], address: str) -> str:
    """`html` with what lies at `places` marked, each run between two tags by itself."""
    first, last = places[0][0], places[-1][1]
    written, count = [], 0
    for piece in _PIECE.finditer(html, first, last):
        if piece[1] is not None or not piece[0].strip():
            written.append(piece[0])
            continue
        name = f' id="{escape(address)}"' if count == 0 else ""
        written.append(f'<mark class="passage"{name} data-passage="{escape(address)}">{piece[0]}</mark>')
        count += 1
    return html[:first] + "".join(written) + html[last:]
