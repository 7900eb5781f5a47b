"""The page of an answer, its permanent link, and the images of its figures."""

import re

import pytest
from django.core.signing import Signer

from faq import publishing
from faq.models import FaqVersion
from tests import cast
from tests.factories import (
    make_draft,
    make_drug,
    make_faq,
    make_figure,
    make_image,
    make_market,
    make_published,
    make_reference,
    make_resource,
)

pytestmark = pytest.mark.django_db


def content(response):
    return response.content.decode()


def make_full():
    """A published answer with all that an answer can have."""
    references = [make_reference("doe-1"), make_reference("roe-1", DOI="10.1000/xyz")]
    drug = make_drug(name="Corvadune", strengths="5 mg", boxed_warning="Bleeding.", standing_notice="Restricted.")
    draft = make_draft(
        make_faq(drug, content_id="US_cFAQ_COR001"),
        short_answer='<p>Yes.<cite data-ref="doe-1"></cite></p>',
        body='<h2>Trial</h2><p>See <span data-xref="curve"></span>.</p><figure data-figure="curve"></figure>',
    )
    make_figure(draft, sources=(references[1],))
    make_resource(draft, note="Presented in 2025")
    return make_published(draft=draft)


def make_illustrated(content=b""):
    draft = make_draft(body='<figure data-figure="curve"></figure>')
    figure = make_figure(draft, image=make_image(content))
    return draft, figure.image.get_absolute_url()


def test_it_puts_the_short_answer_first_and_the_rest_in_order(client):
    page = content(client.get(make_full().get_absolute_url())).partition("<body>")[2]
    order = (
        'class="skip-link"',
        'aria-label="Breadcrumb"',
        'role="search"',
        "To report an adverse event",
        'class="answer__drug"',
        "5 mg",
        "Restricted.",
        "Bleeding.",
        "You read this in response to your request.",
        "<h1>How is it stored?</h1>",
        "Short answer",
        "US_cFAQ_COR001",
        'id="section-trial"',
        'id="figure-1"',
        'id="references"',
        "For copies of the references",
        "Date of last review:",
        "Additional related information",
        "Are you satisfied with this content?",
        "Can’t find what you’re looking for?",
        "For US healthcare professionals only.",
    )
    places = [page.find(words) for words in order]
    assert -1 not in places
    assert places == sorted(places)


def test_it_says_what_the_answer_is(client):
    page = content(client.get(make_full().get_absolute_url()))
    facts = page.partition('class="answer-facts"')[2].partition("</aside>")[0]
    assert "<dd>1</dd>" in facts
    assert "March 2, 2026" in facts
    assert "1 minute" in facts
    assert 'href="/us/answers/US_cFAQ_COR001/">http://testserver/us/answers/US_cFAQ_COR001/</a>' in facts
    assert '<link rel="canonical" href="http://testserver/us/products/answers/' in page


def test_it_links_citations_to_references_and_back(client):
    page = content(client.get(make_full().get_absolute_url()))
    for identity in re.findall(r'href="#([^"]+)"', page):
        assert f'id="{identity}"' in page, identity
    assert 'href="#ref-1"' in page
    assert 'href="#cite-1"' in page


def test_it_escapes_what_staff_wrote(client):
    drug = make_drug(name="<b>Drug</b>", strengths="<b>5</b>", boxed_warning="<b>B</b>")
    draft = make_draft(make_faq(drug), question="Is \"<script>alert(1)</script>\" & 'safe'?", what_changed="<b>All</b>")
    make_resource(draft, title="<b>Poster</b>", note="<b>Note</b>")
    page = content(client.get(make_published(draft=draft).get_absolute_url()))
    assert "<script>alert" not in page
    assert "<b>" not in page
    assert "<h1>Is &quot;&lt;script&gt;" in page


def test_it_leads_an_old_slug_to_today_s_for_good(client):
    version = make_published(make_faq(slug="today"))
    old = version.get_absolute_url().replace("/today-", "/yesterday-")
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, version.get_absolute_url())


def test_it_finds_a_slug_with_numbers_in_it(client):
    version = make_published(make_faq(slug="dose-of-10-mg-20"))
    assert client.get(version.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("number", ["1", "0", "99999999999999999999", "9" * 400])
def test_it_knows_no_other_numbers(client, number):
    make_market()
    assert client.get(f"/us/products/answers/x-{number}/").status_code == 404


def test_it_leads_the_permanent_link_to_the_answer(client):
    version = make_published(make_faq(content_id="US_cFAQ.1-A"))
    assert client.get("/us/answers/US_cFAQ.1-A/")["Location"] == version.get_absolute_url()


@pytest.mark.parametrize("content_id", ["nonsense", "%00", "%27%20OR%201=1", "%F0%9F%99%82", "a" * 9000, "us_cfaq_1"])
def test_it_knows_no_other_permanent_links(client, content_id):
    make_published(make_faq(content_id="US_cFAQ_1"))
    assert client.get(f"/us/answers/{content_id}/").status_code == 404


def test_it_gives_away_no_address_of_what_is_being_written(client):
    version = make_draft(make_faq(slug="a-secret-plan"))
    assert client.get(f"/us/answers/{version.faq.content_id}/").status_code == 404
    assert "a-secret-plan" not in content(client.get(f"/us/answers/{version.faq.content_id}/"))


@pytest.mark.parametrize("verbs", [[], ["submit"], ["submit", "approve"]])
def test_it_hides_a_version_until_it_is_published(client, verbs):
    version = make_draft(question="Is it secret?")
    people = {"submit": cast.author, "approve": cast.approver}
    for verb in verbs:
        getattr(publishing, verb)(version, by=people[verb]())
    client.force_login(cast.superuser())
    response = client.get(version.get_absolute_url())
    assert response.status_code == 404
    assert "Is it secret?" not in content(response)


def test_it_shows_the_published_version_while_the_next_is_written(client):
    version = make_published(question="The first wording?")
    draft = publishing.revise(version.faq, by=cast.author())
    FaqVersion.objects.filter(pk=draft.pk).update(question="The second wording?", what_changed="The wording.")
    assert "The first wording?" in content(client.get(version.get_absolute_url()))
    make_published(draft=FaqVersion.objects.get(pk=draft.pk))
    page = content(client.get(version.get_absolute_url()))
    assert "The second wording?" in page
    assert "The first wording?" not in page
    assert "The wording." in page.partition("What changed in version 2</h2>")[2]


def test_it_says_that_a_withdrawn_answer_is_gone(client):
    version = make_published(question="Was it withdrawn?", short_answer="<p>The old advice.</p>")
    publishing.withdraw(version, by=cast.approver(), reason="An internal reason.")
    response = client.get(version.get_absolute_url())
    assert response.status_code == 410
    assert "This answer has been withdrawn" in content(response)
    assert f'href="{version.faq.drug.get_absolute_url()}"' in content(response)
    for words in ("Was it withdrawn?", "The old advice.", "An internal reason."):
        assert words not in content(response)
    assert client.get(f"/us/answers/{version.faq.content_id}/", follow=True).status_code == 410


def test_it_shows_an_answer_again_that_was_published_anew(client):
    version = make_published()
    publishing.withdraw(version, by=cast.approver(), reason="Outdated.")
    make_published(draft=publishing.revise(version.faq, by=cast.author()))
    assert client.get(version.get_absolute_url()).status_code == 200


def test_it_keeps_answers_in_their_market(client):
    version = make_published(make_faq(make_drug(make_market("de"))))
    make_market("us")
    assert client.get(version.get_absolute_url()).status_code == 200
    assert client.get(version.get_absolute_url().replace("/de/", "/us/")).status_code == 404
    assert client.get(f"/us/answers/{version.faq.content_id}/").status_code == 404


@pytest.mark.parametrize(
    ("status", "notice"),
    [
        ("on-label", None),
        ("off-label", "This use is not approved."),
        ("investigational", "Safety and efficacy are not established."),
    ],
)
def test_it_warns_of_what_the_label_does_not_cover_and_keeps_it_out_of_search_engines(client, status, notice):
    page = content(client.get(make_published(make_faq(label_status=status)).get_absolute_url()))
    assert ('<meta name="robots" content="noindex">' in page) is bool(notice)
    assert (f"<strong>{notice}</strong>" in page) is bool(notice)
    assert ("not approved" in page) is (status == "off-label")


def test_it_lets_a_market_decide_to_be_indexed(client):
    drug = make_drug(make_market("us", noindex_unlabelled=False))
    page = content(client.get(make_published(make_faq(drug, label_status="off-label")).get_absolute_url()))
    assert "noindex" not in page
    assert "This use is not approved." in page


def test_it_says_when_the_answer_changed(client):
    version = make_published()
    response = client.get(version.get_absolute_url())
    assert response["Last-Modified"].endswith("GMT")
    assert client.get(version.get_absolute_url(), headers={"if-none-match": response["ETag"]}).status_code == 304


def test_it_changes_its_etag_with_what_surrounds_it(client):
    version = make_published()
    before = client.get(version.get_absolute_url())["ETag"]
    make_drug()
    assert client.get(version.get_absolute_url())["ETag"] == before
    version.faq.market.safety_phone = "1-800-555-0199"
    version.faq.market.save()
    assert client.get(version.get_absolute_url())["ETag"] != before


def test_it_binds_the_feedback_form_to_the_version(client):
    version = make_published()
    page = content(client.get(version.get_absolute_url()))
    assert f'name="version" value="{Signer(salt="faq.feedback").sign(str(version.pk))}"' in page


def test_it_asks_for_market_and_answer_and_sometimes_for_own_hosts(client, django_assert_num_queries):
    version = make_full()
    with django_assert_num_queries(3):
        client.get(version.get_absolute_url())
    with django_assert_num_queries(2):
        client.get(version.get_absolute_url())


def test_it_serves_the_image_of_a_published_answer(client):
    draft, address = make_illustrated()
    make_published(draft=draft)
    response = client.get(address)
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Cache-Control"] == "public, max-age=300, s-maxage=30, stale-while-revalidate=30"
    assert response["X-Robots-Tag"] == "noindex"
    again = client.get(address, headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "Vary" not in response or "Cookie" not in response["Vary"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_it_lets_a_drawing_do_nothing_but_draw(client):
    draft, address = make_illustrated()
    make_published(draft=draft)
    parts = {part.strip() for part in client.get(address)["Content-Security-Policy"].split(";")}
    assert parts == {"default-src 'none'", "frame-ancestors 'none'", "sandbox"}


def test_it_shows_the_image_of_a_draft_to_staff_only(client):
    _, address = make_illustrated()
    assert client.get(address).status_code == 404
    client.force_login(cast.stranger())
    assert client.get(address).status_code == 404
    client.force_login(cast.author())
    response = client.get(address)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


def test_it_hides_the_image_of_a_withdrawn_answer(client):
    draft, address = make_illustrated()
    version = make_published(draft=draft)
    publishing.withdraw(version, by=cast.approver(), reason="Outdated.")
    assert client.get(address).status_code == 404


def test_it_knows_an_image_by_its_own_name_only(client):
    draft, address = make_illustrated()
    make_published(draft=draft)
    assert client.get(address.replace(".svg", ".png")).status_code == 404
    assert client.get(address.upper().replace("/MEDIA/", "/media/")).status_code == 404
    assert client.get("/media/" + "0" * 64 + ".svg").status_code == 404
    assert client.get("/media/%00.svg").status_code == 404
    assert client.post(address).status_code == 405


def test_it_lists_the_sections_of_an_answer_that_has_several(client):
    body = "<h2>Dose</h2><p>x</p><h2>In <em>renal</em> impairment</h2><p>y</p>"
    page = client.get(make_published(body=body).get_absolute_url()).content.decode()
    assert '<a href="#section-in-renal-impairment">In renal impairment</a>' in page
    alone = client.get(make_published(body="<h2>Dose</h2>").get_absolute_url()).content.decode()
    assert "On this page" not in alone
