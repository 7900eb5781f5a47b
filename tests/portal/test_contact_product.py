"""Which product and which answer an inquiry is about, whatever became of them since; and what a gate keeps back."""

import re

import pytest

from faq import publishing
from portal.chrome import gate
from portal.contact.models import Inquiry
from tests import cast
from tests.factories import make_drug, make_faq, make_market, make_published
from tests.portal.contacting import content, report, send

pytestmark = pytest.mark.django_db


def withdrawn(**names):
    version = make_published(make_faq(make_drug(**names), content_id="US.gone_1"))
    publishing.withdraw(version, by=cast.approver(), reason="Outdated.")
    return version.faq


def gated():
    names = ("gate_title", "gate_text", "gate_accept_label", "gate_decline_label", "gate_decline_page")
    texts = dict.fromkeys(names, "words")
    return make_market(gate="attest", **texts)


def test_it_lists_a_product_whose_answers_were_all_withdrawn(client):
    make_published(make_faq(make_drug(name="beta")))
    drug = withdrawn(name="Alpha").drug
    page = content(client.get("/us/contact/"))
    assert re.findall(r"<option value=\"[^\"]*\"[^>]*>(Not in this list, or none|Alpha|beta)", page) == [
        *("Not in this list, or none", "Alpha", "beta"),
    ]
    report(client, drug=drug.slug)
    send(client, drug=drug.slug)
    assert [inquiry.drug for inquiry in Inquiry.objects.all()] == [drug, drug]


@pytest.mark.parametrize("named", ["no-such-drug", "A drug & more", "' OR 1=1 --", "x" * 200])
def test_it_refuses_no_report_because_of_its_product(client, named):
    assert report(client, drug=named).status_code == 302
    inquiry = Inquiry.objects.get()
    assert (inquiry.drug, inquiry.product_named) == (None, named)


def test_it_refuses_no_report_because_of_an_endless_product(client):
    assert report(client, drug="\x00" + "x" * 5000).status_code == 302
    assert Inquiry.objects.get().product_named == "x" * 200


def test_it_shows_the_text_that_a_product_became_again(client):
    page = content(report(client, drug="no-such-drug", email=""))
    assert re.search(r'name="product_named" value="no-such-drug"', page)
    assert '<select name="drug"' in page
    assert 'name="product_named"' not in content(client.get("/us/contact/"))


def test_it_keeps_the_link_to_an_answer_that_was_withdrawn_since(client):
    faq = withdrawn()
    page = content(client.get("/us/contact/", {"about": faq.content_id}))
    assert f'<a href="{faq.get_absolute_url()}" class="code">US.gone_1</a>' in page
    send(client, about=faq.content_id)
    assert Inquiry.objects.get().about == faq


def test_it_names_no_product_and_tells_of_no_answer_before_the_gate(client):
    gated()
    faq = make_published(make_faq(make_drug(name="Corvadune"), content_id="US_known")).faq
    for content_id in ("US_known", "US_unknown"):
        response = client.get("/us/contact/", {"about": content_id})
        page = content(response)
        assert f'<span class="code">{content_id}</span>' in page
        assert f'<input type="hidden" name="about" value="{content_id}">' in page
        assert "Corvadune" not in page
        assert faq.get_absolute_url() not in page
        assert faq.drug.slug not in page
    assert '<input type="text" name="product_named"' in page


@pytest.mark.parametrize("nonsense", ["<script>alert(1)</script>", "\x00", "x" * 9000, "Call 555 now"])
def test_it_repeats_no_nonsense_before_the_gate(client, nonsense):
    gated()
    assert 'name="about"' not in content(client.get("/us/contact/", {"about": nonsense}))


def test_it_stores_the_product_that_a_visitor_names_before_the_gate(client):
    gated()
    drug = make_published(make_faq(make_drug(name="Corvadune"))).faq.drug
    report(client, product_named="Corvadune <50 mg>")
    send(client, drug=drug.slug)
    named = [(inquiry.drug, inquiry.product_named) for inquiry in Inquiry.objects.order_by("pk")]
    assert named == [(None, "Corvadune <50 mg>"), (None, drug.slug)]
    page = content(send(client, product_named="Corvadune <50 mg>", email=""))
    assert 'name="product_named" value="Corvadune &lt;50 mg&gt;"' in page


def test_it_shows_products_and_answers_to_whoever_passed_the_gate(client):
    gated()
    faq = make_published().faq
    client.post("/us/gate/", {"wanted": "/us/"})
    page = content(client.get("/us/contact/", {"about": faq.content_id}))
    assert gate.COOKIE in client.cookies
    assert f'<option value="{faq.drug.slug}" selected>' in page
    assert f'<a href="{faq.get_absolute_url()}"' in page


@pytest.mark.parametrize(
    ("is_gated", "query", "kept"),
    [
        (False, "", "public, "),
        (False, "?topic=adverse-event", "public, "),
        (False, "?question=dose", "private, no-store"),
        (False, "?about=x", "private, no-store"),
        (False, "?drug=x", "private, no-store"),
        (True, "", "private, no-cache"),
        (True, "?drug=x", "private, no-store"),
    ],
)
def test_it_lets_nobody_keep_what_a_visitor_typed_or_a_gate_holds_back(client, is_gated, query, kept):
    gated() if is_gated else make_market()
    assert client.get(f"/us/contact/{query}")["Cache-Control"].startswith(kept)
