"""Votes that look like a program's: stored and marked, or only counted, and never in the score."""

from collections import Counter
from datetime import timedelta
from itertools import count

import pytest
from django.utils import timezone

from faq import voting
from faq.models import Feedback, Tally
from tests import cast
from tests.factories import make_published
from tests.faq.feedbacking import vote as send

pytestmark = pytest.mark.django_db
_visitors = count(1)


def vote(version, origin="", satisfied=True, **said):
    """A vote of somebody new, from `origin` or from where nobody else is."""
    number = f"{next(_visitors):032x}"
    return voting.vote(version, voting.Ballot(satisfied, visitor=number, origin=origin or number, **said))


def suspicions():
    return Counter(Feedback.objects.values_list("suspicion", flat=True))


def tallied():
    rows = Tally.objects.filter(number__gt=0).order_by("version", "standing", "satisfied")
    return list(rows.values_list("standing", "satisfied", "number"))


def test_some_of_one_network_may_vote_on_a_version_before_all_of_it_is_a_crowd():
    version = make_published()
    for _ in range(voting.CROWD):
        vote(version, "a")
    vote(version, "b")
    assert suspicions() == {"": voting.CROWD + 1}
    vote(version, "a")
    assert suspicions() == {"crowd": voting.CROWD + 1, "": 1}


def test_votes_on_many_versions_from_one_network_are_a_flood(monkeypatch):
    monkeypatch.setattr(voting, "FLOOD", 3)
    versions = [make_published() for _ in range(4)]
    for version in versions[:3]:
        vote(version, "a")
    vote(versions[0], "b")
    assert suspicions() == {"": 4}
    vote(versions[3], "a")
    assert suspicions() == {"flood": 4, "": 1}


def test_votes_of_other_hours_are_no_flood(monkeypatch):
    monkeypatch.setattr(voting, "FLOOD", 2)
    for _ in range(2):
        vote(make_published(), "a")
    Feedback.objects.update(given_at=timezone.now() - timedelta(hours=2))
    assert vote(make_published(), "a").suspicion == ""


def test_very_many_votes_on_a_version_from_everywhere_are_a_surge(monkeypatch):
    monkeypatch.setattr(voting, "SURGE", 3)
    version = make_published()
    for _ in range(3):
        vote(version)
    assert vote(version).suspicion == "surge"
    assert suspicions() == {"": 3, "surge": 1}


def test_votes_that_a_reviewer_vouched_for_are_no_crowd_and_stay_counted():
    version = make_published()
    for _ in range(voting.CROWD + 1):
        vote(version, "a")
    Feedback.objects.update(suspicion="", vouched_by=cast.feedback_reviewer())
    for _ in range(voting.CROWD):
        assert vote(version, "a").suspicion == ""
    assert vote(version, "a").suspicion == "crowd"
    assert Feedback.objects.counted().count() == voting.CROWD + 1


def test_beyond_what_is_kept_suspect_votes_are_only_counted(monkeypatch):
    monkeypatch.setattr(voting, "KEPT", 2)
    version = make_published()
    vote(version)
    for _ in range(5):
        vote(version, satisfied=False, suspicion="program")
    assert suspicions() == {"": 1, "program": 2}
    assert tallied() == [("counted", True, 1), ("suspect", False, 2), ("turned-away", False, 3)]
    assert vote(version).suspicion == ""


def test_posts_without_end_from_one_address_store_little_and_move_no_score(client, monkeypatch):
    monkeypatch.setattr(voting, "KEPT", 20)
    version = make_published()
    vote(version, satisfied=True)
    answers = Counter(
        send(client, version, "no", headers={"user-agent": f"Mozilla/5.0 ({number})"}).status_code
        for number in range(100)
    )
    assert answers == {302: 60, 429: 40}
    assert suspicions() == {"": 1, "crowd": 20}
    assert tallied() == [("counted", True, 1), ("suspect", False, 20), ("turned-away", False, 80)]


def test_it_stores_the_search_that_led_there_without_what_is_personal():
    version = make_published()
    drug = version.faq.drug
    told = vote(version, searched=" How is\n it stored? ", searched_in=drug)
    personal = vote(version, searched="dose for Mr Smith", searched_in=drug)
    assert (told.searched, told.searched_in) == ("How is it stored?", drug)
    assert (personal.searched, personal.searched_in) == ("", None)
