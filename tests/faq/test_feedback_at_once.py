"""Votes and words that arrive at the same moment, as from a button that was pressed twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from faq import voting
from faq.models import Feedback, Remark, Tally
from tests.factories import make_published

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
PRESSES = 4


def at_once(action):
    """What `action` returns in each of several threads that begin together; it is told which one it is."""
    barrier = Barrier(PRESSES)

    def one(number):
        barrier.wait()
        try:
            return action(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(PRESSES) as pool:
        return list(pool.map(one, range(PRESSES)))


def counted():
    return dict(Tally.objects.filter(number__gt=0).values_list("standing", "number"))


def test_a_button_that_is_pressed_twice_votes_once():
    version = make_published()
    votes = at_once(lambda _number: voting.vote(version, voting.Ballot(True, visitor="a", origin="b")))
    assert {vote.pk for vote in votes} == {Feedback.objects.get().pk}
    assert counted() == {"counted": 1}


def test_a_crowd_at_once_is_no_smaller_for_it(monkeypatch):
    monkeypatch.setattr(voting, "CROWD", PRESSES - 1)
    version = make_published()
    at_once(lambda number: voting.vote(version, voting.Ballot(True, visitor=str(number), origin="b")))
    assert counted() == {"suspect": PRESSES}


def test_changes_at_once_leave_one_vote_and_one_tally():
    version = make_published()
    vote = voting.vote(version, voting.Ballot(True, visitor="a", origin="b"))
    at_once(lambda number: voting.change(vote, satisfied=number % 2 == 0))
    vote.refresh_from_db()
    assert Tally.objects.filter(number__gt=0).values_list("satisfied", "number").get() == (vote.satisfied, 1)


def test_words_that_are_sent_twice_are_stored_once():
    vote = voting.vote(make_published(), voting.Ballot(False, visitor="a", origin="b"))
    remarks = at_once(lambda _number: voting.explain(vote, reasons=["no-unclear"], text="She fainted."))
    assert [remark.text for remark in remarks if remark] == ["She fainted."]
    assert Remark.objects.get().text == "She fainted."


def test_a_flood_over_several_versions_and_their_changes_wait_for_each_other(monkeypatch):
    monkeypatch.setattr(voting, "FLOOD", 2)
    versions = [make_published() for _ in range(PRESSES)]
    votes = [voting.vote(version, voting.Ballot(True, visitor="a", origin="b")) for version in versions[:2]]

    def act(number):
        if number % 2:
            return voting.change(votes[number // 2], satisfied=False)
        return voting.vote(versions[2 + number // 2], voting.Ballot(True, visitor="a", origin="b"))

    at_once(act)
    assert Feedback.objects.suspect().count() == PRESSES
    assert sum(Tally.objects.filter(standing="suspect").values_list("number", flat=True)) == PRESSES
