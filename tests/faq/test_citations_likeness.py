"""When two titles are the same one."""

import pytest

from faq.citations import likeness

TITLE = "imlunestrant with or without abemaciclib in advanced breast cancer"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Élan vital: β-blockers & <x>", "elan vital β blockers x"),
        ("Straße  Øre ﬁt 10⁶", "strasse ore fit 106"),
        ("", ""),
        ("\x00_-", ""),
    ],
)
def test_it_folds(text, folded):
    assert likeness.folded(text) == folded


@pytest.mark.parametrize(
    ("other", "near"),
    [
        (TITLE, True),
        (TITLE.replace("advanced", "advancd"), True),
        (f"{TITLE} results of ember 3", True),
        (f"{TITLE} part ii", True),
        (TITLE.replace("imlunestrant", "elacestrant"), False),
        ("", False),
    ],
)
def test_two_titles_are_near(other, near):
    assert likeness.is_near(TITLE, other) is near
    assert likeness.is_near(other, TITLE) is near


@pytest.mark.parametrize(
    ("one", "other"), [("part i of the trial", "part ii of the trial"), ("year 3 data", "year 5 data")]
)
def test_titles_that_differ_in_a_number_are_two(one, other):
    assert not likeness.is_near(one, other)


def test_nothing_is_not_near_nothing():
    assert not likeness.is_near("", "")
