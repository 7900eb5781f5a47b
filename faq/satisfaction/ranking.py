"""The order of answers by how little they satisfy. Pure."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from faq.satisfaction.score import Score

Key = TypeVar("Key")


class Order(NamedTuple):
    """A way to rank; the smallest measure comes first."""

    name: str
    label: str
    told: str
    measure: Callable[[Score], float]


ORDERS = (
    Order(
        "low",
        "lower bound of the interval",
        "First those that may be least satisfying: a few votes are enough to stand here, so look at their number.",
        lambda score: score.low,
    ),
    Order(
        "high",
        "upper bound of the interval",
        "First those that are least satisfying even if their readers' votes happened to be too hard on them.",
        lambda score: score.high,
    ),
)


def order_called(name: str) -> Order:
    """The way to rank that is called `name`; the first where there is none of that name."""
    return next((order for order in ORDERS if order.name == name), ORDERS[0])


def ranked(scores: Mapping[Key, Score], order: Order = ORDERS[0]) -> list[tuple[Key, Score]]:
    """The least satisfying first, of equals the one with more votes; what has no vote has no place."""
    voted: list[tuple[Any, Score]] = [(key, score) for key, score in scores.items() if score.number]
    return sorted(voted, key=lambda pair: (order.measure(pair[1]), -pair[1].number, pair[0]))
