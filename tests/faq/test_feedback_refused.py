"""What is refused below a vote: nothing of it is stored, and none of its words is lost."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core.signing import TimestampSigner
from django.utils import timezone

from faq import vote_tokens, voting
from faq.models import Feedback, Remark
from portal.lib import ratelimit
from tests.factories import make_drug, make_faq, make_market, make_published
from tests.faq.feedbacking import HARM, content, page, say, vote, voted

pytestmark = pytest.mark.django_db


@pytest.fixture
def a_day_later(monkeypatch):
    later = (timezone.now() + vote_tokens.OPEN + timedelta(minutes=1)).timestamp()
    return lambda: monkeypatch.setattr("django.core.signing.time.time", lambda: later)


def assert_given_back(response, status, words):
    shown = content(response)
    assert response.status_code == status
    assert words in shown
    assert f">{HARM}</textarea>" in shown
    assert "1-800-555-0143" in shown
    assert 'href="/us/contact/?topic=adverse-event"' in shown
    assert response["Cache-Control"] == "no-store"
    assert not Remark.objects.exists()


def test_a_forged_name_of_a_vote_is_refused(client):
    token = voted(client, make_published())
    number = str(Feedback.objects.get().pk)
    other_purpose = TimestampSigner(salt="faq.feedback.contact").sign(number)
    other_key = TimestampSigner(key="k", salt="faq.feedback.vote").sign(number)
    for forged in ("", number, f"{number}0{token[len(number) :]}", token[:-1], other_purpose, other_key, "\x00", "🙂"):
        response = say(client, forged, HARM, reasons=["yes-clear"])
        assert_given_back(response, 403, "does not say which vote it belongs to")
    assert Feedback.objects.get().reasons == []


def test_a_vote_of_another_market_is_refused(client):
    token = voted(client, make_published(make_faq(make_drug(make_market("de")))), market="de")
    make_market("us")
    assert_given_back(say(client, token, HARM), 403, "does not say which vote it belongs to")


def test_a_vote_cannot_be_spoken_for_by_another_one(client):
    first, second = make_published(), make_published()
    token = voted(client, first)
    voted(client, second)
    say(client, token, HARM, version=vote_tokens.of_version(second), about=str(second.pk))
    assert Remark.objects.get().vote.version == first


def test_it_is_too_late_after_a_day(client, a_day_later):
    token = voted(client, make_published())
    a_day_later()
    assert page(client, token).status_code == 410
    assert_given_back(say(client, token, HARM), 410, "more than a day ago")
    assert say(client, token, satisfied="no").status_code == 410
    assert Feedback.objects.get().satisfied is True


def test_looking_at_it_again_does_not_make_it_last_longer(client):
    token = voted(client, make_published())
    assert f'name="vote" value="{token}"' in content(page(client, token))


def test_what_another_site_sends_is_shown_to_be_sent_from_here(client):
    token = voted(client, make_published())
    response = say(client, token, HARM, headers={"sec-fetch-site": "cross-site"})
    assert_given_back(response, 403, "came from a page outside this site")
    assert f'name="vote" value="{token}"' in content(response)
    assert say(client, token, satisfied="no", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert Feedback.objects.get().satisfied is True


def test_too_many_of_them_are_refused_and_shown_again(client, monkeypatch):
    token = voted(client, make_published())
    monkeypatch.setattr(ratelimit, "remark", lambda _request: False)
    assert_given_back(say(client, token, HARM), 429, "Many forms came from your network")


def test_its_limit_is_its_own(client, monkeypatch):
    token = voted(client, make_published())
    monkeypatch.setattr(ratelimit, "feedback", lambda _request: False)
    assert say(client, token, HARM, satisfied="no").status_code == 429
    assert Feedback.objects.get().satisfied is True
    assert say(client, token, HARM).status_code == 302


def test_a_vote_takes_so_many_texts_and_no_more(client, monkeypatch):
    monkeypatch.setattr(voting, "REMARKS", 0)
    response = say(client, voted(client, make_published()), HARM, reasons=["yes-clear"])
    assert_given_back(response, 409, "as often below this vote as one can")
    assert Feedback.objects.get().reasons == []


def test_the_last_of_so_many_texts_is_taken(client):
    token = voted(client, make_published())
    answers = [say(client, token, f"Text {number}").status_code for number in range(voting.REMARKS + 1)]
    assert answers == [302] * voting.REMARKS + [409]


@pytest.mark.parametrize("size", [4001, 900_000])
def test_a_text_that_is_too_long_is_shown_again_to_be_shortened(client, size):
    token = voted(client, make_published())
    response = say(client, token, "x" * size)
    assert response.status_code == 422
    assert f"Your text is {size - 4000} character" in content(response)
    assert f">{'x' * size}</textarea>" in content(response)
    assert not Remark.objects.exists()


def test_a_text_of_four_thousand_lines_ends_is_not_too_long(client):
    typed = "a\r\n" * 2000
    assert say(client, voted(client, make_published()), typed[:-2]).status_code == 302


def test_a_form_that_is_too_large_to_be_read_says_so_and_the_vote_stays(client):
    token = voted(client, make_published())
    for headers in ({}, {"sec-fetch-site": "cross-site"}, {"x-fragment": "1"}):
        response = say(client, token, "x" * 1024 * 1024, headers=headers)
        assert response.status_code == 413
        assert "nothing of it was stored" in content(response)
        assert "1-800-555-0143" in content(response)
    assert Feedback.objects.exists()
    assert not Remark.objects.exists()


def test_a_form_of_too_many_fields_to_be_read_says_so(client):
    token = voted(client, make_published())
    body = urlencode({"vote": token, "text": HARM, "reasons": ["yes-clear"] * 10_000}, doseq=True)
    response = client.post("/us/feedback/", body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "1-800-555-0143" in content(response)
    assert not Remark.objects.exists()


def test_a_vote_that_was_only_counted_can_be_said_nothing_of(client, monkeypatch):
    version = make_published()
    monkeypatch.setattr(voting, "KEPT", 0)
    response = vote(client, version, leave_empty="x")
    assert not Feedback.objects.exists()
    assert "yours was only counted" in content(client.get(response["Location"]))
    assert "thanks=" in response["Location"]
