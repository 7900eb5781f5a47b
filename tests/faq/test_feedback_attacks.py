"""What somebody hostile may try with the question below an answer, and what comes of it."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from faq import publishing, vote_tokens, voting
from faq.models import Feedback, FeedbackExport, Remark, Tally
from portal.lib.admin import change_url
from portal.safety.models import SafetyFlag
from tests import cast
from tests.factories import make_published
from tests.faq.administering import approved
from tests.faq.exporting import REMARKS, VOTES
from tests.faq.feedbacking import AGENT, HARM, content, say, vote, voted

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(2)> =cmd|' /C calc'!A0"


def score(version):
    """How many votes make the score of a version."""
    counted = Tally.objects.filter(version=version, standing=Tally.Standing.COUNTED)
    return sum(counted.values_list("number", flat=True))


def limits():
    """How many rows the limits take in the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM lib_ratelimit")
        return cursor.fetchone()[0]


def others(version, number):
    """So many votes, each of another visitor from elsewhere."""
    ballots = [voting.Ballot(True, visitor=f"{place:032x}", origin=f"{place:032x}") for place in range(number)]
    return [voting.vote(version, ballot) for ballot in ballots]


def test_invented_addresses_and_browsers_escape_no_limit(client):
    versions = [make_published() for _ in range(3)]
    answers = Counter()
    for number in range(90):
        headers = {"x-forwarded-for": f"198.51.100.{number}", "user-agent": f"{AGENT} {number}"}
        answers[vote(client, versions[number % 3], headers=headers).status_code] += 1
    assert answers == {302: 60, 429: 30}
    assert Feedback.objects.suspect().count() == Feedback.objects.count() == 60
    assert [score(version) for version in versions] == [0, 0, 0]
    assert limits() == 1


def test_all_of_a_flood_are_turned_away_and_told_though_none_is_stored(client):
    version = make_published()
    others(version, 3)
    for number in range(75):
        vote(client, version, "no", headers={"user-agent": f"{AGENT} {number}"})
    told = dict(Tally.objects.filter(satisfied=False, number__gt=0).values_list("standing", "number"))
    assert told == {"suspect": 60, "turned-away": 15}
    assert score(version) == 3


def test_one_network_writes_sixty_texts_an_hour_and_no_more(client, monkeypatch):
    monkeypatch.setattr("faq.voting.receive_from", lambda *_args, **_kwargs: None)
    tokens = [vote_tokens.of_vote(one) for one in others(make_published(), 14)]
    answers = [
        say(client, token, f"{number} of {place}", headers={"user-agent": f"{AGENT} {place}"}).status_code
        for place, token in enumerate(tokens)
        for number in range(voting.REMARKS)
    ]
    assert answers == [302] * 60 + [429] * 10
    assert Remark.objects.count() == 60


def test_what_is_sent_again_as_it_was_is_stored_once(client):
    version = make_published()
    token = voted(client, version, "no")
    for _ in range(3):
        vote(client, version, "no")
        say(client, token, HARM, reasons=["no-unclear"])
    assert (Feedback.objects.count(), Remark.objects.count(), SafetyFlag.objects.count()) == (1, 1, 1)
    assert Tally.objects.values_list("standing", "satisfied", "number").get() == ("counted", False, 1)


def test_a_form_that_somebody_else_sends_again_is_a_vote_of_their_own(client):
    version = make_published()
    vote(client, version, "yes")
    vote(client, version, "no", address="192.0.2.99")
    assert list(Feedback.objects.order_by("pk").values_list("satisfied", "changed_at")) == [(True, None), (False, None)]


def test_what_was_sent_yesterday_changes_nothing_of_it_today(client, monkeypatch):
    token = voted(client, make_published(), "yes")
    later = (timezone.now() + timedelta(days=1, seconds=1)).timestamp()
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert say(client, token, HARM, satisfied="no").status_code == 410
    assert Feedback.objects.get().satisfied is True
    assert not Remark.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"sec-fetch-site": ""},
        {"origin": "null"},
        {"origin": "http://testserver.evil.example"},
        {"origin": "http://testserver@evil.example"},
        {"origin": "http://testserver:81"},
        {"origin": "http://[evil"},
        {"referer": "https://evil.example/?http://testserver/us/"},
    ],
)
def test_no_page_of_another_site_votes_or_speaks_for_its_readers(client, headers):
    version = make_published()
    token = voted(client, version, "yes")
    assert vote(client, version, "no", headers=headers).status_code == 403
    assert say(client, token, HARM, headers=headers).status_code == 403
    assert say(client, token, satisfied="no", headers=headers).status_code == 403
    assert Feedback.objects.get().satisfied is True
    assert not Remark.objects.exists()


def test_an_address_that_is_only_opened_votes_and_changes_nothing(client):
    version = make_published()
    token = voted(client, version, "yes")
    client.get("/us/feedback/", {"version": vote_tokens.of_version(version), "satisfied": "no"})
    client.get("/us/feedback/", {"vote": token, "satisfied": "no", "text": HARM, "reasons": "yes-clear"})
    stored = Feedback.objects.get()
    assert (stored.satisfied, stored.reasons, stored.remarks.count()) == (True, [], 0)
    for method in (client.put, client.patch, client.delete):
        assert method("/us/feedback/").status_code in {403, 405}


def test_nobody_votes_on_what_waits_to_be_published_or_was_called_back(client):
    waiting = approved()
    back = approved()
    publishing.send_back(back, by=cast.approver(), comment="Not yet.")
    for version in (waiting, back):
        assert vote(client, version).status_code == 409
    assert not Feedback.objects.exists()


def test_script_and_formula_run_on_no_page_that_shows_them(client):
    version = make_published()
    token = voted(client, version, "no", searched=HOSTILE)
    say(client, token, HOSTILE)
    wish = client.post("/us/feedback/", {"vote": token, "text": f"{HOSTILE}!", "contact": "1"})
    client.force_login(cast.superuser())
    stored, flag = Feedback.objects.get(), SafetyFlag.objects.first()
    assert stored.searched
    rows = [*Remark.objects.all(), stored, flag, version, version.faq]
    about = {"desk": [], "market": [version.faq.market_id], "drug": [version.faq.drug_id], "answer": [version.faq_id]}
    desk = [reverse(f"admin:faq_feedback_{name}", args=keys) for name, keys in about.items()]
    for address in [wish["Location"], VOTES, REMARKS, "/admin/safety/safetyflag/", *map(change_url, rows), *desk]:
        response = client.get(address)
        assert response.status_code == 200, address
        assert "<script>alert" not in content(response), address
        assert "<img src=x" not in content(response), address


@pytest.mark.parametrize("place", [VOTES, REMARKS])
def test_no_page_of_another_site_exports_for_a_reviewer(place):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.feedback_reviewer())
    assert client.post(f"{place}export/", {"format": "csv"}).status_code == 403
    assert client.get(f"{place}export/", {"format": "csv"}).status_code == 405
    assert not FeedbackExport.objects.exists()
