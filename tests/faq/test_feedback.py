"""The yes or no to "are you satisfied with this content?"."""

import pytest
from django.core.signing import Signer

from faq import publishing
from faq.models import Feedback
from faq.views.feedback import sign
from portal.lib import ratelimit
from tests import cast
from tests.factories import make_draft, make_drug, make_faq, make_market, make_published

pytestmark = pytest.mark.django_db


def content(response):
    return response.content.decode()


def vote(client, about, satisfied="yes", market="us", headers=None, **changes):
    fields = {"version": sign(about), "satisfied": satisfied, **changes}
    return client.post(f"/{market}/feedback/", fields, headers=headers)


@pytest.mark.parametrize(("answer", "satisfied"), [("yes", True), ("no", False)])
def test_it_stores_a_vote_and_gives_thanks(client, answer, satisfied):
    version = make_published()
    response = vote(client, version, answer)
    stored = Feedback.objects.get()
    assert (stored.version, stored.satisfied) == (version, satisfied)
    assert response["Location"].startswith("/us/feedback/?answer=")
    page = content(client.get(response["Location"]))
    assert "Thank you." in page
    assert f'href="{version.get_absolute_url()}"' in page


def test_it_stores_nothing_that_says_who_voted():
    said = {"id", "version", "satisfied", "created_at"}
    assert {field.name for field in Feedback._meta.fields} - {"read_at", "read_by"} == said


def test_it_gives_a_script_the_thanks_alone(client):
    response = vote(client, make_published(), headers={"x-fragment": "1"})
    assert response.status_code == 200
    assert content(response).startswith('<p class="feedback__thanks" role="status"')
    assert "<html" not in content(response)
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("satisfied", ["", "maybe", "YES", "yes\x00", "🙂"])
def test_it_asks_again_without_a_choice(client, satisfied):
    version = make_published()
    response = vote(client, version, satisfied)
    assert response.status_code == 422
    assert "Please choose yes or no" in content(response)
    assert f'href="{version.get_absolute_url()}#feedback-title"' in content(response)
    assert not Feedback.objects.exists()


def test_it_refuses_a_vote_on_a_version_that_it_did_not_name(client):
    version = make_published()
    others = [Signer(salt="portal.leaving").sign(str(version.pk)), Signer(key="k", salt="faq.feedback").sign("1")]
    for forged in ("", "1", str(version.pk), "1:x", "\x00", "🙂", "x" * 9000, *others):
        response = vote(client, version, version=forged)
        assert response.status_code == 409, forged
        assert "This answer has changed" in content(response)
    assert not Feedback.objects.exists()


def test_it_refuses_a_vote_without_a_version(client):
    make_market()
    assert client.post("/us/feedback/", {"satisfied": "yes"}).status_code == 409


def test_it_refuses_a_vote_on_a_version_that_was_replaced(client):
    version = make_published()
    make_published(draft=publishing.revise(version.faq, by=cast.author()))
    assert vote(client, version).status_code == 409


def test_it_refuses_a_vote_on_what_was_withdrawn_or_never_published(client):
    version = make_published()
    publishing.withdraw(version, by=cast.approver(), reason="Outdated.")
    assert vote(client, version).status_code == 409
    assert vote(client, make_draft()).status_code == 409
    assert not Feedback.objects.exists()


def test_it_refuses_a_vote_on_an_answer_of_another_market(client):
    version = make_published(make_faq(make_drug(make_market("de"))))
    make_market("us")
    assert vote(client, version).status_code == 409
    assert vote(client, version, market="de").status_code == 302


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}])
def test_it_refuses_a_form_of_another_site(client, headers):
    assert vote(client, make_published(), headers=headers).status_code == 403
    assert not Feedback.objects.exists()


def test_it_tells_a_machine_that_nothing_was_stored(client):
    response = vote(client, make_published(), leave_empty="https://spam.example")
    assert response.status_code == 422
    assert "nothing was stored" in content(response)
    assert not Feedback.objects.exists()


def test_it_refuses_too_many_votes_from_one_address(client, monkeypatch):
    version = make_published()
    monkeypatch.setattr(ratelimit, "feedback", lambda _request: False)
    response = vote(client, version)
    assert response.status_code == 429
    assert "Please try again later" in content(response)
    assert not Feedback.objects.exists()


def test_it_thanks_nobody_who_did_not_vote(client):
    make_published()
    hostile = ("\x00", "²", "٣", "9" * 9, "9" * 400, "<script>alert(1)</script>", "' OR 1=1")
    for number in ("", "0", "abc", "-1", "1e3", *hostile):
        response = client.get("/us/feedback/", {"answer": number})
        assert response["Location"] == "/us/", number


def test_it_leads_back_to_answers_of_its_market_only(client):
    version = make_published(make_faq(make_drug(make_market("de"))))
    make_market("us")
    assert "Back to" not in content(client.get("/us/feedback/", {"answer": sign(version)}))
    assert "Back to" in content(client.get("/de/feedback/", {"answer": sign(version)}))


def test_it_asks_the_database_little_for_a_vote(client, django_assert_max_num_queries):
    version = make_published()
    with django_assert_max_num_queries(5):
        vote(client, version)
