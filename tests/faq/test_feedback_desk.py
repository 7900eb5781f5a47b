"""The pages of figures: what they say, to whom, and at what cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from faq import publishing, voting
from faq.models import FaqVersion, Feedback
from tests import cast
from tests.factories import make_draft, make_drug, make_faq, make_market, make_published
from tests.faq.remarking import make_remark, make_votes
from tests.faq.searching import make_event, miss

pytestmark = pytest.mark.django_db

VOTES = "/admin/faq/feedback/"


@pytest.fixture
def reviewer(client):
    client.force_login(cast.feedback_reviewer())
    return client


def address(kind, row=None):
    return reverse(f"admin:faq_feedback_{kind}", args=[row.pk] if row else [])


def around(version):
    """The pages of the desk that `version` stands on."""
    faq = version.faq
    return [address("desk"), address("market", faq.market), address("drug", faq.drug), address("answer", faq)]


def text(response):
    return response.content.decode()


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def make_busy():
    """An answer with votes of every kind."""
    version = make_published()
    make_votes(version, yes=8, no=2, reasons=[], device="phone", searched="Storage")
    make_votes(version, no=1, reasons=["no-length", "no-unclear"], device="computer", searched="storage")
    make_votes(version, yes=5, suspicion="crowd")
    voting.turn_away(version, satisfied=False)
    return version


def test_every_page_tells_the_score_with_its_number_and_what_is_counted_apart(reviewer):
    version = make_busy()
    for place in around(version)[1:]:
        shown = reviewer.get(place).context
        total = shown["total"]
        assert (total.score.yes, total.score.no) == (8, 3), place
        assert (total.suspect.number, total.turned_away.number) == (5, 1), place
        assert [week.score.number for week in shown["weeks"] if week.score.number] == [11]
        page = text(reviewer.get(place))
        for told in ("73 %", "43 to 90 %", "8 yes, 3 no", "<title", "<desc", "The same as a table"):
            assert told in page, (place, told)


def test_the_first_page_leads_to_each_market(reviewer):
    version = make_busy()
    make_market("de", name="Deutschland")
    rows = reviewer.get(address("desk")).context["rows"]
    assert [(market.code, votes.score.number) for market, votes in rows] == [("de", 0), ("us", 11)]
    assert f'href="{address("market", version.faq.market)}"' in text(reviewer.get(address("desk")))


def test_it_tells_reasons_devices_and_searches_of_what_counts(reviewer):
    version = make_busy()
    for place in around(version)[2:]:
        shown = reviewer.get(place).context
        assert [(reason.key, reason.number) for reason in shown["reasons"]] == [("no-unclear", 1), ("no-length", 1)]
        assert [(device, score.yes, score.no) for device, score in shown["devices"]] == [
            ("Phone", 8, 2),
            ("Computer", 0, 1),
        ]
        assert [(search.text, search.score.yes, search.score.no) for search in shown["searches"]] == [("storage", 8, 3)]


@pytest.mark.parametrize(("period", "number"), [("30", 1), ("90", 2), ("", 2), ("365", 3), ("all", 4), ("junk", 2)])
def test_it_looks_as_far_back_as_is_asked(reviewer, period, number):
    version = make_published()
    for days in (1, 60, 200, 500):
        make_votes(version, yes=1, given_at=days_ago(days), reasons=["yes-clear"])
    for place in around(version)[1:]:
        shown = reviewer.get(place, {"period": period}).context
        assert shown["total"].score.number == number
    assert [reason.number for reason in shown["reasons"]] == [number]


def test_it_ranks_answers_by_the_lower_bound_and_medicines_too(reviewer):
    drug = make_drug()
    many, few, good, unvoted = (make_published(make_faq(drug)) for _ in range(4))
    make_votes(many, yes=40, no=60)
    make_votes(few, yes=1, no=1)
    make_votes(good, yes=50, no=1)
    for place in (address("market", drug.market), address("drug", drug)):
        shown = reviewer.get(place).context
        assert [line.row for line in shown["answers"]] == [few, many, good]
        assert (shown["answers_voted"], shown["answers_unvoted"]) == (3, 1)
        assert [line.row for line in reviewer.get(place, {"order": "high"}).context["answers"]] == [many, few, good]
    assert [line.row for line in reviewer.get(address("market", drug.market)).context["drugs"]] == [drug]
    assert unvoted.question in text(reviewer.get(address("market", drug.market)))


def test_an_answer_is_ranked_by_the_wording_that_is_published_now(reviewer):
    first = make_published()
    make_votes(first, no=20)
    second = make_published(draft=publishing.revise(first.faq, by=cast.author()))
    make_votes(second, yes=3)
    shown = reviewer.get(address("market", first.faq.market)).context
    assert [(line.row, line.score.yes, line.score.no) for line in shown["answers"]] == [(second, 3, 0)]
    assert shown["total"].score.number == 23


def test_it_compares_a_version_with_the_one_before(reviewer):
    first = make_published()
    make_votes(first, yes=20, no=30)
    make_votes(first, no=9, given_at=days_ago(70))
    second = make_published(draft=publishing.revise(first.faq, by=cast.author()))
    make_votes(second, yes=45, no=5)
    place = address("answer", first.faq)
    newest, oldest = reviewer.get(place).context["versions"]
    assert (newest.version, newest.step.before, newest.step.after) == (second, (20, 30), (45, 5))
    assert (newest.change.verdict, newest.change.points, oldest.step) == ("better", 50, None)
    assert oldest.votes.score.number == 59
    assert "Better" in text(reviewer.get(place))
    assert "chart__came" in text(reviewer.get(place))


def test_a_market_tells_what_was_searched_for_in_vain_and_followed_by_no(reviewer):
    version = make_busy()
    miss("Does it glow?")
    shown = reviewer.get(address("market", version.faq.market)).context
    assert [line.text for line in shown["unanswered"]] == ["Does it glow?"]
    assert [(search.text, search.score.no) for search in shown["refused"]] == [("storage", 3)]


def test_a_market_names_what_nobody_is_known_to_have_read(reviewer):
    voted, opened, suspect, unread = (make_published() for _ in range(4))
    make_draft()
    make_votes(voted, yes=1)
    make_votes(suspect, yes=1, suspicion="crowd")
    make_event(days=3, faq=opened.faq, kind="opened", results=None, answered=None)
    shown = reviewer.get(address("market", voted.faq.market)).context
    assert list(shown["unread"]) == [unread]
    assert shown["unread_count"] == 1
    page = text(reviewer.get(address("market", voted.faq.market)))
    assert "Views of pages are not counted" in page
    make_votes(unread, yes=1, given_at=days_ago(200))
    assert list(reviewer.get(address("market", voted.faq.market)).context["unread"]) == [unread]


def test_votes_of_another_market_are_no_part_of_it(reviewer):
    here, there = make_busy(), make_published(make_faq(make_drug(make_market("de"))))
    make_votes(there, no=7, reasons=["no-other"], searched="Lager")
    shown = reviewer.get(address("market", here.faq.market)).context
    assert shown["total"].score.number == 11
    assert reviewer.get(address("market", there.faq.market)).context["total"].score.number == 7
    assert [reason.key for reason in reviewer.get(address("drug", there.faq.drug)).context["reasons"]] == ["no-other"]


@pytest.mark.parametrize("period", ["90", "all"])
def test_an_empty_market_says_that_there_is_nothing(reviewer, period):
    market = make_market()
    page = text(reviewer.get(address("market", market), {"period": period}))
    for told in ("no votes", "No votes in this time.", "No answer that is published now has a vote", "None"):
        assert told in page
    drug = make_drug()
    assert "Nobody gave a reason" in text(reviewer.get(address("drug", drug), {"period": period}))
    assert "Nothing was ever published" in text(reviewer.get(address("answer", make_faq(drug)), {"period": period}))


def test_what_visitors_searched_for_is_shown_and_runs_nowhere(reviewer):
    version = make_published()
    make_votes(version, no=1, searched="<script>alert(1)</script>")
    for place in around(version)[1:]:
        assert "<script>alert" not in text(reviewer.get(place)), place


def test_nothing_of_it_is_there_that_does_not_exist(reviewer):
    for kind in ("market", "drug", "answer"):
        assert reviewer.get(reverse(f"admin:faq_feedback_{kind}", args=[999_999])).status_code == 404


@pytest.mark.parametrize(
    ("person", "status"),
    [("feedback_reviewer", 200), ("author", 200), ("approver", 200), ("administrator", 200), ("inquiry_handler", 403)],
)
def test_it_is_open_to_those_who_may_see_votes(client, person, status):
    version = make_busy()
    client.force_login(getattr(cast, person)())
    assert {client.get(place).status_code for place in [*around(version), VOTES]} == {status}


def test_the_pages_of_a_drug_and_a_question_lead_to_theirs(client):
    version = make_published()
    client.force_login(cast.author())
    faq, drug = version.faq, version.faq.drug
    assert address("answer", faq) in text(client.get(reverse("admin:faq_faq_change", args=[faq.pk])))
    assert address("drug", drug) in text(client.get(reverse("admin:faq_drug_change", args=[drug.pk])))
    assert address("desk") in text(client.get(VOTES))
    assert address("desk") in text(client.get(reverse("admin:index")))


def cost(client, place):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(place).status_code == 200
    return len(asked)


def test_no_page_asks_more_often_the_more_there_is(reviewer):
    version = make_busy()
    places = [*around(version), VOTES, "/admin/faq/remark/"]
    make_remark(version)
    few = [cost(reviewer, place) for place in places]
    for number in range(4):
        other = make_published(make_faq(version.faq.drug))
        make_votes(other, yes=number, no=2, searched=f"Word {number}")
        make_remark(other)
        make_published(draft=publishing.revise(other.faq, by=cast.author()))
    many = [cost(reviewer, place) for place in places]
    assert max(many) < 20
    assert [most <= least for least, most in zip(few[1:], many[1:], strict=True)] == [True] * len(few[1:])


def test_the_list_of_votes_shows_the_newest_and_counts_no_further(reviewer, monkeypatch):
    version = make_published()
    make_votes(version, yes=5, no=1)
    monkeypatch.setattr("faq.admin.feedback.MOST", 4)
    shown = reviewer.get(VOTES)
    newest = list(Feedback.objects.all()[:4])
    assert list(shown.context["cl"].result_list) == newest
    assert "6 votes make the scores" in text(shown)
    assert "There may be more than these 4" in text(shown)
    assert list(reviewer.get(VOTES, {"satisfied__exact": "0"}).context["cl"].result_list) == list(
        Feedback.objects.filter(satisfied=False)
    )


def test_the_list_of_votes_has_pages(reviewer):
    version = make_published()
    make_votes(version, yes=60)
    assert len(reviewer.get(VOTES).context["cl"].result_list) == 50
    second = reviewer.get(VOTES, {"p": 2}).context["cl"]
    assert list(second.result_list) == list(Feedback.objects.all()[50:])


def test_a_vote_is_vouched_for_in_the_list(reviewer):
    [vote] = make_votes(make_published(), yes=1, suspicion="crowd")
    response = reviewer.post(VOTES, {"action": "vouch_for_votes", "_selected_action": [vote.pk]}, follow=True)
    assert "Vouched for: 1 of 1 chosen." in text(response)
    assert FaqVersion.objects.get().feedback.counted().count() == 1
