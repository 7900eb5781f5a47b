"""What the address of a search says, and what follows it."""

import pytest

from faq.search.asking import Asking, read
from faq.search.results import Narrowing

WHOLE = Asking("a & b", "one", Narrowing("two", "three", 4, "off-label"), exact=True, everywhere=True, page=6)
ADDRESS = "?q=a%20%26%20b&drug=one&exact=1&all=1&only=two&category=three&topic=4&status=off-label"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, Asking()),
        ({"q": "  how\n much \x00? "}, Asking("how much ?")),
        ({"q": "x" * 401}, Asking("x" * 400, is_cut=True)),
        ({"q": "x", "drug": "one", "page": "3"}, Asking("x", "one", page=3)),
        ({"drug": "a b", "only": "\x00", "category": "x" * 200}, Asking()),
        ({"topic": "12", "status": "off-label"}, Asking(narrowing=Narrowing("", "", 12, "off-label"))),
        ({"topic": "-1", "status": "best"}, Asking()),
        ({"topic": "9" * 10, "page": "9" * 10}, Asking()),
        ({"topic": "²", "page": "²"}, Asking()),
        ({"exact": "1", "all": "1"}, Asking(exact=True, everywhere=True)),
        ({"exact": "yes", "all": "0", "page": "0"}, Asking()),
    ],
)
def test_it_reads_an_address_and_passes_over_what_that_cannot_mean(said, expected):
    assert read(said) == expected


def test_it_writes_what_it_reads():
    assert WHOLE.address() == ADDRESS
    assert WHOLE.address(page=2) == f"{ADDRESS}&page=2"
    assert Asking("x").address() == "?q=x"


def test_another_choice_begins_at_the_first_page_and_keeps_the_rest():
    assert WHOLE.narrowed(topic=None) == ADDRESS.replace("&topic=4", "")
    assert Asking("x", page=3).narrowed(drug="one") == "?q=x&only=one"


@pytest.mark.parametrize(
    ("asking", "expected"),
    [
        (Asking("x"), True),
        (Asking("x", "one"), True),
        (Asking("x", exact=True), True),
        (Asking(), False),
        (Asking("x", page=2), False),
        (Asking("x", everywhere=True), False),
        (Asking("x", narrowing=Narrowing(topic=1)), False),
    ],
)
def test_it_tells_a_question_from_another_look_at_what_it_found(asking, expected):
    assert asking.is_new is expected
