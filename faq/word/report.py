"""What a person is told of a file: what could not be carried over, what needs a look, what was taken. Pure."""

from dataclasses import dataclass, field

LOST, LOOK, TAKEN = "lost", "look", "taken"
# Characters of a passage that stand for it in the report, and items of one kind before the rest is only counted.
LONGEST, MOST = 400, 200


@dataclass(frozen=True)
class Item:
    """One thing to tell: of which kind, what happened, near which heading or words, and the words that it is about."""

    kind: str
    what: str
    where: str = ""
    text: str = ""


@dataclass
class Report:
    """The items in the order in which they were found, each told once."""

    items: list[Item] = field(default_factory=list)
    place: str = ""
    dropped: int = 0
    # The words that items tell in full, so that nothing counts as missing that a person was shown.
    told: list[str] = field(default_factory=list)

    def lost(self, what: str, text: str = "", where: str | None = None) -> None:
        """Tells of something that could not be carried over."""
        self._add(LOST, what, text, where)

    def look(self, what: str, text: str = "", where: str | None = None) -> None:
        """Tells of something that arrived, perhaps not as it was meant."""
        self._add(LOOK, what, text, where)

    def taken(self, what: str, text: str = "", where: str | None = None) -> None:
        """Tells what was made of something, where another reading was possible."""
        self._add(TAKEN, what, text, where)

    def _add(self, kind: str, what: str, text: str, where: str | None) -> None:
        words = " ".join(text.split())
        self.told.append(words)
        item = Item(kind, what, shortened(self.place if where is None else where, 80), shortened(words, LONGEST))
        if item in self.items:
            return
        if len(self.items) >= MOST:
            self.dropped += 1
            return
        self.items.append(item)

    def finished(self) -> list[Item]:
        """All items, with one more that counts those for which there was no room."""
        if not self.dropped:
            return self.items
        return [*self.items, Item(LOST, f"{self.dropped} more remarks found no room here: split the file.")]


def shortened(text: str, length: int) -> str:
    """`text` on one line of at most `length` characters, cut between words where there is a space."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[: length - 1].rsplit(" ", 1)[0].rstrip(",;: ") + "…"
