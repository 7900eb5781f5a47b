"""Safety flags as staff see them: the queue, the page of one, and what they may do."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from portal.safety import flagging
from portal.safety.models import SafetyFlag
from tests import cast
from tests.factories import make_drug, make_market
from tests.portal.contacting import content
from tests.portal.flagging import HARM, HARMLESS, make_flag

pytestmark = pytest.mark.django_db

LIST = reverse("admin:safety_safetyflag_changelist")
LONG_AGO = timezone.now() - timedelta(days=9)


@pytest.fixture
def officer(client):
    client.force_login(cast.safety_officer())
    return client


def page(flag):
    return reverse("admin:safety_safetyflag_change", args=[flag.pk])


def press(client, flag, name, **data):
    response = client.post(reverse(f"admin:safety_safetyflag_{name}", args=[flag.pk]), data, follow=True)
    flag.refresh_from_db()
    return [str(message) for message in response.context["messages"]]


def rows(client, **asked):
    return list(client.get(LIST, asked).context["cl"].result_list)


def test_what_is_overdue_comes_first_then_what_is_due_then_what_is_not_raised(officer):
    unraised, due, overdue = make_flag(HARMLESS), make_flag(), make_flag(received_at=LONG_AGO)
    assert rows(officer) == [overdue, due, unraised]
    shown = content(officer.get(LIST))
    assert shown.count("badge--due-overdue") == 1


def test_of_what_is_due_at_the_same_time_a_death_comes_first_then_the_likelier(officer):
    at = timezone.now()
    less, more, death = (make_flag(received_at=at) for _ in range(3))
    SafetyFlag.objects.update(due_at=at + timedelta(hours=5))
    SafetyFlag.objects.filter(pk=less.pk).update(score=40)
    SafetyFlag.objects.filter(pk=death.pk).update(score=30, mentions_death=True)
    assert rows(officer) == [death, more, less]


def test_the_queue_shows_the_words_and_escapes_the_text(officer):
    make_flag('My patient fainted after the dose. <script>alert("x")</script>')
    shown = content(officer.get(LIST))
    assert '<mark class="cause">fainted</mark>' in shown
    assert "&lt;script&gt;alert(&quot;x&quot;)" in shown
    assert "<script>alert" not in shown


def test_the_page_marks_the_words_and_escapes_the_text(officer):
    flag = make_flag('My patient fainted after the dose. <script>alert("x")</script>')
    shown = content(officer.get(page(flag)))
    assert '<mark class="cause">fainted<sup>1</sup></mark>' in shown
    assert "&lt;script&gt;alert(&quot;x&quot;)" in shown
    assert "<script>alert" not in shown
    assert "symptom or event" in shown


def test_the_page_tells_the_time_in_the_zone_of_the_market(officer):
    flag = make_flag(market=make_market("de", time_zone="Europe/Berlin"))
    told = content(officer.get(page(flag)))
    assert "17:00 CE" in told
    assert "one business day" in told


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"clock": "overdue"}, ["late"]),
        ({"clock": "running"}, ["late", "us", "de"]),
        ({"clock": "none"}, ["unlikely"]),
        ({"level": "unlikely"}, ["unlikely"]),
        ({"state": "dismissed"}, ["dismissed"]),
        ({"state": "all", "kind": "inquiry"}, ["late", "us", "de", "unlikely", "dismissed"]),
        ({"assigned": "me"}, ["us"]),
        ({"assigned": "nobody"}, ["late", "de", "unlikely"]),
        ({"assigned": "others"}, []),
        ({"product": "Velbrana"}, ["de"]),
        ({"q": "nothing like it"}, []),
        ({"q": "crushed"}, ["unlikely"]),
        ({"state": "all", "q": "a quotation"}, ["dismissed"]),
    ],
)
def test_it_filters_and_finds(officer, asked, expected):
    flags = {
        "late": make_flag(received_at=LONG_AGO),
        "us": make_flag(),
        "de": make_flag(market=make_market("de"), product_named="Velbrana"),
        "unlikely": make_flag(HARMLESS),
        "dismissed": make_flag(),
    }
    flagging.dismiss(flags["dismissed"], reason="A quotation.", by=cast.safety_officer())
    flagging.assign(flags["us"], to=cast.safety_officer(), by=cast.safety_officer())
    assert {flag.pk for flag in rows(officer, **asked)} == {flags[name].pk for name in expected}


def test_it_filters_by_market(officer):
    make_flag()
    german = make_flag(market=make_market("de"))
    assert rows(officer, market__id__exact=german.market_id) == [german]


def test_each_button_does_what_it_says(officer):
    flag = make_flag()
    assert press(officer, flag, "assign", person=cast.inquiry_handler().pk) == ["Assigned."]
    assert flag.assigned_to == cast.inquiry_handler()
    assert press(officer, flag, "forward", reference="AE-17", words="By phone.") == ["Forwarded to safety."]
    assert (flag.state, flag.reference) == ("forwarded", "AE-17")
    assert press(officer, flag, "reopen", words="Twice.") == ["Opened again."]
    assert press(officer, flag, "dismiss", words="No harm.") == ["Dismissed."]
    assert (flag.state, flag.reason) == ("dismissed", "No harm.")
    told = content(officer.get(page(flag)))
    for words in ("AE-17", "By phone.", "Twice.", "No harm.", "by Gita"):
        assert words in told


def test_a_person_raises_what_the_screen_did_not(officer):
    flag = make_flag(HARMLESS)
    assert press(officer, flag, "raise_clock", death="on", words="She means it.") == ["Raised: its clock runs."]
    assert (flag.raised_by, flag.mentions_death) == ("person", True)


def test_a_refusal_gives_the_words_back(officer):
    flag = make_flag()
    told = press(officer, flag, "forward", reference=" ", words="By phone.")
    assert told == [
        "Say the reference number under which the safety department knows it.",
        "You had written: By phone.",
    ]
    assert flag.state == "open"


def test_it_dismisses_in_bulk_what_is_not_raised(officer):
    raised, *unlikely = make_flag(), make_flag(HARMLESS), make_flag(HARMLESS)
    chosen = [flag.pk for flag in (raised, *unlikely)]
    data = {"action": "dismiss_selected", "_selected_action": chosen, "reason": "No safety information."}
    told = officer.post(LIST, data, follow=True).context["messages"]
    assert [str(message) for message in told] == ["Done with 2 of 3 selected flags. 1 stay as they were."]
    assert SafetyFlag.objects.open().get() == raised


def test_it_dismisses_nothing_in_bulk_without_a_reason(officer):
    flag = make_flag(HARMLESS)
    told = officer.post(LIST, {"action": "dismiss_selected", "_selected_action": [flag.pk]}, follow=True)
    assert [str(message) for message in told.context["messages"]] == ["Say why these texts need no safety report."]
    assert SafetyFlag.objects.open().get() == flag


@pytest.mark.parametrize("given", ["", "handler"])
def test_it_assigns_in_bulk_to_me_or_to_whom_is_chosen(officer, given):
    person = cast.inquiry_handler() if given else cast.safety_officer()
    chosen = [make_flag().pk, make_flag(HARMLESS).pk]
    data = {"action": "assign_selected", "_selected_action": chosen, "person": person.pk if given else ""}
    officer.post(LIST, data)
    assert SafetyFlag.objects.filter(assigned_to=person).count() == 2


def test_it_gives_a_flag_to_nobody_where_the_chosen_person_may_not_have_it(officer):
    flag = make_flag()
    assert press(officer, flag, "assign", person=cast.safety_officer().pk) == ["Assigned."]
    for key in (cast.author().pk, "10" * 20, "x"):
        assert press(officer, flag, "assign", person=key) == ["Whom you chose may not deal with safety flags."]
    assert flag.assigned_to == cast.safety_officer()


@pytest.mark.parametrize(("role", "status"), [("author", 403), ("approver", 403)])
def test_who_may_not_see_flags_sees_none(client, role, status):
    client.force_login(getattr(cast, role)())
    flag = make_flag()
    assert client.get(LIST).status_code == status
    assert client.get(reverse("admin:safety_safetyflag_reconciliation")).status_code == status
    client.post(reverse("admin:safety_safetyflag_dismiss", args=[flag.pk]), {"words": "No."})
    assert SafetyFlag.objects.get().state == "open"


def test_who_may_not_read_inquiries_sees_none_of_their_flags(client):
    flag = make_flag()
    client.force_login(cast.feedback_reviewer())
    assert rows(client, state="all", q="fainted") == []
    assert HARM not in content(client.get(page(flag), follow=True))
    client.post(reverse("admin:safety_safetyflag_dismiss", args=[flag.pk]), {"words": "No."})
    assert SafetyFlag.objects.get().state == "open"


def test_the_text_of_a_flag_whose_source_is_gone_is_said_to_be(officer):
    flag = make_flag()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM contact_inquiry")
    assert "no longer stored" in content(officer.get(page(flag)))
    assert officer.get(LIST).status_code == 200


def test_it_asks_the_database_no_more_for_many_flags(officer, django_assert_max_num_queries):
    drug = make_drug(name="Velbrana")
    for number in range(12):
        flag = make_flag(HARM if number % 2 else HARMLESS, drug=drug)
        flagging.assign(flag, to=cast.inquiry_handler(), by=cast.safety_officer())
    for address in (LIST, f"{LIST}?q=fainted", page(flag)):
        officer.get(address)
        with django_assert_max_num_queries(19):
            officer.get(address)
