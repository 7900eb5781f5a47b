"""Links the letters in the cells of a table to the notes in its foot, and the notes back. Pure."""

import re
from collections import Counter

from django.utils.translation import gettext

_FOOT = re.compile(r"<tfoot>.*?</tfoot>", re.DOTALL)
_RAISED = re.compile(r"<sup>([a-z](?:,\s?[a-z])*)</sup>")
_NOTE = re.compile(r"(<td[^>]*>(?:<div[^>]*>)?\s*(?:<p>)?\s*)<sup>([a-z])</sup>")


def linked(table: str, name: str) -> str:
    """A written table whose notes and the letters that call for them lead to each other.

    A note is a cell of the foot that begins with a raised letter. `name` begins the ids and is the table's own.
    """
    foot = _FOOT.search(table)
    letters = {letter for _, letter in _NOTE.findall(foot[0])} if foot else set()
    if not foot or not letters:
        return table
    calls = _Calls(letters, name)
    before, after = calls.written(table[: foot.start()]), calls.written(table[foot.end() :])
    return before + calls.answered(foot[0]) + after


class _Calls:
    def __init__(self, letters: set[str], name: str) -> None:
        self.letters, self.name = letters, name
        self.count: Counter[str] = Counter()
        self.noted: set[str] = set()

    def written(self, cells: str) -> str:
        return _RAISED.sub(self._group, cells)

    def answered(self, foot: str) -> str:
        return _NOTE.sub(self._note, foot)

    def _group(self, match: re.Match[str]) -> str:
        letters = [letter.strip() for letter in match[1].split(",")]
        before = match.string[: match.start()]
        # A link inside a link is none, and a letter without a note is no call for one.
        if before.rfind("<a ") > before.rfind("</a>") or not self.letters.issuperset(letters):
            return match[0]
        return "<sup>,</sup>".join(map(self._call, letters))

    def _call(self, letter: str) -> str:
        self.count[letter] += 1
        place = f"{self.name}-{letter}-{self.count[letter]}"
        return _link(letter, place, f"{self.name}-note-{letter}", gettext("Note %(letter)s") % {"letter": letter})

    def _note(self, match: re.Match[str]) -> str:
        letter = match[2]
        if not self.count[letter] or letter in self.noted:
            return match[0]
        self.noted.add(letter)
        label = gettext("Note %(letter)s, back to the table") % {"letter": letter}
        return match[1] + _link(letter, f"{self.name}-note-{letter}", f"{self.name}-{letter}-1", label)


def _link(letter: str, place: str, to: str, label: str) -> str:
    # The raised letter stays whole inside the link: whoever reads the words alone takes it for one.
    return f'<a class="note" id="{place}" href="#{to}" aria-label="{label}"><sup>{letter}</sup></a>'
