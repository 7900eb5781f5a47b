"""Aligns two sequences in bounded time: what is unique in both holds the rest in place. Pure.

Anchors are those of patience diff (B. Cohen, 2003), the gaps between them are aligned by E. Myers' greedy algorithm
(Algorithmica 1986;1:251-266) until the budget is spent; what is left then counts as replaced.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence

# Elementary steps for one whole comparison: some 30 ms in all.
STEPS = 50_000

Pair = tuple[int, int]


class Budget:
    """The steps that a comparison may still take."""

    def __init__(self, steps: int = STEPS) -> None:
        self.left = steps

    def spend(self, steps: int) -> bool:
        """Takes `steps`; False once there are none left."""
        self.left -= steps
        return self.left > 0


def pairs(old: Sequence[Hashable], new: Sequence[Hashable], budget: Budget | None = None) -> list[Pair]:
    """Places of equal elements as (place in `old`, place in `new`), both increasing."""
    found: list[Pair] = []
    waiting = [(0, len(old), 0, len(new))]
    budget = budget or Budget()
    while waiting:
        start, end, first, last = waiting.pop()
        while start < end and first < last and old[start] == new[first]:
            found.append((start, first))
            start, first = start + 1, first + 1
        while start < end and first < last and old[end - 1] == new[last - 1]:
            end, last = end - 1, last - 1
            found.append((end, last))
        if start == end or first == last:
            continue
        anchors = _anchors(old, new, (start, end, first, last))
        if anchors:
            waiting.extend(_between(anchors, (start, end, first, last)))
            found.extend(anchors)
        else:
            parts = old[start:end], new[first:last]
            found.extend((start + i, first + j) for i, j in _in_place(*parts) or _greedy(*parts, budget))
    return sorted(found)


Span = tuple[int, int, int, int]


def _between(anchors: Sequence[Pair], span: Span) -> list[Span]:
    start, end, first, last = span
    starts = [(start, first), *((i + 1, j + 1) for i, j in anchors)]
    ends = [*anchors, (end, last)]
    return [(i, p, j, q) for (i, j), (p, q) in zip(starts, ends, strict=True) if i < p and j < q]


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], span: Span) -> list[Pair]:
    """The longest run of elements, in order in both, that each holds exactly once within `span`."""
    start, end, first, last = span
    once = {item for item, times in Counter(old[start:end]).items() if times == 1}
    shared = {item for item, times in Counter(new[first:last]).items() if times == 1 and item in once}
    if not shared:
        return []
    there = {new[j]: j for j in range(first, last) if new[j] in shared}
    return _increasing([(i, there[old[i]]) for i in range(start, end) if old[i] in shared])


def _increasing(candidates: Sequence[Pair]) -> list[Pair]:
    """The longest part of `candidates` whose second places increase."""
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for place, (_, j) in enumerate(candidates):
        pile = bisect_left(tops, j)
        before.append(piles[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(j)
            piles.append(place)
        else:
            tops[pile], piles[pile] = j, place
    chain: list[Pair] = []
    place = piles[-1] if piles else -1
    while place >= 0:
        chain.append(candidates[place])
        place = before[place]
    return chain[::-1]


def _in_place(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """The equal elements at equal places where those are most: a list in which only some numbers changed."""
    if len(old) != len(new):
        return []
    kept = [(place, place) for place, pair in enumerate(zip(old, new, strict=True)) if pair[0] == pair[1]]
    return kept if len(kept) * 2 >= len(old) else []


def _greedy(old: Sequence[Hashable], new: Sequence[Hashable], budget: Budget) -> list[Pair]:
    """The shortest script of edits from `old` to `new`, as the pairs that it keeps; none when the budget ends."""
    reach = {1: 0}
    trail: list[dict[int, int]] = []
    for edits in range(len(old) + len(new) + 1):
        trail.append(dict(reach))
        for diagonal in range(-edits, edits + 1, 2):
            down = diagonal == -edits or (
                diagonal != edits and reach.get(diagonal - 1, -1) < reach.get(diagonal + 1, -1)
            )
            x = reach.get(diagonal + 1, 0) if down else reach[diagonal - 1] + 1
            begun = x
            while x < len(old) and x - diagonal < len(new) and old[x] == new[x - diagonal]:
                x += 1
            reach[diagonal] = x
            if not budget.spend(1 + x - begun):
                return []
            if x >= len(old) and x - diagonal >= len(new):
                return _kept(trail, len(old), len(new))
    return []


def _kept(trail: list[dict[int, int]], x: int, y: int) -> list[Pair]:
    """Walks back through what each number of edits reached."""
    kept: list[Pair] = []
    for edits in range(len(trail) - 1, -1, -1):
        reach, diagonal = trail[edits], x - y
        down = diagonal == -edits or (diagonal != edits and reach.get(diagonal - 1, -1) < reach.get(diagonal + 1, -1))
        before = diagonal + 1 if down else diagonal - 1
        then = reach.get(before, 0) if edits else 0
        to_x, to_y = (then, then - before) if edits else (0, 0)
        while x > to_x and y > to_y and (x, y) != (to_x, to_y):
            x, y = x - 1, y - 1
            kept.append((x, y))
        x, y = to_x, to_y
    return kept[::-1]


def heaviest(rows: Sequence[Sequence[tuple[int, float]]], columns: int) -> list[Pair]:
    """Of candidates (column, weight) in each row, the pairs (row, column), both increasing, that weigh the most."""
    chains: list[tuple[float, int, int, int]] = []
    # A Fenwick tree: the heaviest chain that ends before a column.
    tree = [(0.0, -1)] * (columns + 1)
    for row, candidates in enumerate(rows):
        begun = len(chains)
        for column, weight in candidates:
            weight_before, before = _best(tree, column)
            chains.append((weight_before + weight, before, row, column))
        for place in range(begun, len(chains)):
            _offer(tree, chains[place][3] + 1, (chains[place][0], place))
    found: list[Pair] = []
    _, place = _best(tree, columns)
    while place >= 0:
        _, place, row, column = chains[place]
        found.append((row, column))
    return found[::-1]


def _best(tree: Sequence[tuple[float, int]], end: int) -> tuple[float, int]:
    best = (0.0, -1)
    while end > 0:
        best = max(best, tree[end])
        end -= end & -end
    return best


def _offer(tree: list[tuple[float, int]], place: int, told: tuple[float, int]) -> None:
    while place < len(tree):
        tree[place] = max(tree[place], told)
        place += place & -place
