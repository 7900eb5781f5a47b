"""Home, browsing, a drug's page, and the sitemap for people."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faq import publishing
from faq.models import Topic
from faq.views import browse
from portal.chrome.models import Page
from portal.leaving.models import ExternalSite
from tests import cast
from tests.factories import make_category, make_draft, make_drug, make_faq, make_market, make_published

pytestmark = pytest.mark.django_db

LISTS = ["/us/", "/us/medical-information/", "/us/sitemap/"]


def content(response):
    return response.content.decode()


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def make_answered_drugs(number, category):
    """Drugs with one answer each, published together: faster than one by one."""
    rendered = {"imported_from": "a library", "rendered_short_answer": "<p>Yes.</p>", "content_sha256": "0" * 64}
    drugs = [make_drug(category=category) for _ in range(number)]
    publishing.publish_imported([(make_draft(make_faq(drug), **rendered), []) for drug in drugs])
    return drugs


def test_it_opens_with_the_market_s_words_and_a_search(client):
    make_market()
    page = content(client.get("/us/"))
    assert "<h1>Answers to your questions</h1>" in page
    assert 'role="search" action="/us/search/"' in page
    assert "There are no answers yet" in content(client.get("/us/medical-information/"))


@pytest.mark.parametrize("status", ["off-label", "investigational"])
def test_it_never_promotes_what_the_label_does_not_cover(client, status):
    on_label = make_published(question="Is it on label?")
    other = make_published(make_faq(on_label.faq.drug, label_status=status), question="Is it beyond?")
    assert "Is it on label?" in content(client.get("/us/"))
    assert "Is it beyond?" not in content(client.get("/us/"))
    assert "Is it beyond?" in content(client.get(other.faq.drug.get_absolute_url()))


@pytest.mark.parametrize("status", ["off-label", "investigational"])
def test_it_says_of_such_a_question_what_it_is(client, status):
    version = make_published(make_faq(label_status=status))
    assert f'<span class="tag">{status.capitalize()}</span>' in content(client.get(version.faq.drug.get_absolute_url()))


def test_it_features_the_answers_that_were_reviewed_last(client):
    drug = make_drug()
    for day in range(1, 9):
        make_published(make_faq(drug), question=f"Question of day {day}?", last_reviewed=f"2026-05-0{day}")
    page = content(client.get("/us/"))
    assert re.findall(r"Question of day (\d)", page) == ["8", "7", "6", "5", "4", "3"]


@pytest.mark.parametrize("path", LISTS)
def test_it_leaves_out_what_has_no_published_answer(client, path):
    silent = make_drug(name="Silentium", category=make_category(name="Silent category"))
    make_draft(make_faq(silent), question="Only a draft?")
    page = content(client.get(path))
    assert "Silent" not in page
    assert "Only a draft?" not in page


@pytest.mark.parametrize("path", LISTS)
def test_it_leaves_out_what_was_withdrawn(client, path):
    version = make_published(make_faq(make_drug(name="Gonium")), question="Was it withdrawn?")
    assert "Gonium" in content(client.get(path))
    publishing.withdraw(version, by=cast.approver(), reason="Outdated.")
    page = content(client.get(path))
    assert "Gonium" not in page
    assert "Was it withdrawn?" not in page


@pytest.mark.parametrize("path", LISTS)
def test_it_shows_each_market_its_own(client, path):
    make_market("us")
    foreign = make_published(make_faq(make_drug(make_market("de"), name="Fremdium")), question="Fremd?")
    page = content(client.get(path))
    assert "Fremd" not in page
    assert foreign.faq.drug.category.name not in page
    assert "Fremdium" in content(client.get(path.replace("/us/", "/de/")))


def test_it_lists_drugs_from_a_to_z(client):
    category = make_category()
    for name in ("zolium", "Betamin", "alphacet", "Gammadol", "Alphabet"):
        make_published(make_faq(make_drug(name=name, category=category)))
    expected = ["Alphabet", "alphacet", "Betamin", "Gammadol", "zolium"]
    for path in ("/us/medical-information/", category.get_absolute_url()):
        assert re.findall(r'drug-row__name"><strong>([^<]*)', content(client.get(path))) == expected
    home, sitemap = content(client.get("/us/")), content(client.get("/us/sitemap/"))
    assert re.findall(r'<li><a href="/us/products/[^"]*">([^<]*)</a>', home) == expected
    assert re.findall(r'<h3><a href="/us/products/[^"]*">([^<]*)</a>', sitemap) == expected


@pytest.mark.parametrize("path", LISTS)
def test_it_lists_categories_in_the_staff_s_order(client, path):
    for order, name in ((2, "Category A"), (1, "Category C"), (1, "Category B")):
        make_published(make_faq(make_drug(category=make_category(name=name, order=order))))
    names = re.findall(r">(?:<strong>)?(Category [ABC])<", content(client.get(path)))
    assert list(dict.fromkeys(names)) == ["Category B", "Category C", "Category A"]


def test_it_counts_what_is_published(client):
    drug = make_drug()
    make_published(make_faq(drug))
    make_published(make_faq(drug))
    make_draft(make_faq(drug))
    publishing.withdraw(make_published(make_faq(drug)), by=cast.approver(), reason="Old.")
    page = content(client.get("/us/medical-information/"))
    assert "2 answers" in page
    assert "1 medicine<" in page


def test_it_offers_letters_where_the_drugs_are_many(client, monkeypatch):
    monkeypatch.setattr(browse, "ONE_PAGE_OF_DRUGS", 2)
    for name in ("Alphacet", "Betamin", "beta-X", "%odd"):
        make_published(make_faq(make_drug(name=name)))
    rows = r'drug-row__name"><strong>([^<]*)'
    page = content(client.get("/us/medical-information/?letter=b"))
    assert re.findall(rows, page) == ["beta-X", "Betamin"]
    assert '<a href="?letter=B#a-to-z" aria-current="page">B</a>' in page
    assert re.findall(rows, content(client.get("/us/medical-information/?letter=%25"))) == ["%odd"]
    assert re.findall(rows, content(client.get("/us/medical-information/"))) == ["%odd"]


@pytest.mark.parametrize("letter", ["%00", "zz", "_", "%F0%9F%99%82", "a" * 9000, "%22%3E%3Cscript%3E"])
def test_it_takes_any_letter(client, monkeypatch, letter):
    monkeypatch.setattr(browse, "ONE_PAGE_OF_DRUGS", 1)
    make_answered_drugs(2, make_category())
    assert client.get(f"/us/medical-information/?letter={letter}").status_code == 200


def test_it_pages_a_large_category(client, monkeypatch):
    monkeypatch.setattr(browse, "ONE_PAGE_OF_DRUGS", 2)
    category = make_category()
    make_answered_drugs(3, category)
    for page, shown in (("1", 2), ("2", 1), ("", 2), ("0", 1), ("99", 1), ("x", 2), ("%00", 2), ("9" * 5000, 2)):
        response = client.get(f"{category.get_absolute_url()}?page={page}")
        assert content(response).count('class="drug-row"') == shown, page


def test_it_pages_a_large_sitemap(client, monkeypatch):
    monkeypatch.setattr(browse, "SITEMAP_DRUGS", 2)
    drugs = make_answered_drugs(3, make_category())
    pages = [content(client.get(f"/us/sitemap/?page={page}")) for page in (1, 2)]
    assert [sum(drug.get_absolute_url() in page for drug in drugs) for page in pages] == [2, 1]
    assert 'rel="next" href="?page=2"' in pages[0]


def test_it_lists_every_public_page_for_people(client):
    version = make_published(make_faq(label_status="off-label"), question="Is it <here>?")
    Page.objects.create(market=make_market(), slug="terms", title="Terms", body="<p>x</p>")
    page = content(client.get("/us/sitemap/"))
    assert f'<a href="{version.get_absolute_url()}">Is it &lt;here&gt;?</a>' in page
    for path in ("/us/pages/terms/", "/us/contact/", "/us/search/", version.faq.drug.category.get_absolute_url()):
        assert f'href="{path}"' in page


def test_it_knows_categories_and_drugs_of_its_market_only(client):
    drug = make_published(make_faq(make_drug(make_market("de")))).faq.drug
    make_market("us")
    for path in (drug.get_absolute_url(), drug.category.get_absolute_url()):
        assert client.get(path).status_code == 200
        assert client.get(path.replace("/de/", "/us/")).status_code == 404


def test_it_shows_what_a_drug_is(client):
    drug = make_drug(
        name="Corvadune",
        generic_name="corvadunib",
        status="investigational",
        summary="A <b>tablet</b>.",
        strengths="5 mg & 10 mg",
        boxed_warning="Bleeding.",
        standing_notice="First line.\n\nSecond line.",
    )
    make_published(make_faq(drug))
    page = content(client.get(drug.get_absolute_url()))
    assert "<h1>Corvadune</h1>" in page
    for words in ("corvadunib", "Investigational", "A &lt;b&gt;tablet&lt;/b&gt;.", "5 mg &amp; 10 mg", "Bleeding."):
        assert words in page
    assert "<p>First line.</p><p>Second line.</p>" in page


def test_it_does_not_say_a_name_twice(client):
    drug = make_drug(name="Imlunestrant", generic_name="imlunestrant")
    make_published(make_faq(drug))
    page = content(client.get(drug.get_absolute_url()))
    assert "<h1>Imlunestrant</h1>" in page
    assert "<span>imlunestrant</span>" not in page


def test_it_says_where_a_drug_s_labelling_leads(client):
    ExternalSite.objects.create(host="own.example", name="Own", is_own=True)
    own = make_drug(prescribing_information_url="https://own.example/pi", boxed_warning="Bleeding.")
    make_published(make_faq(own))
    page = content(client.get(own.get_absolute_url()))
    assert re.search(r'<a\s+href="https://own.example/pi">Full prescribing information, including boxed warning', page)


def test_it_says_so_when_a_drug_has_no_answer_any_more(client):
    version = make_published()
    publishing.withdraw(version, by=cast.approver(), reason="Outdated.")
    page = content(client.get(version.faq.drug.get_absolute_url()))
    assert "No answer about this medicine is published" in page


def test_it_does_not_show_what_staff_prepare(client):
    drug = make_draft().faq.drug
    assert client.get(drug.get_absolute_url()).status_code == 404
    assert client.get(drug.category.get_absolute_url()).status_code == 404
    assert drug.name not in content(client.get("/us/search/", {"q": "dose", "drug": drug.slug}))


def test_it_hides_an_investigational_medicine_from_search_engines_where_the_market_asks(client):
    drug = make_drug(status="investigational")
    make_published(make_faq(drug))
    assert 'name="robots" content="noindex"' in content(client.get(drug.get_absolute_url()))


def test_it_groups_questions_by_topic_in_the_staff_s_order(client):
    drug = make_drug()
    for name, order in (("Safety", 2), ("Dosing", 1)):
        Topic.objects.create(market=drug.market, name=name, order=order)
    for topics in ((), ("Safety",), ("Dosing", "Safety")):
        make_published(make_faq(drug, topics), question=f"On {' and '.join(topics) or 'nothing'}?")
    page = content(client.get(drug.get_absolute_url()))
    assert re.findall(r'<h2 id="topic-\d">([^<]*)', page) == ["Dosing", "Safety", "Other questions"]
    assert re.findall(r">(On [^?]*)", page) == ["On Dosing and Safety", "On Safety", "On nothing"]


def test_it_offers_to_search_and_ask_about_the_drug(client):
    drug = make_published().faq.drug
    page = content(client.get(drug.get_absolute_url()))
    assert f'<option value="{drug.slug}" selected>' in page
    assert f'href="/us/contact/?drug={drug.slug}"' in page


def test_it_asks_the_database_no_more_for_thirty_drugs_than_for_three(client):
    category = make_category()
    paths = [*LISTS, category.get_absolute_url()]
    make_answered_drugs(3, category)
    few = [queries(client, path) for path in paths]
    make_answered_drugs(27, category)
    assert [queries(client, path) for path in paths] == few
    assert max(few) <= 7


def test_it_asks_the_database_five_times_at_most_for_a_drug(client):
    drug = make_drug()
    for number in range(8):
        make_published(make_faq(drug, (f"Topic {number % 3}",)))
    assert queries(client, drug.get_absolute_url()) <= 5
