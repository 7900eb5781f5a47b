"""The queue of remarks: what it shows, what it is filtered by, and what is done there."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from faq import remarks
from faq.models import Remark, ReviewRequest
from tests import cast
from tests.factories import make_drug, make_faq, make_market, make_published
from tests.faq.remarking import make_remark, make_vote, state_of

pytestmark = pytest.mark.django_db

LIST = "/admin/faq/remark/"
HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(2)> =cmd|' /C calc'!A0"


@pytest.fixture
def reviewer(client):
    client.force_login(cast.feedback_reviewer())
    return client


def text(response):
    return response.content.decode()


def messages(response):
    return [str(message) for message in response.context["messages"]]


def page(remark):
    return f"{LIST}{remark.pk}/change/"


def act(client, action, *chosen, address=LIST, **more):
    data = {"action": action, "_selected_action": [remark.pk for remark in chosen], **more}
    return client.post(address, data, follow=True)


def do(client, name, *chosen, **fields):
    data = {"chosen": [remark.pk for remark in chosen], "do": "yes", "back": f"{LIST}?q=dose", **fields}
    return client.post(f"{LIST}do/{name}/", data, follow=True)


def listed(client, **asked):
    return set(client.get(LIST, asked).context["cl"].queryset)


def test_it_shows_a_remark_whole_with_all_that_is_known_of_it(reviewer):
    words = "A long one. " * 300
    make_remark(text=words.strip(), reasons=["no-unclear"], searched="renal impairment", suspicion="crowd")
    shown = text(reviewer.get(LIST))
    assert words.strip() in shown
    for known in ("It was hard to understand", "renal impairment", "How is it stored?", "Suspect", ">No<", "New"):
        assert known in shown


def test_it_shows_what_was_written_and_runs_none_of_it(reviewer):
    remark = make_remark(text=HOSTILE, searched="<b>bold</b>")
    pages = [LIST, page(remark), f"{LIST}do/assign/?chosen={remark.pk}", f"{LIST}do/duplicate/?chosen={remark.pk}"]
    make_remark(remark.vote.version, text=HOSTILE)
    for address in [*pages, f"/admin/faq/feedback/{remark.vote_id}/change/", "/admin/faq/feedback/"]:
        shown = text(reviewer.get(address))
        assert "<script>alert" not in shown, address
        assert "<img src=x" not in shown, address
        assert "<b>bold" not in shown, address


def make_different():
    """A remark that differs from another one in everything that a list is filtered by."""
    german = make_drug(make_market("de"))
    version = make_published(make_faq(german))
    chosen = make_remark(version, satisfied=True, reasons=["yes-clear"], suspicion="crowd", state="new")
    remarks.assign([chosen], to=cast.feedback_reviewer(), by=cast.feedback_reviewer())
    old = timezone.now() - timedelta(days=40)
    other = make_remark(vote=make_vote(satisfied=False, reasons=["no-length"], given_at=old), written_at=old)
    remarks.mark_read([other], by=cast.feedback_reviewer())
    return chosen, other


def test_its_filters_find_exactly_what_they_name(reviewer):
    chosen, other = make_different()
    version, ago = chosen.vote.version, (timezone.now() - timedelta(days=20)).date()
    for name, value, opposite in (
        ("state__exact", "new", "read"),
        ("assigned", "me", "nobody"),
        ("assigned", "somebody", "nobody"),
        ("vote__satisfied__exact", 1, 0),
        ("reason", "yes-clear", "no-length"),
        ("suspect", "yes", "no"),
        ("suspect", "crowd", "no"),
        ("vote__version__faq__market__id__exact", version.faq.market_id, other.vote.version.faq.market_id),
        ("vote__version__faq__drug__id__exact", version.faq.drug_id, other.vote.version.faq.drug_id),
        ("vote__version__faq__id__exact", version.faq_id, other.vote.version.faq_id),
        ("vote__version__id__exact", version.pk, other.vote.version_id),
    ):
        assert listed(reviewer, **{name: value}) == {chosen}, name
        assert listed(reviewer, **{name: opposite}) == {other}, name
    assert listed(reviewer, since=ago) == {chosen}
    assert listed(reviewer, until=ago) == {other}
    assert listed(reviewer, since=ago, until=ago) == set()
    assert listed(reviewer, suspect="yes", assigned="nobody") == set()
    assert listed(reviewer) == {chosen, other}


def test_it_shows_nothing_for_a_day_that_is_none_and_says_so(reviewer):
    make_remark()
    response = reviewer.get(LIST, {"since": "<b>1", "state__exact": "new"})
    assert response.context["cl"].result_count == 0
    assert "Enter a valid date" in text(response)
    assert 'name="state__exact" value="new"' in text(response)


def test_opening_a_remark_does_not_mark_it_as_read(reviewer):
    remark = make_remark()
    assert "Nobody has read it yet" in text(reviewer.get(page(remark)))
    assert state_of(remark) == "new"
    reviewer.post(f"{LIST}{remark.pk}/read/")
    assert state_of(remark) == "read"
    assert f"Read by {cast.feedback_reviewer()}" in text(reviewer.get(page(remark)))


@pytest.mark.parametrize(("button", "state"), [("read", "read"), ("spam", "spam"), ("vouched", "new"), ("anew", "new")])
def test_the_buttons_of_its_page_do_what_they_say(reviewer, button, state):
    remark = make_remark(suspicion="crowd")
    assert reviewer.get(f"{LIST}{remark.pk}/{button}/").status_code == 405
    reviewer.post(f"{LIST}{remark.pk}/{button}/")
    assert state_of(remark) == state


def test_it_marks_those_that_were_chosen_and_counts_them(reviewer):
    read, new, other = make_remark(), make_remark(), make_remark()
    remarks.mark_read([read], by=cast.feedback_reviewer())
    response = act(reviewer, "mark_read", read, new)
    assert messages(response) == ["Marked as read: 1 of 2 chosen."]
    assert (state_of(new), state_of(other)) == ("read", "new")
    entry = LogEntry.objects.get()
    assert (entry.object_id, entry.change_message, entry.user) == (
        str(new.pk),
        "Marked as read.",
        cast.feedback_reviewer(),
    )


@pytest.mark.parametrize(
    ("action", "state", "suspicion"), [("mark_spam", "spam", "spam"), ("vouch", "new", ""), ("reopen", "new", "flood")]
)
def test_it_does_the_same_to_many(reviewer, action, state, suspicion):
    chosen = [make_remark(suspicion="" if action == "mark_spam" else "flood") for _ in range(2)]
    act(reviewer, action, *chosen)
    assert {(state_of(remark), type(remark.vote).objects.get(pk=remark.vote_id).suspicion) for remark in chosen} == {
        (state, suspicion)
    }


def test_it_sorts_all_that_the_filter_shows_and_no_others(reviewer):
    spam, good = make_remark(satisfied=True), make_remark(satisfied=False)
    act(reviewer, "mark_spam", spam, address=f"{LIST}?vote__satisfied__exact=1", select_across=1)
    assert (state_of(spam), state_of(good)) == ("spam", "new")


def test_it_sorts_only_so_many_at_once(reviewer, monkeypatch):
    monkeypatch.setattr("faq.admin.remark_sorting.MOST", 2)
    chosen = [make_remark() for _ in range(3)]
    assert messages(act(reviewer, "mark_read", *chosen)) == ["Choose at most 2 at a time; nothing was changed."]
    assert Remark.objects.unread().count() == 3


def test_it_assigns_to_somebody_who_may_sort(reviewer):
    chosen, administrator = [make_remark(), make_remark()], cast.administrator()
    asked = act(reviewer, "assign", *chosen, address=f"{LIST}?q=dose")
    assert [person.username for person in asked.context["form"].fields["to"].queryset] == ["chen", "emil"]
    assert asked.context["back"] == f"{LIST}?q=dose"
    response = do(reviewer, "assign", *chosen, to=administrator.pk)
    assert response.redirect_chain == [(f"{LIST}?q=dose", 302)]
    assert messages(response) == ["Assigned: 2 of 2 chosen."]
    assert {remark.assigned_to for remark in Remark.objects.all()} == {administrator}
    assert do(reviewer, "assign", *chosen, to=cast.author().pk).context["form"].errors
    do(reviewer, "assign", *chosen, to="")
    assert {remark.assigned_to for remark in Remark.objects.all()} == {None}


def test_it_marks_duplicates_of_one_that_is_offered_or_named(reviewer):
    first, again, third = (make_remark(text=f"No {number}.") for number in range(3))
    offered = act(reviewer, "duplicate", first, again).context["form"].fields["original"].choices
    assert [key for key, _ in offered] == [first.pk, again.pk]
    do(reviewer, "duplicate", first, again, original=first.pk)
    do(reviewer, "duplicate", third, number=first.pk)
    assert set(first.duplicates.all()) == {again, third}


def test_it_offers_as_original_what_was_written_on_the_same_answer(reviewer):
    version = make_published()
    here, other, _ = make_remark(version), make_remark(version), make_remark()
    choices = reviewer.get(f"{LIST}do/duplicate/", {"chosen": here.pk}).context["form"].fields["original"].choices
    assert [key for key, _ in choices] == [other.pk]


def test_it_says_why_a_remark_is_no_duplicate_of_itself_or_of_another_market(reviewer):
    remark, german = make_remark(), make_remark(make_published(make_faq(make_drug(make_market("de")))))
    for number, why in ((remark.pk, "no duplicate of itself"), (german.pk, "from another market than")):
        response = do(reviewer, "duplicate", remark, number=number)
        assert why in text(response)
        assert state_of(remark) == "new"


@pytest.mark.parametrize("fields", [{}, {"number": 0}, {"number": 10**17}, {"number": "x"}, {"original": "7x"}])
def test_it_loses_nothing_where_no_original_is_named(reviewer, fields):
    remark, other = make_remark(), make_remark()
    response = do(reviewer, "duplicate", remark, other, **fields)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert set(response.context["chosen"]) == {remark, other}
    assert state_of(remark) == "new"


def test_it_asks_the_author_for_a_review(reviewer):
    remark, day = make_remark(), timezone.localdate() + timedelta(days=9)
    do(reviewer, "review", remark, reason="Say the dose.", due=day)
    asked = ReviewRequest.objects.get()
    assert (asked.reason, asked.due, list(asked.remarks.all())) == ("Say the dose.", day, [remark])
    assert "open review request" in text(reviewer.get(page(remark)))
    reviewer.force_login(cast.approver())
    assert remark.text in text(reviewer.get(f"/admin/faq/reviewrequest/{asked.pk}/change/"))


def test_it_keeps_what_was_typed_where_the_day_is_past(reviewer):
    remark = make_remark()
    response = do(reviewer, "review", remark, reason="Say <the> dose.", due="2020-01-01")
    assert "lies in the past" in text(response)
    assert "Say &lt;the&gt; dose." in text(response)
    assert not ReviewRequest.objects.exists()


def test_it_leads_back_to_remarks_and_nowhere_else(reviewer):
    for back in ("https://evil.example/", "//evil.example/admin/faq/remark/", ""):
        response = do(reviewer, "assign", make_remark(), to="", back=back)
        assert response.redirect_chain == [(LIST, 302)]


def test_it_knows_no_other_page_and_no_other_remark(reviewer):
    assert reviewer.get(f"{LIST}do/delete/?chosen=1").status_code == 404
    for chosen in ("", "0", "x", "²", "9" * 30):
        response = reviewer.get(f"{LIST}do/assign/", {"chosen": chosen}, follow=True)
        assert messages(response) == ["Choose between 1 and 500 remarks."]


@pytest.mark.parametrize("person", ["author", "approver"])
def test_those_who_write_may_read_and_not_sort(client, person):
    remark = make_remark()
    client.force_login(getattr(cast, person)())
    assert "The dose is missing." in text(client.get(LIST))
    assert "Mark as read" not in text(client.get(LIST)) + text(client.get(page(remark)))
    act(client, "mark_spam", remark)
    assert client.post(f"{LIST}{remark.pk}/spam/").status_code == 403
    assert do(client, "assign", remark, to="").status_code == 403
    assert state_of(remark) == "new"


def test_others_may_not_read_what_visitors_wrote(client):
    remark = make_remark()
    client.force_login(cast.inquiry_handler())
    assert {client.get(address).status_code for address in (LIST, page(remark))} == {403}
    assert client.get(f"{LIST}do/assign/?chosen={remark.pk}").status_code == 403


def test_every_time_is_that_of_the_market_and_names_its_zone(reviewer):
    """A reviewer far away reads what the market's own clocks showed, as in the queue of safety flags."""
    version = make_published(make_faq(make_drug(make_market("jp", time_zone="Asia/Tokyo"))))
    evening = datetime(2026, 3, 3, 22, 10, tzinfo=UTC)
    first, again = (make_remark(vote=make_vote(version, given_at=evening), written_at=evening) for _ in range(2))
    make_remark(vote=first.vote, written_at=evening)
    remarks.mark_read([first], by=cast.feedback_reviewer())
    Remark.objects.filter(pk=first.pk).update(handled_at=evening + timedelta(hours=1))
    vote, faq = f"/admin/faq/feedback/{first.vote_id}/change/", f"/admin/faq/faq/{version.faq_id}/change/"
    duplicate = f"{LIST}do/duplicate/?chosen={again.pk}"
    for address in (LIST, page(first), duplicate, "/admin/faq/feedback/", vote, faq):
        assert "4 Mar 2026, 07:10 JST" in text(reviewer.get(address)), address
    for address in (LIST, page(first)):
        assert "4 Mar 2026, 08:10 JST" in text(reviewer.get(address)), address
