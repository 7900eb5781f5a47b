"""Numbers of citations and their ranges."""

import random

import pytest

from faq.citations import numbering
from faq.citations.numbering import Span


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ([], {}),
        (["b", "a", "b", "c", "a"], {"b": 1, "a": 2, "c": 3}),
        (iter("ba"), {"b": 1, "a": 2}),
    ],
)
def test_it_numbers_keys_in_order_of_first_appearance(keys, expected):
    numbers = numbering.assign(keys)
    assert numbers == expected
    assert list(numbers) == list(expected)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([], []),
        ([4], [(4, 4)]),
        ([1, 2], [(1, 1), (2, 2)]),
        ([1, 2, 3], [(1, 3)]),
        ([5, 3, 1, 2, 2], [(1, 3), (5, 5)]),
        ([1, 2, 4, 5, 6, 8, 9], [(1, 1), (2, 2), (4, 6), (8, 8), (9, 9)]),
        ([9, 10, 11], [(9, 11)]),
    ],
)
def test_it_collapses_into_spans(numbers, expected):
    assert numbering.collapse(numbers) == [Span(*ends) for ends in expected]


@pytest.mark.parametrize("seed", range(50))
def test_it_loses_and_adds_no_number_in_any_order(seed):
    shuffled = random.Random(seed).choices(range(1, 30), k=20)  # noqa: S311
    spans = numbering.collapse(shuffled)
    held = [number for span in spans for number in range(span.first, span.last + 1)]
    assert held == sorted(set(shuffled))
    assert all(span.last - span.first != 1 for span in spans)
    assert numbering.collapse(held) == spans
