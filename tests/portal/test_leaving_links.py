"""Links to other sites: what they say, and where they lead."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from portal.chrome.models import NavLink, Page
from portal.leaving import links
from tests.factories import make_draft, make_drug, make_faq, make_market, make_published, make_reference, make_resource
from tests.portal.leaving import DOI, MARK, content, hrefs, make_notice, make_site

pytestmark = pytest.mark.django_db


def external(response):
    """What stands inside each marked link."""
    return re.findall(r'<a class="external"[^>]*>(.*?)</a>', content(response), re.DOTALL)


@pytest.mark.parametrize("field", ["short_answer", "body"])
def test_it_leads_a_link_in_an_answer_through_the_notice(client, field):
    make_notice()
    version = make_published(**{field: f'<p><a href="{DOI}">the study</a></p>'})
    page = client.get(version.get_absolute_url())
    assert "https://doi.org" not in content(page)
    [address] = hrefs(page, "the study")
    notice = client.get(address)
    assert hrefs(notice, "Go on") == [DOI]
    assert hrefs(notice, "Stay here") == [version.get_absolute_url()]


def test_it_leads_references_resources_and_labelling_through_the_notice(client):
    make_reference("doe-1", DOI="10.1000/xyz")
    drug = make_drug(prescribing_information_url="https://label.example/")
    draft = make_draft(make_faq(drug), body='<p>So.<cite data-ref="doe-1"></cite></p>')
    make_resource(draft, url="https://poster.example/")
    page = client.get(make_published(draft=draft).get_absolute_url())
    assert 'href="https://' not in content(page)
    for words in ("DOI", "A poster", "Full prescribing information"):
        assert [urlsplit(href).path for href in hrefs(page, words)] == ["/us/leaving/"]


@pytest.mark.parametrize("scheme", ["https", "http"])
def test_it_leads_a_link_in_a_page_through_the_notice(client, scheme):
    body = f'<p><a href="{scheme}://example.org/">x</a> <a href="/us/">home</a></p>'
    Page.objects.create(market=make_market(), slug="terms", title="Terms", body=body)
    page = client.get("/us/pages/terms/")
    assert f"{scheme}://example.org" not in content(page)
    assert '<a class="external" rel="noopener" href="/us/leaving/?to=' in content(page)
    assert '<a href="/us/">home</a>' in content(page)


def test_it_never_serves_an_address_that_runs(client):
    version = make_published(body='<p><a href="javascript:alert(1)">x</a></p>', short_answer="<p>Yes.</p>")
    assert "javascript:" not in content(client.get(version.get_absolute_url()))


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://own.example/x", True),
        ("http://own.example", True),
        ("https://OWN.example:8443/x", True),
        ("https://labels.own.example/x", True),
        ("https://own.example?x", True),
        ("https://own.example.evil.com/", False),
        ("https://notown.example/", False),
        ("https://evil.com/own.example", False),
        ("https://evil.com?own.example", False),
        ("https://evil.com#.own.example", False),
        ("https://own.example@evil.com/", False),
        ("https://evil.com@own.example/", False),
        ("https://evil.com\\@own.example/", False),
        ("https://evil.com\\.own.example/", False),
        ("https://own.example\t.evil.com/", False),
        ("https://us[er@own.example/", False),
        ("https://[::1/", False),
        ("//own.example/", False),
        ("/us/", False),
        ("", False),
    ],
)
def test_it_knows_the_organisations_own_hosts(url, own):
    make_site("own.example", is_own=True)
    make_site("evil.com")
    assert links.is_own(url) is own


@pytest.mark.parametrize(
    ("url", "external"),
    [
        ("https://evil.example/", True),
        ("HTTPS://evil.example/", True),
        ("//evil.example/", True),
        ("/\\evil.example/", True),
        ("/\t/evil.example/", True),
        ("ftp://evil.example/", True),
        ("evil.example", True),
        (" /us/", True),
        ("javascript:alert(1)", True),
        ("HTTPS://OWN.example/", False),
        ("/", False),
        ("/us/?q=//evil.example", False),
        ("#top", False),
        ("?page=2", False),
        ("MAILTO:a@own.example", False),
        ("tel:+18005550142", False),
        ("", False),
    ],
)
def test_it_takes_for_inner_only_what_stays_here(url, external):
    make_site("own.example", is_own=True)
    assert links.is_external(url) is external


@pytest.mark.parametrize(
    ("back", "kept"),
    [
        ("/us/search/?q=my+rare+disease&page=2&drug=corvadune", "/us/search/?page=2&drug=corvadune"),
        ("/us/search/?q=my+rare+disease", "/us/search/"),
        ("/us/search/?drug=my+rare+disease&page=%00", "/us/search/"),
        ("/us/medical-information/?letter=C&page=3", "/us/medical-information/?letter=C&page=3"),
        ("//evil.example/?page=2", "/%2Fevil.example/?page=2"),
    ],
)
def test_it_signs_no_words_of_a_visitor(back, kept):
    [signed] = parse_qs(urlsplit(links.address(make_market(), DOI, back)).query)["to"]
    assert links.destination(signed) == (DOI, kept)


def test_it_links_to_own_hosts_directly(client):
    make_site("own.example", is_own=True)
    version = make_published(body='<p><a href="https://labels.own.example/a?b=1&amp;c=2">label</a></p>')
    page = client.get(version.get_absolute_url())
    assert '<a href="https://labels.own.example/a?b=1&amp;c=2">label</a>' in content(page)


def test_it_asks_the_database_for_own_hosts_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        for number in range(5):
            links.is_own(f"https://example.org/{number}")


def test_it_marks_links_for_eye_and_screen_reader(client):
    make_reference("doe-1", DOI="10.1000/xyz")
    NavLink.objects.create(market=make_market(), place="header", label="Company", address="https://example.org/")
    NavLink.objects.create(market=make_market(), place="social", label="Elsewhere", address="https://example.org/")
    drug = make_drug(prescribing_information_url="https://label.example/")
    body = f'<p><a href="{DOI}">the <em>study</em></a><cite data-ref="doe-1"></cite></p>'
    draft = make_draft(make_faq(drug), body=body)
    make_resource(draft, url="https://poster.example/", title="Poster & more")
    marked = external(client.get(make_published(draft=draft).get_absolute_url()))
    assert all(words.endswith(MARK) and words.count(MARK) == 1 for words in marked)
    said = [words.removesuffix(MARK) for words in marked]
    for words in ("Company", "Full prescribing information", "the <em>study</em>", "Poster &amp; more", "Elsewhere"):
        assert words in said
    assert 'DOI<span class="visually-hidden"> of reference 1</span>' in said


def test_it_leaves_links_that_stay_here_unmarked(client):
    make_site("own.example", is_own=True)
    ways = ("https://own.example/", "mailto:a@own.example", "tel:+18005550142", "/us/sitemap/", "#section-so")
    body = "<h2>So</h2>" + "".join(f'<p><a href="{way}">go</a></p>' for way in ways)
    Page.objects.create(market=make_market(), slug="terms", title="Terms", body=body)
    NavLink.objects.create(market=make_market(), place="footer", label="Company", address="https://own.example/")
    for page in (client.get("/us/pages/terms/"), client.get(make_published(body=body).get_absolute_url())):
        assert external(page) == []
        assert "external site" not in content(page)
        assert hrefs(page, "go") == list(ways)
        assert hrefs(page, "Company") == ["https://own.example/"]


def test_it_speaks_of_other_sites_in_the_language_of_the_market(client):
    german = make_market("de", language_tag="de-DE")
    NavLink.objects.create(market=german, place="social", label="Anderswo", address="https://example.org/")
    [words] = external(client.get("/de/"))
    assert words == 'Anderswo<span class="visually-hidden"> (externe Website)</span>'


def test_it_marks_the_link_and_not_the_citation_inside_it():
    markup = f'<a class="external" href="{DOI}">study<sup class="cite"><a href="#ref-1">1</a></sup></a>'
    routed = links.route(markup, make_market(), "/us/")
    assert f'study<sup class="cite">{MARK}<a href="#ref-1">1</a></sup></a>' in routed


def test_it_escapes_what_a_link_says():
    market = make_market()
    for url in ('https://example.org/"><script>', '/us/"><script>'):
        assert "<script" not in links.link(market, url, "<script>", "/us/")


def test_it_says_which_link_leads_to_the_page_itself(client):
    NavLink.objects.create(market=make_market(), place="header", label="All", address="/us/sitemap/")
    assert '<a href="/us/sitemap/" aria-current="page">All</a>' in content(client.get("/us/sitemap/?x=1"))
    assert '<a href="/us/sitemap/">All</a>' in content(client.get("/us/"))


def test_the_notice_leads_on_to_notices_that_return_to_the_page_before(client):
    make_notice()
    NavLink.objects.create(market=make_market(), place="social", label="Elsewhere", address="https://example.org/")
    [first] = hrefs(client.get("/us/sitemap/"), "Elsewhere")
    assert hrefs(client.get(first), "Elsewhere") == [first]
