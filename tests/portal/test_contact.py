"""The inquiry form."""

import re
from datetime import UTC, datetime

import pytest
from django.core import mail

from portal.contact import forms
from portal.contact.models import Inquiry
from tests.factories import make_drug, make_faq, make_market, make_published
from tests.portal.contacting import NO_SAFETY, SAID, TYPED, content, make_inquiry, send

pytestmark = pytest.mark.django_db


def test_it_stores_and_mails_a_question(client):
    drug = make_drug(name="Corvadune")
    make_published(make_faq(drug))
    assert send(client, drug=drug.slug).status_code == 302
    inquiry = Inquiry.objects.get()
    assert {name: getattr(inquiry, name) for name in SAID} == SAID
    assert {name: getattr(inquiry, name) for name in NO_SAFETY} == dict.fromkeys(NO_SAFETY, False)
    assert (inquiry.topic.key, inquiry.is_unsolicited) == ("medical-question", True)
    assert (inquiry.drug, inquiry.state, inquiry.mailed) == (drug, "new", True)
    sent = mail.outbox[0]
    assert (sent.to, sent.reply_to) == (["medinfo@aldermoor.example"], ["pat@example.org"])
    assert sent.subject == f"{inquiry.case_number}: A medical question, Corvadune"
    assert "May it be crushed?" in sent.body


def test_it_acknowledges_with_the_case_number(client):
    thanks = client.get(send(client)["Location"])
    assert f'<strong class="code">{Inquiry.objects.get().case_number}</strong>' in content(thanks)
    assert thanks["Cache-Control"] == "no-store"


def test_it_never_caches_what_a_visitor_typed(client):
    assert send(client)["Cache-Control"] == "no-store"
    assert send(client, email="")["Cache-Control"] == "no-store"


@pytest.mark.parametrize("case", ["US-2026-000001", "US-2026-000001:wrong", "", "\x00", "🙂:🙂", "<script>"])
def test_it_acknowledges_no_case_that_it_did_not_number(client, case):
    make_market()
    assert client.get("/us/contact/", {"case": case})["Location"] == "/us/contact/"


def test_it_acknowledges_no_altered_case(client):
    address = send(client)["Location"]
    assert client.get(address.replace("-000001", "-000002"))["Location"] == "/us/contact/"


def test_it_numbers_cases_by_market_and_year():
    us, de = make_market("us"), make_market("de")
    last_year = {"received_at": datetime(2025, 12, 31, tzinfo=UTC)}
    given = [(us, {}), (us, {}), (de, {}), (us, last_year), (us, {}), (us, last_year)]
    numbers = [make_inquiry(market, **at).case_number for market, at in given]
    year = datetime.now(UTC).year
    expected = [f"US-{year}-000001", f"US-{year}-000002", f"DE-{year}-000001"]
    assert numbers == [*expected, "US-2025-000001", f"US-{year}-000003", "US-2025-000002"]


def test_it_keeps_a_case_number_when_the_inquiry_changes():
    inquiry = make_inquiry(make_market())
    number = inquiry.case_number
    inquiry.phone = ""
    inquiry.save()
    assert inquiry.case_number == number


WRONG = {
    "topic": ["", "nonsense"],
    "question": ["", "   ", "x" * 10_000],
    "profession": ["", "king"],
    "name": ["", "x" * 121],
    "email": ["", "pat", "pat@", "a@example.org\nBcc: b@example.org", "x" * 300 + "@example.org"],
    "organisation": ["x" * 161],
    "phone": ["1" * 41],
    "specialty": ["x" * 121],
    "licence_number": ["ab", "no digit", "12", "12;34", "1" * 41],
    "involves_adverse_event": ["", "perhaps"],
    "involves_exposure": [""],
    "urgency": ["at once"],
    "is_unsolicited": [""],
    "drug": ["no-such-drug", "\x00", "' OR 1=1 --"],
}


@pytest.mark.parametrize(("field", "value"), [(field, value) for field in WRONG for value in WRONG[field]])
def test_it_says_beside_the_field_and_in_the_summary_what_is_wrong(client, field, value):
    response = send(client, **{field: value})
    assert response.status_code == 422
    page = content(response)
    summary = page.partition('id="errors"')[2].partition("</div>")[0]
    [anchor] = re.findall(r'href="#([^"]+)"', summary)
    assert f'id="{anchor}"' in page
    assert f'id="error-{field}"' in page
    assert not Inquiry.objects.exists()
    assert not mail.outbox


def test_it_loses_nothing_that_was_typed(client):
    drug = make_published().faq.drug
    changes = {"email": "", "drug": drug.slug, "topic": "other", "indication": "Off & on", "urgency": "urgent"}
    page = content(send(client, **changes, question="One\n<two> & 'three'"))
    assert "One\n&lt;two&gt; &amp; &#x27;three&#x27;</textarea>" in page
    for name in ("name", "organisation", "phone"):
        assert f'value="{TYPED[name]}"' in page
    assert f'<option value="{drug.slug}" selected>' in page
    assert '<option value="pharmacist" selected>' in page
    assert 'value="Off &amp; on"' in page
    assert '<option value="urgent" selected>' in page
    assert re.search(r'value="other"[^>]* checked', page)
    assert re.search(r'name="involves_complaint" value="no"[^>]* checked', page)
    assert re.search(r'name="is_unsolicited"[^>]* checked', page)


def test_it_ties_help_and_errors_to_their_fields(client):
    page = content(send(client, email=""))
    assert re.search(r'<input type="email"[^>]*aria-describedby="help-email error-email"[^>]*aria-invalid="true"', page)
    assert re.search(r'<textarea[^>]*aria-describedby="help-question"', page)


@pytest.mark.parametrize(
    "question",
    [
        "🙂 May it?",
        "هل يمكن سحقه؟",
        "Ärzte: ≥5 µg/m²",
        "' & | ! : * <-> \\ \" %s {{ 7*7 }}",
        "</textarea><script>x</script>",
    ],
)
def test_it_stores_a_question_as_it_was_typed(client, question):
    send(client, question=question)
    assert Inquiry.objects.get().question == question
    assert question in mail.outbox[0].body


@pytest.mark.parametrize("field", ["question", "name", "organisation", "phone", "topic", "profession"])
def test_it_refuses_null_bytes(client, field):
    assert send(client, **{field: "a\x00b"}).status_code == 422
    assert not Inquiry.objects.exists()


def test_it_refuses_a_body_of_5_mb(client):
    make_market()
    response = send(client, question="x" * 5_000_000)
    assert response.status_code == 400
    assert "broken or too large" in content(response)


def test_it_asks_whoever_filled_the_hidden_field_to_send_again_and_keeps_the_words(client):
    response = send(client, leave_empty="https://spam.example", question="She fainted after the dose.")
    assert response.status_code == 422
    assert "send once more" in content(response)
    assert "She fainted after the dose." in content(response)
    assert "https://spam.example" not in content(response)
    assert not Inquiry.objects.exists()
    assert not mail.outbox


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://evil.example"}]
)
def test_it_refuses_a_form_of_another_site(client, headers):
    assert send(client, headers=headers).status_code == 403
    assert not Inquiry.objects.exists()


def test_it_refuses_the_eleventh_question_but_keeps_its_text(client):
    for number in range(10):
        assert send(client, question=f"Question {number}").status_code == 302
    response = send(client, question="The eleventh & last")
    assert response.status_code == 429
    assert "The eleventh &amp; last</textarea>" in content(response)
    assert "Not sent yet" in content(response)
    assert Inquiry.objects.count() == 10


def test_it_does_not_count_a_form_with_errors(client):
    for _ in range(11):
        send(client, email="")
    assert send(client).status_code == 302


def test_it_refuses_a_drug_of_another_market(client):
    foreign = make_published(make_faq(make_drug(make_market("de")))).faq.drug
    assert send(client, drug=foreign.slug).status_code == 422
    assert foreign.slug not in content(client.get("/us/contact/"))


def test_it_offers_only_drugs_that_have_answers(client):
    answered, silent = make_published().faq.drug, make_drug()
    page = content(client.get("/us/contact/"))
    assert f'<option value="{answered.slug}">' in page
    assert silent.slug not in page


def test_it_fills_in_what_the_address_says(client):
    faq = make_published(make_faq(content_id="US.cFAQ-1_A")).faq
    given = {"drug": faq.drug.slug, "about": faq.content_id, "topic": "product-complaint", "question": "<b>dose"}
    page = content(client.get("/us/contact/", given))
    assert f'<option value="{faq.drug.slug}" selected>' in page
    assert f'<input type="hidden" name="about" value="{faq.content_id}">' in page
    assert re.search(r'value="product-complaint"[^>]* checked', page)
    assert "&lt;b&gt;dose</textarea>" in page


@pytest.mark.parametrize("value", ["\x00", "nonsense", "' OR 1=1 --", "x" * 9000, "🙂", "<script>alert(1)</script>"])
def test_it_makes_nothing_of_an_address_that_says_nonsense(client, value):
    make_market()
    response = client.get("/us/contact/", dict.fromkeys(("drug", "about", "topic", "question"), value))
    assert response.status_code == 200
    assert 'name="about"' not in content(response)
    assert re.search(r'value="medical-question"[^>]* checked', content(response))
    assert "<script>alert" not in content(response)


def test_it_remembers_which_answer_the_question_follows(client):
    faq = make_published().faq
    send(client, about=faq.content_id)
    assert Inquiry.objects.get().about == faq


def test_it_ignores_answers_that_are_not_public_or_of_another_market(client):
    foreign = make_published(make_faq(make_drug(make_market("de")))).faq
    for faq in (foreign, make_faq()):
        send(client, about=faq.content_id, question=faq.content_id)
    assert [inquiry.about for inquiry in Inquiry.objects.all()] == [None, None]


def test_it_shows_the_safety_notice_above_the_form(client):
    make_market()
    page = content(client.get("/us/contact/"))
    assert 0 < page.index("To report an adverse event") < page.index("<form class=")


def test_it_asks_the_database_little(client, django_assert_max_num_queries):
    for _ in range(5):
        make_published()
    with django_assert_max_num_queries(3):
        client.get("/us/contact/")


def test_it_offers_the_product_that_a_visitor_came_from_where_there_are_too_many_to_choose(client, monkeypatch):
    monkeypatch.setattr(forms, "MOST_DRUGS", 1)
    drugs = [make_published(make_faq(make_drug(name=name))).faq.drug for name in ("Alpha", "Beta")]
    page = content(client.get("/us/contact/", {"drug": drugs[1].slug}))
    assert f'<option value="{drugs[1].slug}" selected>Beta' in page
    assert "Alpha" not in page
    send(client, drug=drugs[0].slug)
    assert Inquiry.objects.get().drug == drugs[0]
