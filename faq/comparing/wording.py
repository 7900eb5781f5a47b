"""Lays two wordings beside each other, block by block and then word by word. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from faq.comparing import sequences
from faq.comparing.blocks import Block, read_blocks
from faq.comparing.sequences import Budget, Pair
from faq.comparing.tokens import CELL, Token

# The part of their words that two blocks share at least to be the same block, changed.
ALIKE = 0.5
# How far from its own place in a gap a block is sought, and how many pairs are tried for what was moved.
REACH, MOVES_TRIED = 5, 2000
# As many equal words between two changes, if they are short, are part of one change.
ISLAND = 2


class Piece(NamedTuple):
    """A run of words that are "same", "removed" or "added"."""

    kind: str
    tokens: tuple[Token, ...]


class Row(NamedTuple):
    """One line of the comparison.

    `kind` is same, restyled (other emphasis), changed, added, removed, left (moved away from here) or arrived.
    """

    kind: str
    old: Block | None
    new: Block | None
    pieces: tuple[Piece, ...] = ()

    @property
    def block(self) -> Block:
        """The block as it is now, or was."""
        found = self.new or self.old
        if found is None:
            raise ValueError("a row has a block")
        return found

    @property
    def is_change(self) -> bool:
        return self.kind != "same"


def compare(old: str, new: str, budget: Budget) -> list[Row]:
    """The rows of two sanitised texts, in the order of the new one."""
    before, after = read_blocks(old), read_blocks(new)
    likeness = _Likeness(before, after)
    equal = sequences.pairs(likeness.old, likeness.new, budget)
    kept = [*equal, *_alike_in_gaps(likeness, equal, (len(before), len(after)))]
    moved = _moved(kept, likeness)
    return list(_rows(before, after, sorted(kept), moved, budget))


def pieces(old: Sequence[Token], new: Sequence[Token], budget: Budget) -> tuple[Piece, ...]:
    """What became of the words of `old`, in runs."""
    kept = sequences.pairs([token.key for token in old], [token.key for token in new], budget)
    if len(kept) * 4 < max(len(old), len(new)):
        # Words that only happen to be in both make a change harder to read.
        kept = []
    return tuple(_joined(_runs(old, new, kept)))


def _runs(old: Sequence[Token], new: Sequence[Token], kept: Sequence[Pair]) -> Iterator[Piece]:
    i = j = 0
    for at, to in [*kept, (len(old), len(new))]:
        yield from (Piece(kind, part) for kind, part in _between(old[i:at], new[j:to]))
        if at < len(old):
            yield Piece("same", (new[to],))
        i, j = at + 1, to + 1


def _between(old: Sequence[Token], new: Sequence[Token]) -> Iterator[tuple[str, tuple[Token, ...]]]:
    if old:
        yield "removed", tuple(old)
    if new:
        yield "added", tuple(new)


def _joined(runs: Iterable[Piece]) -> Iterator[Piece]:
    """Runs of one kind as one, and small islands between two changes as part of one change."""
    groups: list[list[Piece]] = []
    for run in runs:
        if groups and (groups[-1][0].kind == "same") == (run.kind == "same"):
            groups[-1].append(run)
        else:
            groups.append([run])
    changes: list[Piece] = []
    for place, group in enumerate(groups):
        inside = 0 < place < len(groups) - 1
        if group[0].kind == "same" and not (inside and _is_island(group, groups[place - 1], groups[place + 1])):
            yield from _change(changes)
            changes = []
            yield Piece("same", _all(group))
        else:
            changes.extend(group)
    yield from _change(changes)


def _is_island(group: Sequence[Piece], before: Sequence[Piece], after: Sequence[Piece]) -> bool:
    words = _all(group)
    return len(words) <= ISLAND and _letters(words) < min(_letters(_all(before)), _letters(_all(after)))


def _change(runs: Sequence[Piece]) -> Iterator[Piece]:
    removed = _all(run for run in runs if run.kind != "added")
    added = _all(run for run in runs if run.kind != "removed")
    yield from (Piece(kind, words) for kind, words in _between(removed, added))


def _all(runs: Iterable[Piece]) -> tuple[Token, ...]:
    return tuple(token for run in runs for token in run.tokens)


def _letters(tokens: Iterable[Token]) -> int:
    return sum(len(token.text) for token in tokens)


class _Likeness:
    """The part of their words that two blocks share, from 0 to 1; each pair of texts is looked at once."""

    def __init__(self, old: Sequence[Block], new: Sequence[Block]) -> None:
        numbers: dict[tuple[object, ...], int] = {}
        # Texts as numbers: a long list compares them often.
        self.old = [numbers.setdefault(block.key, len(numbers)) for block in old]
        self.new = [numbers.setdefault(block.key, len(numbers)) for block in new]
        self._blocks = dict(zip([*self.old, *self.new], [*old, *new], strict=True))
        self._bags: dict[int, Counter[object]] = {}
        self._known: dict[Pair, float] = {}

    def of(self, i: int, j: int) -> float:
        """How alike the old block at place `i` is to the new one at place `j`."""
        pair = self.old[i], self.new[j]
        found = self._known.get(pair)
        if found is None:
            found = self._known[pair] = self._measured(*pair)
        return found

    def _measured(self, a: int, b: int) -> float:
        old, new = self._blocks[a], self._blocks[b]
        if old.kind != new.kind:
            return 0.0
        if old.kind == "row" and _first_cell(old) == _first_cell(new):
            # Rows of one first cell belong together.
            return 1.0
        return 2 * (self._bag(a) & self._bag(b)).total() / (len(old.tokens) + len(new.tokens))

    def _bag(self, number: int) -> Counter[object]:
        if number not in self._bags:
            self._bags[number] = Counter(token.key for token in self._blocks[number].tokens)
        return self._bags[number]


def _first_cell(block: Block) -> tuple[object, ...]:
    keys = [token.key for token in block.tokens]
    return tuple(keys[: keys.index(CELL.key)]) if CELL.key in keys else tuple(keys)


def _alike_in_gaps(likeness: _Likeness, equal: Sequence[Pair], end: Pair) -> list[Pair]:
    """The pairs of similar blocks between those that are equal, in order in both, that share the most.

    A block is sought near its own place in the gap.
    """
    found: list[Pair] = []
    i = j = 0
    for at, to in [*equal, end]:
        rows: list[list[tuple[int, float]]] = []
        for x in range(at - i):
            middle = x * (to - j) // (at - i)
            near = range(max(0, middle - REACH), min(to - j, middle + REACH + 1))
            likely = ((y, likeness.of(i + x, j + y)) for y in near)
            rows.append([(y, share) for y, share in likely if share >= ALIKE])
        found.extend((i + x, j + y) for x, y in sequences.heaviest(rows, to - j))
        i, j = at + 1, to + 1
    return found


def _moved(kept: Sequence[Pair], likeness: _Likeness) -> list[Pair]:
    """Blocks that stand elsewhere now: those that say the same first, then those that are much alike."""
    gone, come = {i for i, _ in kept}, {j for _, j in kept}
    left = [i for i in range(len(likeness.old)) if i not in gone]
    waiting: dict[int, list[int]] = {}
    for j in reversed([j for j in range(len(likeness.new)) if j not in come]):
        waiting.setdefault(likeness.new[j], []).append(j)
    found = [(i, waiting[likeness.old[i]].pop()) for i in left if waiting.get(likeness.old[i])]
    still = sorted(j for places in waiting.values() for j in places)
    unmoved = {i for i, _ in found}
    return [*found, *_moved_and_changed([i for i in left if i not in unmoved], still, likeness)]


def _moved_and_changed(left: list[int], still: list[int], likeness: _Likeness) -> list[Pair]:
    if len(left) * len(still) > MOVES_TRIED:
        return []
    found: list[Pair] = []
    for i in left:
        share, j = max(((likeness.of(i, j), -j) for j in still), default=(0.0, 0))
        if share >= ALIKE:
            found.append((i, -j))
            still.remove(-j)
    return found


def _rows(
    old: Sequence[Block], new: Sequence[Block], kept: Sequence[Pair], moved: Sequence[Pair], budget: Budget
) -> Iterator[Row]:
    went, came = dict(moved), {j: i for i, j in moved}
    i = j = 0
    for at, to in [*kept, (len(old), len(new))]:
        for place in range(i, at):
            there = went.get(place)
            yield Row("removed", old[place], None) if there is None else Row("left", old[place], new[there])
        for place in range(j, to):
            origin = came.get(place)
            yield (
                Row("added", None, new[place]) if origin is None else _met("arrived", old[origin], new[place], budget)
            )
        if at < len(old):
            yield _met("", old[at], new[to], budget)
        i, j = at + 1, to + 1


def _met(kind: str, old: Block, new: Block, budget: Budget) -> Row:
    """The row of two blocks that are one."""
    if old.key != new.key:
        return Row(kind or "changed", old, new, pieces(old.tokens, new.tokens, budget))
    styles = [token.emphasis for token in old.tokens], [token.emphasis for token in new.tokens]
    return Row(kind or ("same" if styles[0] == styles[1] else "restyled"), old, new)
