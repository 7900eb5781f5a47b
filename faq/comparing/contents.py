"""Everything that readers get of one version, and what is different between two. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from faq.comparing import wording
from faq.comparing.blocks import Block
from faq.comparing.sequences import Budget
from faq.comparing.tokens import split
from faq.comparing.wording import Row


class Source(NamedTuple):
    """One reference of a version, with its number there."""

    key: str
    number: int
    text: str


class Drawing(NamedTuple):
    """One figure of a version: `image` is where its picture lies, `sources` are what it is taken from."""

    key: str
    title: str
    image: str
    description: str
    abbreviations: str
    note: str
    values_table: str
    sources: tuple[str, ...]


class Item(NamedTuple):
    """One related resource of a version."""

    title: str
    kind: str
    url: str
    note: str


class Content(NamedTuple):
    """All of one version. `facts` are its dates and who stands behind them, as (label, value)."""

    question: str
    short_answer: str
    body: str
    what_changed: str
    sources: Sequence[Source]
    drawings: Sequence[Drawing]
    items: Sequence[Item]
    facts: Sequence[tuple[str, str]]


class Part(NamedTuple):
    """A reference, figure or resource: `kind` is same, changed, added or removed, `rows` what changed in it."""

    kind: str
    name: str
    old: Any
    new: Any
    rows: Sequence[tuple[str, Sequence[Row]]] = ()


class Fact(NamedTuple):
    label: str
    old: str
    new: str

    @property
    def is_change(self) -> bool:
        return self.old != self.new


class Comparison(NamedTuple):
    """What is different between two versions; `renumbered` are references as (key, number before, number now)."""

    question: Row
    short_answer: Sequence[Row]
    body: Sequence[Row]
    what_changed: Row
    sources: Sequence[Part]
    renumbered: Sequence[tuple[str, int, int]]
    drawings: Sequence[Part]
    items: Sequence[Part]
    facts: Sequence[Fact]

    @property
    def changes(self) -> dict[str, int]:
        """How many changes each part of the answer has; what visitors do not read is not counted."""
        counted: dict[str, Iterable[bool]] = {
            "question": [self.question.is_change],
            "short answer": _counted(self.short_answer),
            "body": _counted(self.body),
            "figures": (part.kind != "same" for part in self.drawings),
            "references": (part.kind != "same" for part in self.sources),
            "related resources": (part.kind != "same" for part in self.items),
        }
        return {name: sum(flags) for name, flags in counted.items()}


def _counted(rows: Sequence[Row]) -> list[bool]:
    """Whether each row is a change; what moved together is one, at the place where it stands now."""
    before = ["", *(row.kind for row in rows)]
    return [
        row.is_change and row.kind != "left" and (row.kind != "arrived" or kind != "arrived" or bool(row.pieces))
        for kind, row in zip(before, rows, strict=False)
    ]


def compare(old: Content, new: Content) -> Comparison:
    """What is different in `new` from `old`, found in bounded time whatever the two hold."""
    budget = Budget()
    return Comparison(
        question=line(old.question, new.question, budget),
        short_answer=wording.compare(old.short_answer, new.short_answer, budget),
        body=wording.compare(old.body, new.body, budget),
        what_changed=line(old.what_changed, new.what_changed, budget),
        sources=_sources(old, new, budget),
        renumbered=_renumbered(old, new),
        drawings=_parts(_named(old.drawings), _named(new.drawings), lambda a, b: _drawing(a, b, budget)),
        items=_items(old, new, budget),
        facts=_facts(old.facts, new.facts),
    )


def line(old: str, new: str, budget: Budget) -> Row:
    """The row of two plain texts."""
    before, after = _block(old), _block(new)
    if old == new:
        return Row("same", before, after)
    return Row("changed", before, after, wording.pieces(before.tokens, after.tokens, budget))


def _block(text: str) -> Block:
    return Block("paragraph", split(text))


Named = Mapping[str, tuple[str, Any]]
Details = Sequence[tuple[str, Sequence[Row]]]


def _parts(old: Named, new: Named, details: Callable[[Any, Any], Details]) -> list[Part]:
    """What became of each of `old` and `new`, which hold (name, value) under keys that last."""
    found = []
    for key in [*new, *(key for key in old if key not in new)]:
        (name, before), (_, after) = old.get(key, ("", None)), new.get(key, ("", None))
        if after is None:
            found.append(Part("removed", name, before, None))
        elif before is None:
            found.append(Part("added", new[key][0], None, after))
        else:
            rows = details(before, after)
            found.append(Part("changed" if rows else "same", new[key][0], before, after, rows))
    return found


def _named(drawings: Iterable[Drawing]) -> Named:
    return {drawing.key: (drawing.title, drawing) for drawing in drawings}


def _changed(told: Iterable[tuple[str, Sequence[Row]]]) -> Details:
    return [(label, rows) for label, rows in told if any(row.is_change for row in rows)]


def _drawing(old: Drawing, new: Drawing, budget: Budget) -> Details:
    plain = {"Title": "title", "Description": "description", "Abbreviations": "abbreviations", "Note": "note"}
    told = [(label, [line(getattr(old, name), getattr(new, name), budget)]) for label, name in plain.items()]
    told.append(("Table of values", wording.compare(old.values_table, new.values_table, budget)))
    told.append(("Taken from", [line(", ".join(old.sources), ", ".join(new.sources), budget)]))
    picture: Details = [] if old.image == new.image else [("Picture", [])]
    return [*picture, *_changed(told)]


def _sources(old: Content, new: Content, budget: Budget) -> list[Part]:
    """References by their keys: another number alone is no change."""
    before, after = ({source.key: (source.key, source) for source in content.sources} for content in (old, new))
    return _parts(before, after, lambda a, b: _changed([("Text", [line(a.text, b.text, budget)])]))


def _renumbered(old: Content, new: Content) -> list[tuple[str, int, int]]:
    numbers = {source.key: source.number for source in old.sources}
    return [
        (source.key, numbers[source.key], source.number)
        for source in new.sources
        if numbers.get(source.key, source.number) != source.number
    ]


def _items(old: Content, new: Content, budget: Budget) -> list[Part]:
    """Resources by their addresses, or by their titles where they have none."""
    before, after = ({item.url or item.title: (item.title, item) for item in content.items} for content in (old, new))
    return _parts(before, after, lambda a, b: _item(a, b, budget))


def _item(old: Item, new: Item, budget: Budget) -> Details:
    names = {"Title": "title", "Kind": "kind", "Note": "note"}
    return _changed((label, [line(getattr(old, name), getattr(new, name), budget)]) for label, name in names.items())


def _facts(old: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]]) -> list[Fact]:
    before, after = dict(old), dict(new)
    return [Fact(label, before.get(label, ""), after.get(label, "")) for label in {**before, **after}]
