"""What search engines read of a page: JSON-LD in the words of schema.org."""

import json
import re

import pytest

from faq import structured
from faq.models import FaqVersion
from tests.factories import make_draft, make_drug, make_faq, make_market, make_published, make_reference
from tests.faq.importing import load, minimal
from tests.faq.markets import make_common, make_gated

pytestmark = pytest.mark.django_db

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def described(client, row):
    """The page and its breadcrumb, as a machine reads them."""
    (block,) = BLOCK.findall(client.get(row.get_absolute_url()).content.decode())
    told = json.loads(block)
    assert told["@context"] == "https://schema.org"
    page, breadcrumb = told["@graph"]
    return page, breadcrumb


def test_it_describes_an_answer(client):
    drug = make_drug(name="Corvadune", generic_name="corvadunib", boxed_warning="Bleeding.")
    version = make_published(make_faq(drug, content_id="US_1"))
    page, _ = described(client, version)
    address = f"http://testserver{version.get_absolute_url()}"
    assert page["@type"] == ["MedicalWebPage", "QAPage"]
    assert (page["@id"], page["url"], page["name"]) == (address, address, "How is it stored?")
    assert (page["lastReviewed"], page["inLanguage"], page["identifier"]) == ("2026-03-02", "en-US", "US_1")
    assert page["dateModified"] == page["datePublished"] == version.published_at.isoformat()
    assert page["publisher"]["name"] == "Aldermoor Pharmaceuticals"
    assert page["audience"]["audienceType"] == "Clinician"
    about = page["about"]
    assert (about["@type"], about["nonProprietaryName"], about["warning"]) == ("Drug", "corvadunib", "Bleeding.")


def test_it_gives_the_question_with_its_one_answer(client):
    version = make_published(short_answer="<p>Store it <em>below</em> 25 °C &amp; dry.</p>")
    page, _ = described(client, version)
    question = page["mainEntity"]
    assert (question["@type"], question["name"], question["answerCount"]) == ("Question", "How is it stored?", 1)
    assert question["acceptedAnswer"]["@type"] == "Answer"
    assert question["acceptedAnswer"]["text"] == page["description"] == "Store it below 25 °C & dry."


def test_it_says_when_a_revised_answer_was_first_published(client):
    first = make_published()
    version = make_published(first.faq)
    page, _ = described(client, version)
    assert page["datePublished"] == first.published_at.isoformat()
    assert page["dateModified"] == version.published_at.isoformat()
    assert page["version"] == 2


def test_it_lists_the_sources_in_order_with_their_links(client):
    make_reference("one", title="A <i> study", DOI="10.1000/a&b")
    make_reference("two", title="Another")
    cited = '<p>Yes.<cite data-ref="one"></cite><cite data-ref="two"></cite></p>'
    page, _ = described(client, make_published(draft=make_draft(short_answer=cited)))
    first, second = page["citation"]
    assert "A <i> study" in first["name"]
    assert first["url"] == "https://doi.org/10.1000/a%26b"
    assert "Another" in second["name"]
    assert "url" not in second
    assert "Back to" not in first["name"]


def test_it_repeats_the_breadcrumb_with_whole_addresses(client):
    version = make_published()
    drug, origin = version.faq.drug, "http://testserver"
    page, breadcrumb = described(client, version)
    assert breadcrumb["@id"] == page["breadcrumb"]["@id"]
    steps = [(step["position"], step["name"], step["item"]) for step in breadcrumb["itemListElement"]]
    assert steps == [
        (1, "Home", f"{origin}/us/"),
        (2, "Medical information", f"{origin}/us/medical-information/"),
        (3, drug.category.name, origin + drug.category.get_absolute_url()),
        (4, drug.name, origin + drug.get_absolute_url()),
        (5, "How is it stored?", origin + version.get_absolute_url()),
    ]


def test_it_describes_a_drug(client):
    drug = make_published(make_faq(make_drug(name="Corvadune", summary="An invented medicine."))).faq.drug
    page, breadcrumb = described(client, drug)
    assert page["@type"] == "MedicalWebPage"
    assert page["mainEntity"] == {
        "@type": "Drug",
        "@id": f"http://testserver{drug.get_absolute_url()}#drug",
        "name": "Corvadune",
        "description": "An invented medicine.",
        "url": f"http://testserver{drug.get_absolute_url()}",
    }
    assert len(breadcrumb["itemListElement"]) == 4


def test_it_takes_the_beginning_of_the_body_where_there_is_no_short_answer(client):
    load(minimal(answer="Word " * 400))
    page, _ = described(client, FaqVersion.objects.get())
    assert page["description"].startswith("Word Word")
    assert len(page["description"]) == structured.LONGEST_ANSWER
    assert "lastReviewed" not in page


@pytest.mark.parametrize("words", ["</script><script>alert(1)</script>", "<!--", "]]>", '"\\', "a\u2028b", "&amp;"])
def test_no_words_end_the_block_or_change_on_the_way(client, words):
    version = make_published(question=f"Is it {words}?")
    page = client.get(version.get_absolute_url()).content.decode()
    (block,) = BLOCK.findall(page)
    assert not set("<>&\u2028") & set(block)
    assert json.loads(block)["@graph"][0]["name"] == version.question
    assert "<script>alert" not in page


@pytest.mark.parametrize("status", ["off-label", "investigational"])
def test_it_describes_nothing_that_search_engines_may_not_list(client, status):
    hidden = make_published(make_faq(label_status=status))
    assert "ld+json" not in client.get(hidden.get_absolute_url()).content.decode()
    shown = make_published(make_faq(make_drug(make_market("de", noindex_unlabelled=False)), label_status=status))
    assert described(client, shown)


def test_it_describes_nothing_behind_a_gate():
    version = make_common("storage", "de", make_gated("de"))
    assert version.faq.is_unlisted
    assert version.faq.drug.is_unlisted
