import pytest

from portal.audit.differences import AROUND, pieces

WORDS = " ".join(f"word{number}" for number in range(200))


def told(found):
    return [(piece.kind, piece.text) for piece in found]


@pytest.mark.parametrize(
    ("before", "after", "left", "right"),
    [
        ("", "new", [], [("new", "new")]),
        ("old", "", [("gone", "old")], []),
        ("the same", "the same", [("same", "the same")], [("same", "the same")]),
        (
            "store below 25 °C",
            "store below 30 °C",
            [("same", "store below "), ("gone", "25"), ("same", " °C")],
            [("same", "store below "), ("new", "30"), ("same", " °C")],
        ),
        ("<p>a</p>", "<p>b</p>", [("same", "<p>"), ("gone", "a"), ("same", "</p>")], None),
        ("a one b two c", "a x b y c", [("same", "a "), ("gone", "one b two"), ("same", " c")], None),
    ],
)
def test_it_parts_what_stayed_from_what_changed(before, after, left, right):
    found = pieces(before, after)
    assert told(found[0]) == left
    assert right is None or told(found[1]) == right


def test_it_cuts_what_stayed_where_that_is_long():
    left, right = pieces(f"{WORDS} old {WORDS}", f"{WORDS} new {WORDS}")
    assert [piece.kind for piece in left] == ["same", "left out", "same", "gone", "same", "left out", "same"]
    assert right[1].text == f"{200 - AROUND} words that stayed"
    assert (left[3].text, right[3].text) == ("old", "new")


def test_it_gives_long_texts_back_whole_that_have_nothing_in_common():
    one, other = "a b " * 3000, "c d " * 3000
    left, right = pieces(one, other)
    assert [piece.text for piece in left + right if piece.kind in ("gone", "new")] == [one.rstrip(), other.rstrip()]
