"""The screen of free text for what may be an adverse event. Pure; terms, patterns and points are data (`terms/`)."""

import tomllib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from portal.safety.screen.facts import facts
from portal.safety.screen.lexicon import TERMS
from portal.safety.screen.reading import MEDICINES, Event, Reading, read
from portal.safety.screen.result import Cause, Level, Point, Result
from portal.safety.screen.words import fold, sentences

LISTED = 100
WORST = 100
_TIES = ("since", "link")


@dataclass(frozen=True)
class Scale:
    """The points of every fact, what each sentence begins with, and where the levels begin."""

    base: int
    possible: int
    likely: int
    points: dict[str, int]

    def level(self, score: int) -> Level:
        if score >= self.likely:
            return Level.LIKELY
        return Level.POSSIBLE if score >= self.possible else Level.UNLIKELY


@cache
def scale() -> Scale:
    """The scale of `terms/points.toml`."""
    content = tomllib.loads((TERMS / "points.toml").read_text(encoding="utf-8"))
    return Scale(**content["levels"], points=content["points"])


def screen(text: str, language: str, products: Iterable[str] = (), *, about_product: bool = False) -> Result:
    """How likely `text` speaks of harm, and why.

    `language` is the tag of the market ("de-AT"); each sentence is read in the language that it is written in, of those
    that the terms know. `products` are names of medicines that count as evidence of exposure. `about_product` says that
    the text was left where a medicine is spoken of, so that its writer need not name one.
    """
    names = frozenset(tuple(fold(word) for word in product.split()) for product in products if product.strip())
    readings = [read(sentence, language.partition("-")[0].lower(), names) for sentence in sentences(text)]
    judged = list(_judged(readings, about_product))
    score, points = max(judged, key=lambda one: one[0], default=(0, ()))
    causes = [cause for reading in readings for cause in _causes(reading, text)]
    return Result(
        score=score,
        level=scale().level(score),
        causes=tuple(causes[:LISTED]),
        points=points,
        mentions_death=any(_speaks_of_death(reading, one) for reading, (_, one) in zip(readings, judged, strict=True)),
        unlisted=max(len(causes) - LISTED, 0),
    )


def _judged(readings: Sequence[Reading], presumed: bool) -> Iterator[tuple[int, tuple[Point, ...]]]:
    for at, reading in enumerate(readings):
        around = [*readings[max(at - 1, 0) : at], *readings[at + 1 : at + 2]]
        yield _score(facts(reading, around, presumed), bool(reading.events))


def _score(found: Collection[str], has_events: bool) -> tuple[int, tuple[Point, ...]]:
    known = scale()
    points = tuple(Point(fact, known.points[fact]) for fact in sorted(found) if known.points.get(fact))
    if not points:
        return 0, ()
    total = known.base + sum(point.points for point in points)
    # What is told and denied is seen all the same.
    return min(max(total, 1 if has_events else 0), WORST), points


def _speaks_of_death(reading: Reading, points: Sequence[Point]) -> bool:
    asked = any(point.fact == "asked" for point in points)
    return not asked and any(event.hit.label == "death" and event.told for event in reading.events)


def _causes(reading: Reading, text: str) -> Iterator[Cause]:
    for event in reading.events:
        yield _cause(reading, text, event.hit.first, event.hit.after, event.hit.label, _rule(event))
    if reading.events:
        for label in (*MEDICINES, *_TIES):
            for hit in reading.signs.get(label, ()):
                category = "medicine" if label in MEDICINES else "link"
                yield _cause(reading, text, hit.first, hit.after, category, f"{label}: {hit.written}")


def _cause(reading: Reading, text: str, first: int, after: int, category: str, rule: str) -> Cause:
    start, end = reading.sentence.words[first].start, reading.sentence.words[after - 1].end
    return Cause(text[start:end], start, end, category, rule, reading.sentence.text)


def _rule(event: Event) -> str:
    said = [f"{event.hit.label}: {event.hit.written}"]
    said += ["as misspelt"] if event.hit.slip else []
    said += ["denied"] if event.denied else []
    said += ["as what is treated"] if event.treated else []
    return ", ".join(said)
