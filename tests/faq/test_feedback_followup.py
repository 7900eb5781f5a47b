"""What a visitor says below their own vote, and how they change it."""

import pytest

from faq import publishing
from faq.models import Feedback, Reason, Remark
from tests import cast
from tests.factories import make_drug, make_faq, make_market, make_published
from tests.faq.feedbacking import HARM, PART, content, page, say, vote, voted
from tests.faq.markets import make_gated

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>=cmd|'/C calc'!A1"


def texts():
    return list(Remark.objects.order_by("pk").values_list("text", flat=True))


@pytest.mark.parametrize(("answer", "satisfied"), [("yes", True), ("no", False)])
def test_it_offers_the_reasons_of_the_answer_alone(client, answer, satisfied):
    shown = content(page(client, voted(client, make_published(), answer)))
    offered = {reason for reason in Reason if f'value="{reason}"' in shown}
    assert offered == set(Reason.of(satisfied))


def test_the_notice_of_adverse_events_stands_above_the_comment(client):
    shown = content(page(client, voted(client, make_published())))
    notice, field = shown.index("To report an adverse event, call"), shown.index('name="text"')
    assert notice < field
    assert "nothing that names a patient or yourself" in shown[notice:field]


def test_it_stores_reasons_and_words_below_the_vote(client):
    token = voted(client, make_published(), "no")
    response = say(client, token, " Where is\r\nthe trial? ", reasons=["no-evidence", "no-other"])
    stored = Remark.objects.get()
    assert stored.text == "Where is\nthe trial?"
    assert stored.vote.reasons == ["no-evidence", "no-other"]
    assert "has been stored with your answer" in content(client.get(response["Location"]))


def test_it_drops_reasons_that_are_not_of_the_answer(client):
    token = voted(client, make_published(), "no")
    say(client, token, reasons=["yes-clear", "no-unclear", "invented", "\x00"])
    assert Feedback.objects.get().reasons == ["no-unclear"]


def test_it_stores_nothing_where_nothing_was_said(client):
    token = voted(client, make_published())
    assert say(client, token, " \r\n ").status_code == 302
    assert texts() == []


def test_it_adds_nothing_twice(client):
    token = voted(client, make_published())
    for _ in range(3):
        say(client, token, HARM, reasons=["yes-clear"])
    say(client, token, "Something else.")
    assert texts() == [HARM, "Something else."]
    assert Feedback.objects.get().reasons == ["yes-clear"]


def test_it_stores_script_and_formula_as_typed_and_shows_them_escaped(client):
    token = voted(client, make_published())
    say(client, token, SCRIPT)
    assert texts() == [SCRIPT]
    shown = content(say(client, token, SCRIPT, satisfied="no"))
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;=cmd|&#x27;/C calc&#x27;!A1</textarea>" in shown


def test_it_takes_a_text_with_characters_that_no_column_holds(client):
    typed = f"vote={voted(client, make_published())}&text=Dizzy%00+after+%ED%A0%BD+it."
    client.post("/us/feedback/", typed, content_type="application/x-www-form-urlencoded")
    assert Remark.objects.get().text.startswith("Dizzy after ")


def test_it_changes_the_answer_and_back_and_forgets_its_reasons(client):
    token = voted(client, make_published())
    say(client, token, reasons=["yes-clear"])
    shown = content(say(client, token, "Half typed", satisfied="no", reasons=["yes-clear"]))
    assert "You answered “No”." in shown
    assert ">Half typed</textarea>" in shown
    stored = Feedback.objects.get()
    assert (stored.satisfied, stored.reasons) == (False, [])
    assert texts() == []
    say(client, token, satisfied="yes")
    assert Feedback.objects.get().satisfied is True


def test_what_is_no_answer_changes_none_and_the_words_are_stored(client):
    say(client, voted(client, make_published()), HARM, satisfied="maybe")
    vote = Feedback.objects.get()
    assert vote.satisfied
    assert vote.remarks.get().text == HARM


def test_it_never_shows_what_is_stored_for_it_may_be_a_neighbour_s(client):
    version = make_published()
    say(client, voted(client, version), HARM, reasons=["yes-clear"])
    again = content(page(client, voted(client, version)))
    assert "seizure" not in again
    assert " checked" not in again


def test_a_neighbour_who_says_nothing_of_reasons_leaves_those_that_are_there(client):
    version = make_published()
    say(client, voted(client, version), reasons=["yes-clear"])
    say(client, voted(client, version), "Me too.")
    assert Feedback.objects.get().reasons == ["yes-clear"]


@pytest.mark.parametrize("move", ["replaced", "withdrawn"])
def test_words_are_taken_though_the_version_has_gone(client, move):
    version = make_published()
    token = voted(client, version)
    if move == "replaced":
        make_published(draft=publishing.revise(version.faq, by=cast.author()))
    else:
        publishing.withdraw(version, by=cast.approver(), reason="Outdated.")
    assert page(client, token).status_code == 200
    assert say(client, token, HARM).status_code == 302
    assert Remark.objects.get().vote.version == version


def test_a_script_gets_the_thanks_alone(client):
    token = voted(client, make_published())
    response = say(client, token, HARM, headers=PART)
    assert content(response).startswith('<h2 id="feedback-title" tabindex="-1"')
    assert "<html" not in content(response)
    assert texts() == [HARM]


def test_it_is_asked_behind_a_gate_too(client):
    token = voted(client, make_published(make_faq(make_drug(make_gated("us")))))
    assert say(client, token, HARM).status_code == 302
    assert texts() == [HARM]


def test_it_speaks_the_language_of_the_market(client):
    market = make_market("de", language_tag="de-DE")
    response = vote(client, make_published(make_faq(make_drug(market))), "no", market="de")
    shown = content(client.get(response["Location"]))
    for words in ("Ihre Antwort „Nein“ ist gespeichert", "Es war schwer verständlich", "Bis zu 4.000 Zeichen"):
        assert words in shown
