"""Whether the tallies are what the votes say, and bringing them in step."""

import io

import pytest
from django.core.management import CommandError, call_command

from faq import voting
from faq.models import Feedback, Tally
from faq.satisfaction import checking
from tests.factories import make_published
from tests.faq.remarking import make_votes

pytestmark = pytest.mark.django_db


def check(**options):
    said = io.StringIO()
    call_command("check_tallies", stdout=said, **options)
    return said.getvalue()


def make_wrong():
    """A version of which one tally is too high, one is missing, and one counts what nobody gave."""
    version = make_published()
    make_votes(version, yes=3, no=2)
    make_votes(version, yes=1, suspicion="crowd")
    voting.turn_away(version, satisfied=True)
    Tally.objects.filter(satisfied=True, standing="counted").update(number=30)
    Tally.objects.filter(satisfied=False, standing="counted").delete()
    day = Feedback.objects.first().day
    Tally.objects.create(version=version, day=day, satisfied=False, standing="suspect", number=9)
    return version


def test_it_finds_nothing_while_the_triggers_keep_them():
    version = make_published()
    given = make_votes(version, yes=2, no=1)
    Feedback.objects.filter(pk=given[0].pk).update(satisfied=False, suspicion="flood")
    voting.turn_away(version, satisfied=True)
    assert checking.differences() == []
    assert check() == "Every tally is what the votes say.\n"


def test_it_names_each_difference_and_changes_nothing():
    make_wrong()
    found = [(row.satisfied, row.standing, row.votes, row.tallied) for row in checking.differences()]
    assert found == [(False, "counted", 2, 0), (False, "suspect", 0, 9), (True, "counted", 3, 30)]
    for _ in range(2):
        with pytest.raises(CommandError, match=r"counted yes: 3 votes, tallied 30\n3 tallies are wrong"):
            check()


def test_it_repairs_them_and_leaves_what_was_turned_away():
    version = make_wrong()
    assert "Repaired: 3 tallies." in check(repair=True)
    assert checking.differences() == []
    kept = {(row.satisfied, row.standing): row.number for row in Tally.objects.filter(version=version)}
    assert kept == {
        (True, "counted"): 3,
        (False, "counted"): 2,
        (True, "suspect"): 1,
        (False, "suspect"): 0,
        (True, "turned-away"): 1,
    }
    assert checking.mend() == 0
