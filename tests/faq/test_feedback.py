"""The yes or no to "are you satisfied with this content?"."""

import pytest
from django.core.signing import Signer

from faq import publishing, vote_tokens
from faq.models import Feedback, Tally
from portal.lib import ratelimit
from tests import cast
from tests.factories import make_draft, make_drug, make_faq, make_market, make_published
from tests.faq.feedbacking import PART, content, token_of, vote

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("answer", "satisfied"), [("yes", True), ("no", False)])
def test_it_stores_a_vote_and_gives_thanks(client, answer, satisfied):
    version = make_published()
    response = vote(client, version, answer)
    stored = Feedback.objects.get()
    assert (stored.version, stored.satisfied, stored.suspicion) == (version, satisfied, "")
    assert response["Location"].startswith("/us/feedback/?vote=")
    page = client.get(response["Location"])
    assert f"Thank you. Your answer “{answer.title()}” has been stored" in content(page)
    assert f'href="{version.get_absolute_url()}"' in content(page)
    assert (response["Cache-Control"], page["Cache-Control"]) == ("no-store", "no-store")


def test_it_stores_nothing_that_says_who_voted(client):
    vote(client, make_published(), address="203.0.113.77", headers={"accept-language": "gsw-LI"})
    stored = Feedback.objects.values().get()
    digests = stored.pop("visitor"), stored.pop("origin")
    assert [len(digest) for digest in digests] == [32, 32]
    assert not any(told in str(stored) for told in ("203.0.113", "gsw-LI", "Mozilla"))


def test_it_knows_the_kind_of_device(client):
    vote(client, make_published(), headers={"sec-ch-ua-mobile": "?1"})
    assert Feedback.objects.get().device == "phone"


def test_it_gives_a_script_the_follow_up_alone(client):
    response = vote(client, make_published(), headers=PART)
    assert response.status_code == 200
    assert "<html" not in content(response)
    assert '<h2 id="feedback-title" tabindex="-1"' in content(response)
    assert 'role="status"' in content(response)
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


def test_it_thanks_a_machine_like_everybody_and_suspects_it(client):
    response = vote(client, make_published(), leave_empty="https://spam.example")
    assert token_of(response)
    assert Feedback.objects.get().suspicion == "trap"


@pytest.mark.parametrize("agent", ["", "curl/8.5.0", "Googlebot/2.1 (+http://www.google.com/bot.html)"])
def test_it_suspects_what_calls_itself_a_program(client, agent):
    assert token_of(vote(client, make_published(), headers={"user-agent": agent}))
    assert Feedback.objects.get().suspicion == "program"


def test_it_stores_one_vote_of_a_visitor_however_often_it_comes(client):
    version = make_published()
    for answer in ("yes", "yes", "no"):
        vote(client, version, answer)
    stored = Feedback.objects.get()
    assert stored.satisfied is False
    assert stored.changed_at > stored.given_at


def test_it_counts_what_it_refuses_of_too_many_votes(client, monkeypatch):
    version = make_published()
    monkeypatch.setattr(ratelimit, "feedback", lambda _request: False)
    response = vote(client, version, "no")
    assert response.status_code == 429
    assert "Please try again later" in content(response)
    assert not Feedback.objects.exists()
    assert Tally.objects.values_list("satisfied", "standing", "number").get() == (False, "turned-away", 1)


def test_it_thanks_nobody_who_did_not_vote(client):
    faq = make_published().faq
    other = Signer(salt="faq.feedback").sign(str(faq.pk))
    hostile = ("\x00", "²", "٣", "9" * 9, "9" * 400, "<script>alert(1)</script>", "' OR 1=1", other)
    for forged in ("", "0", "abc", "-1", "1e3", *hostile):
        for name in ("vote", "thanks", "answer"):
            response = client.get("/us/feedback/", {name: forged})
            assert (response["Location"], response["Cache-Control"]) == ("/us/", "no-store"), forged


def test_it_thanks_in_the_market_of_the_answer_only(client):
    faq = make_published(make_faq(make_drug(make_market("de")))).faq
    make_market("us")
    thanks = {"thanks": vote_tokens.of_thanks(faq)}
    assert client.get("/us/feedback/", thanks)["Location"] == "/us/"
    assert f'href="{faq.get_absolute_url()}"' in content(client.get("/de/feedback/", thanks))


def test_the_answer_is_the_same_page_after_a_vote_as_before(client):
    version = make_published()
    before = client.get(version.get_absolute_url())
    after = vote(client, version, headers=PART)
    assert not client.cookies
    assert not after.cookies
    assert client.get(version.get_absolute_url()).content == before.content


@pytest.mark.parametrize(("searched", "most"), [("", 12), ("How is it stored?", 18)])
def test_it_asks_the_database_little_for_a_vote(client, searched, most, django_assert_max_num_queries):
    version = make_published()
    with django_assert_max_num_queries(most):
        vote(client, version, searched=searched, searched_in=version.faq.drug.slug)
