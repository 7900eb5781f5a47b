"""The page of search results."""

import re

import pytest

from faq import publishing
from tests import cast
from tests.factories import make_drug, make_faq, make_market, make_published

pytestmark = pytest.mark.django_db

HOSTILE = [
    "' & | ! : * <->",
    '"><script>alert(1)</script>',
    "\\",
    "%",
    "\x00",
    "a\x00b",
    "🙂",
    "مرحبا",
    "\u202eabc",
    "x" * 10_000,
    "store " * 5_000,
    "{{ 7*7 }}",
    "'; DROP TABLE faq_faq; --",
]


def search(client, **parameters):
    make_market()
    return client.get("/us/search/", parameters)


def content(response):
    return response.content.decode()


def test_it_asks_for_a_question_first(client):
    page = content(search(client))
    assert "Type a question in your own words" in page
    assert "noindex" not in page


def test_it_lists_what_was_found(client):
    version = make_published(make_faq(make_drug(name="Corvadune"), label_status="off-label"))
    page = content(search(client, q="stored"))
    assert '<h2 id="results" class="results-count">1 answer</h2>' in page
    assert f'<h3><a href="{version.get_absolute_url()}">How is it <mark>stored</mark>?</a></h3>' in page
    assert f'<a href="{version.faq.drug.get_absolute_url()}">Corvadune</a>' in page
    assert '<span class="tag">Off-label</span>' in page
    assert 'value="stored"' in page


def test_it_shows_the_safety_notice_and_the_way_to_ask(client):
    make_published()
    page = content(search(client, q="how to store & keep"))
    assert "To report an adverse event" in page
    assert 'href="/us/contact/?question=how%20to%20store%20%26%20keep"' in page


def test_it_says_so_where_nothing_was_found(client):
    page = content(search(client, q="xylophone"))
    assert "No answer was found" in page
    assert 'href="/us/medical-information/"' in page


def test_it_searches_in_one_drug_and_offers_all(client):
    one, other = make_drug(name="Alphacet"), make_drug(name="Betamin")
    make_published(make_faq(one), question="Storage of one?")
    make_published(make_faq(other), question="Storage of the other?")
    page = content(search(client, q="storage", drug=one.slug))
    assert "1 answer about Alphacet" in page
    assert "of the other?" not in page
    assert f'<option value="{one.slug}" selected>Alphacet</option>' in page
    assert '<a href="?q=storage">Search in all medicines</a>' in page
    nothing = content(search(client, q="xylophone", drug=one.slug))
    assert "None of the answers about Alphacet has these words." in nothing
    assert f'href="/us/contact/?drug={one.slug}&amp;question=xylophone"' in nothing


def test_it_searches_everywhere_for_a_drug_that_it_does_not_know(client):
    make_published()
    for slug in ("nonsense", "\x00", "a b", "' OR 1=1 --", "x" * 9000, "<script>alert(1)</script>"):
        page = content(search(client, q="stored", drug=slug))
        assert "1 answer<" in page, slug
        assert "<script>alert" not in page


def test_it_does_not_search_a_drug_of_another_market(client):
    foreign = make_drug(make_market("de"), name="Fremdium")
    make_published(make_faq(foreign), question="How is Fremdium stored?")
    make_published(question="How is it stored here?")
    page = content(search(client, q="stored", drug=foreign.slug))
    assert "Fremdium" not in page
    assert "here?" in page


def test_it_finds_no_withdrawn_answer(client):
    version = make_published()
    publishing.withdraw(version, by=cast.approver(), reason="Outdated.")
    assert "No answer was found" in content(search(client, q="stored"))


def test_it_survives_hostile_input_and_escapes_it(client):
    make_published(question="How do I store it?")
    for text in HOSTILE:
        response = search(client, q=text, page=text, drug=text)
        assert response.status_code == 200, text
        assert "<script>alert" not in content(response)
        assert "\x00" not in content(response)


def test_it_escapes_what_it_highlights(client):
    make_published(
        question='Is "<img src=x onerror=alert(1)>" stored?', body="<p>&lt;script&gt;stored&lt;/script&gt;</p>"
    )
    page = content(search(client, q="stored"))
    assert "<img src=x" not in page
    assert "<script>stored" not in page
    assert "<mark>stored</mark>" in page


def test_it_pages_and_keeps_the_question(client):
    drug = make_drug()
    for number in range(11):
        make_published(make_faq(drug), question=f"Storage & care {number}?")
    first = content(search(client, q="storage & care", drug=drug.slug))
    assert "Page 1 of 2" in first
    [following] = re.findall(r'rel="next" href="([^"]*)"', first)
    assert following == f"?q=storage%20%26%20care&amp;drug={drug.slug}&amp;page=2"
    second = content(client.get("/us/search/" + following.replace("&amp;", "&")))
    assert "Page 2 of 2" in second
    assert '<ol class="results" start="11">' in second


def test_it_takes_any_page(client):
    make_published()
    for page in ("0", "-1", "x", "", "1e3", "²", "٣", "9" * 400):
        assert "1 answer<" in content(search(client, q="stored", page=page)), page


def test_it_asks_the_database_six_times_at_most(client, django_assert_max_num_queries):
    drug = make_drug()
    for _ in range(4):
        make_published(make_faq(drug))
    with django_assert_max_num_queries(6):
        assert "4 answers" in content(client.get(f"/us/search/?q=stored&drug={drug.slug}"))
