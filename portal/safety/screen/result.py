"""What the screen says of a text."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How likely a text speaks of harm; people look at all of them, in this order."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"


@dataclass(frozen=True, slots=True)
class Cause:
    """Words that were taken for a sign of harm: where they stand in the text, for what, and by which rule."""

    words: str
    start: int
    end: int
    category: str
    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Point:
    """A fact about the sentence that decided, and what it added to the score or took from it."""

    fact: str
    points: int


@dataclass(frozen=True, slots=True)
class Result:
    """The score (0 to 100), its level, and everything that it was made of; `unlisted` causes were too many to list."""

    score: int
    level: Level
    causes: tuple[Cause, ...] = ()
    points: tuple[Point, ...] = ()
    mentions_death: bool = False
    unlisted: int = 0
