"""What somebody may have meant who typed an address that does not exist."""

import pytest

from portal.lib import nearest

PLACES = {"us", "products", "answers"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/us/products/answers/brain-metastases-1003/", ["brain", "metastases"]),
        ("/us/Imlunestrant.html", ["imlunestrant"]),
        ("/us/products/LY-3484356/", []),
        ("/us/is_it-a_b/is/", []),
        ("/us/überdosis/", ["überdosis"]),
        ("/us/answers/answers-of-us/", ["answers"]),
        ("/", []),
        ("/\x00/%F0/🙂🙂🙂/", []),
        ("/" + "a" * 9000, ["a" * 299]),
    ],
    ids=len,
)
def test_it_reads_the_words_of_an_address(path, expected):
    assert nearest.words(path, PLACES) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/us/products/LY-3484356/", ["ly3484356"]),
        ("/us/products/imlunestrant-brain/", ["imlunestrantbrain", "imlunestrant", "brain"]),
        ("/us/contacts/form/", ["form", "contacts"]),
        ("/us/" + "ab-" * 60, []),
    ],
)
def test_it_reads_what_may_be_a_name(path, expected):
    assert nearest.names(path, PLACES) == expected


def test_it_reads_a_few_names_of_a_long_address():
    assert len(nearest.names("/".join(f"part{number}" for number in range(50)))) == nearest.MOST_NAMES


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/us/products/answers/Brain-Metastases-1003/", "brain-metastases-1003"),
        ("/us/products/answers/brain-metastases-1003/pdf/", "brain-metastases-1003"),
        ("/us/answers/1003.html", "1003"),
        ("/us/products/", ""),
        ("", ""),
    ],
)
def test_it_reads_the_last_part_of_an_address(path, expected):
    assert nearest.last(path, {*PLACES, "pdf"}) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/us/answers/1003/", [1003]),
        ("/us/answers/dose-1003.html", [1003]),
        ("/us/answers/US_cFAQ_1003/", [1003]),
        ("/us/answers/ly3484356-1-2/", [1, 2]),
        ("/us/answers/" + "9" * 30, []),
        ("/us/answers/\u0663-" + "1-" * 90, [1] * nearest.MOST_NAMES),
    ],
    ids=len,
)
def test_it_reads_the_numbers_of_an_address(path, expected):
    assert nearest.numbers(path) == expected


@pytest.mark.parametrize(
    ("wanted", "name", "fits"),
    [
        ("imlunestrent", "imlunestrant", True),
        ("imulnestrant", "imlunestrant", True),
        ("imlunestrant", "imlunestrant", True),
        ("imlunestrantbrain", "imlunestrant", True),
        ("imlu", "imlunestrant", False),
        ("weslumira", "imlunestrant", False),
        ("", "imlunestrant", False),
    ],
)
def test_it_tells_what_is_alike(wanted, name, fits):
    assert bool(nearest.likeness(wanted, name)) == fits


def test_it_finds_the_nearest_of_several_things_by_any_of_their_names():
    things = [(1, ["sedravio", "melfobamate"]), (2, ["sedravia"]), (3, ["weslumira"])]
    assert nearest.nearest(["melfobamat"], things, 3) == [1]
    assert nearest.nearest(["sedravia"], things, 3) == [2, 1]
    assert nearest.nearest(["sedravia"], things, 1) == [2]
    assert nearest.nearest([], things, 3) == []


@pytest.mark.parametrize(
    ("wanted", "said", "expected"),
    [(["a", "b"], ["b", "a"], 1), (["a", "x"], ["a", "b"], 0.5), (["x"], ["a"], 0), ([], [], 0)],
)
def test_it_tells_how_many_words_two_addresses_share(wanted, said, expected):
    assert nearest.overlap(wanted, said) == expected
