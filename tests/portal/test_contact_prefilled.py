"""The contact form of a visitor who said something of an answer, and asks to be contacted about it."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from faq import publishing, vote_tokens
from faq.models import Remark
from tests import cast
from tests.factories import make_drug, make_faq, make_market, make_published
from tests.faq.feedbacking import HARM, content, say, voted
from tests.faq.markets import make_gated

pytestmark = pytest.mark.django_db


def asked(client, version, text=HARM, **fields):
    """The answer to a follow-up that asks for contact."""
    return say(client, voted(client, version), text, contact="yes", **fields)


def chosen(version):
    return f'<option value="{version.faq.drug.slug}" selected>'


def test_it_holds_the_product_the_answer_and_the_words(client):
    version = make_published()
    response = asked(client, version, reasons=["yes-clear"])
    assert Remark.objects.get().text == HARM
    assert Remark.objects.get().vote.reasons == ["yes-clear"]
    form = client.get(response["Location"])
    assert f">\n{HARM}</textarea>" in content(form)
    assert chosen(version) in content(form)
    assert f'name="about" value="{version.faq.content_id}"' in content(form)
    assert form["Cache-Control"] == "private, no-store"


def test_its_address_holds_none_of_the_words(client):
    address = asked(client, make_published())["Location"]
    assert address.startswith("/us/contact/?feedback=")
    assert "seizure" not in address


def test_it_opens_without_words_where_none_were_written(client):
    version = make_published()
    form = client.get(asked(client, version, "")["Location"])
    assert chosen(version) in content(form)


def test_an_old_address_opens_the_form_with_the_answer_and_without_the_words(client, monkeypatch):
    version = make_published()
    address = asked(client, version)["Location"]
    later = (timezone.now() + vote_tokens.REPEATED + timedelta(minutes=1)).timestamp()
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    form = client.get(address)
    assert "seizure" not in content(form)
    assert chosen(version) in content(form)
    assert f'name="about" value="{version.faq.content_id}"' in content(form)


@pytest.mark.parametrize("forged", ["", "1-1", "\x00", "🙂", "1-1:a:b", "x" * 5000])
def test_a_forged_address_opens_the_form_alone(client, forged):
    asked(client, make_published())
    form = client.get("/us/contact/", {"feedback": forged})
    assert form.status_code == 200
    assert "seizure" not in content(form)
    assert form["Cache-Control"] == "private, no-store"


def test_a_token_for_another_purpose_opens_the_form_alone(client):
    token = voted(client, make_published())
    say(client, token, HARM)
    assert "seizure" not in content(client.get("/us/contact/", {"feedback": token}))


def test_words_are_repeated_in_the_market_of_the_answer_only(client):
    version = make_published(make_faq(make_drug(make_market("de"))))
    make_market("us")
    address = say(client, voted(client, version, market="de"), HARM, market="de", contact="yes")["Location"]
    assert "seizure" in content(client.get(address))
    assert "seizure" not in content(client.get(f"/us/contact/?{urlsplit(address).query}"))


def test_it_names_the_product_before_the_gate_to_who_has_read_of_it(client):
    version = make_published(make_faq(make_drug(make_gated("us"), name="Corvadune")))
    address = asked(client, version)["Location"]
    form = content(Client().get(address))
    assert 'name="product_named" value="Corvadune"' in form
    assert f'name="about" value="{version.faq.content_id}"' in form
    assert HARM in form


def test_it_opens_for_an_answer_that_was_withdrawn_since(client):
    version = make_published()
    token = voted(client, version)
    publishing.withdraw(version, by=cast.approver(), reason="Outdated.")
    form = client.get(say(client, token, HARM, contact="yes")["Location"])
    assert HARM in content(form)


def test_words_that_cannot_be_stored_can_be_taken_to_the_form(client):
    version = make_published()
    fields = {"question": HARM, "topic": "adverse-event", "about": version.faq.content_id}
    form = client.post("/us/contact/", {**fields, "drug": version.faq.drug.slug})
    assert form.status_code == 422
    assert f">\n{HARM}</textarea>" in content(form)
    assert chosen(version) in content(form)
