"""Tells what the allow-list would take away from imported HTML, so that nothing is ever lost in silence. Pure."""

import unicodedata
from collections import Counter
from html.parser import HTMLParser

from faq.citations.finding import is_company_data
from portal.lib.html import sanitise, sanitise_line

# Markers stand for something else: whatever they hold themselves is never shown.
_MARKERS = {"cite": "data-ref", "figure": "data-figure", "span": "data-xref"}

Attributes = list[tuple[str, str | None]]


def losses(markup: str, *, line: bool = False) -> list[str]:
    """What `markup` holds that may not stand in a body (or, with `line`, in a short answer), as short sentences."""
    before, after = _read(markup), _read(sanitise_line(markup) if line else sanitise(markup))
    found = _lost_marks(before, after)
    found += [f"an empty marker <{tag}> was expected, but it holds text" for tag in sorted(after.filled)]
    found += [f"<{tag}> needs {_MARKERS[tag]}" for tag in sorted(after.nameless)]
    return found or _lost_words(before, after)


def lost_by(before: str, after: str) -> list[str]:
    """What `after` lacks of the markup that it was made of, as short sentences."""
    given, kept = _read(before), _read(after)
    return _lost_marks(given, kept) or _lost_words(given, kept)


def lost_words(markup: str) -> list[str]:
    """As `losses`, for foreign HTML: tags may go, words may not."""
    before, after = _read(markup), _read(sanitise(markup))
    found = [f"<{tag}> is not allowed here" for tag in sorted(set(before.tags) & {"cite", "figure"})]
    return found or _lost_words(before, after)


def _lost_marks(before: "_Reader", after: "_Reader") -> list[str]:
    found = [f"<{tag}> is not allowed here" for tag in before.tags - after.tags]
    gone = before.attributes - after.attributes
    return found or [f"<{tag} {name}={value!r}> is not allowed" for tag, name, value in gone]


def _lost_words(before: "_Reader", after: "_Reader") -> list[str]:
    kept, given = after.characters(), before.characters()
    if kept == given:
        return []
    place = next((at for at, pair in enumerate(zip(given, kept, strict=False)) if pair[0] != pair[1]), len(kept))
    return [f"text would be lost near {given[max(0, place - 20) : place + 20]!r}; write < as &lt;"]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.attributes: Counter[tuple[str, str, str]] = Counter()
        self.filled: set[str] = set()
        self.nameless: set[str] = set()
        self._text: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self.tags[tag] += 1
        self.attributes.update((tag, name, value or "") for name, value in attrs)
        if tag in _MARKERS:
            self._open.append(tag)
            if _MARKERS[tag] not in dict(attrs) and not is_company_data(tag, attrs):
                self.nameless.add(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            self._open.remove(tag)

    def handle_data(self, data: str) -> None:
        self._text.append(data)
        if data.strip():
            self.filled.update(self._open)

    def handle_comment(self, _data: str) -> None:
        self.tags["!--"] += 1

    def handle_decl(self, _decl: str) -> None:
        self.tags["!"] += 1

    def handle_pi(self, _data: str) -> None:
        self.tags["?"] += 1

    def unknown_decl(self, _data: str) -> None:
        self.tags["!["] += 1

    def characters(self) -> str:
        """Everything that is text, without the white space that browsers fold."""
        return "".join("".join(self._text).split())


def _read(markup: str) -> _Reader:
    reader = _Reader()
    reader.feed(unicodedata.normalize("NFC", markup))
    reader.close()
    return reader
