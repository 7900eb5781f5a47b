"""What is suggested while somebody types, in which order, and what never is."""

from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from faq import publishing
from faq.models import Category, DrugName, Topic
from faq.search import index
from faq.search.models import SearchEntry, SearchName
from faq.search.suggest import suggest
from tests import cast
from tests.factories import make_category, make_draft, make_drug, make_faq, make_market, make_published

pytestmark = pytest.mark.django_db


def texts(text, drug=None, market=None, kind=None):
    found = suggest(text, market or make_market(), drug)
    return [suggestion.text for suggestion in found if kind in (None, suggestion.kind)]


def make_corvadune(**changes):
    """A drug with an answer about its storage."""
    drug = make_drug(name="Corvadune", generic_name="praldexian", slug="corvadune", **changes)
    make_published(make_faq(drug), question="How is Corvadune stored?")
    return drug


def make_other(question="How are tablets taken?", **changes):
    return make_published(make_faq(**changes), question=question)


def test_it_suggests_a_drug_by_the_beginning_of_any_of_its_names():
    drug = make_corvadune(names=("Pradex Forte",))
    DrugName.objects.create(drug=drug, name="ALD-2107", kind=DrugName.Kind.CODE)
    DrugName.objects.create(drug=drug, name="Korvadoon", kind=DrugName.Kind.MISSPELLING)
    index.refresh_drug(drug)
    shown = "Corvadune (praldexian)"
    said = {"co": "", "Corvadune": "", "prald": "", "korva": "", "pradex fo": "Pradex Forte", "fort": "Pradex Forte"}
    for text, also in {**said, "ald-21": "ALD-2107", "ald2107": "ALD-2107"}.items():
        expected = f"{shown}, also {also}" if also else shown
        assert texts(text, kind="drug") == [expected], text
    assert suggest("corv", make_market())[0] == (shown, "drug", "/us/products/corvadune/")


def test_it_suggests_a_drug_whose_whole_name_was_typed_whatever_else_was():
    make_corvadune(names=("Pradex Forte",))
    make_other("What is known about children?")
    for text in ("corvadune chil", "children praldexian", "pradex forte in children"):
        assert texts(text, kind="drug")[0].startswith("Corvadune (praldexian)"), text
    assert texts("corv chil", kind="drug") == texts("pradex chil", kind="drug") == []


def test_it_puts_drugs_whose_name_begins_so_before_others_and_questions_after_them():
    make_published(make_faq(make_drug(name="Zinc Corvan")), question="Is it soluble?")
    make_corvadune()
    assert texts("corv") == [
        "Corvadune (praldexian)",
        "Zinc Corvan",
        "How is Corvadune stored?",
        "Zinc Corvan: Is it soluble?",
    ]


def test_it_orders_drugs_by_the_name_that_fits_best():
    make_corvadune(names=("Very Corvadune Retard",))
    make_published(make_faq(make_drug(name="Corvan", names=("Zz Corvan",))), question="Is it soluble?")
    make_published(make_faq(make_drug(name="Early Corvan")), question="Is it soluble?")
    assert texts("corv", kind="drug") == ["Corvan", "Corvadune (praldexian)", "Early Corvan"]


def test_it_suggests_questions_by_beginnings_of_their_words():
    drug = make_corvadune()
    question = "How is Corvadune stored?"
    for text in ("stor", "STORED", "corvadune sto", "store corv", "how is corvadune st", "is stored"):
        assert question in texts(text), text
    for text in ("ored", "xylophone", "corvadune xylophone tablets", "the of and"):
        assert question not in texts(text), text
    found = [suggestion for suggestion in suggest("store", make_market()) if suggestion.kind == "question"]
    assert [suggestion.url for suggestion in found] == [drug.faqs.get().get_absolute_url()]


def test_it_finds_other_phrasings_and_topics_of_a_question_too():
    make_published(make_faq(make_drug(name="Corvadune"), phrasings=("In the fridge?",)), question="How is it stored?")
    assert texts("frid") == ["Corvadune: How is it stored?"]


def test_it_orders_questions_by_how_early_and_completely_they_match():
    drug = make_drug(name="Corvadune")
    questions = ("Which studies compare doses of Corvadune?", "Dose of Corvadune?", "What is the dose?", "Dosing how?")
    for question in questions:
        make_published(make_faq(drug), question=question)
    assert texts("dos", drug) == ["Dosing how?", "Dose of Corvadune?", "What is the dose?", questions[0]]
    assert texts("dose", drug)[0] == "Dose of Corvadune?"


def test_it_forgives_one_slip_where_no_word_begins_so():
    make_corvadune()
    for text in ("corvdu", "corvadnue", "corvadunne", "ocrvadune", "korvadune", "corvax", "pralldex"):
        assert texts(text)[0] == "Corvadune (praldexian)", text
    for text in ("corvadune stroed", "corvdune stro", "stoerd"):
        assert texts(text)[-1] == "How is Corvadune stored?", text
    assert texts("covadnue") == texts("crv") == []


def test_it_leaves_a_word_alone_that_an_answer_knows():
    make_corvadune()
    make_other("What about Corvadurel?", drug=make_drug(name="Other"))
    assert texts("corvadurel") == ["Other: What about Corvadurel?"]


def test_it_shows_all_drugs_between_which_a_slip_lies():
    for name in ("Zantac", "Zyntac"):
        make_published(make_faq(make_drug(name=name)), question=f"What is {name}?")
    assert texts("zntac", kind="drug") == ["Zantac", "Zyntac"]


def test_it_goes_on_while_a_long_question_is_typed():
    make_corvadune()
    make_other("Is there an interaction with warfarin?")
    text = "Where should Corvadune be stored when travelling with children?"
    for end in range(len("Where should Corv"), len(text) + 1):
        assert "How is Corvadune stored?" in texts(text[:end]), text[:end]


def test_it_stays_within_a_drug():
    drug = make_corvadune()
    make_published(make_faq(drug, topics=("Storage", "Handling")), question="In the fridge?")
    make_published(make_faq(drug, topics=("Dosing",)), question="What is the dose?")
    make_published(make_faq(make_drug(name="Corvan"), topics=("Storage",)), question="Storage of Corvan?")
    assert texts("corv", drug) == ["How is Corvadune stored?", "In the fridge?", "What is the dose?"]
    assert suggest("handl", make_market(), drug)[-1].url == "/us/products/corvadune/#topic-2"
    # The page lists a question under its first topic only.
    assert texts("stora", drug) == ["In the fridge?"]


def test_a_topic_of_a_drug_leads_to_its_place_on_the_page(client):
    drug = make_corvadune()
    for name in ("Überdosis", "Äther", "Dosing"):
        make_published(make_faq(drug, topics=(name,)), question=f"What of {name}?")
    for name in ("Überdosis", "Äther", "Dosing"):
        (url,) = [suggestion.url for suggestion in suggest(name, make_market(), drug) if suggestion.kind == "topic"]
        place = url.partition("#")[2]
        assert f'<h2 id="{place}">{name}</h2>' in client.get(url).content.decode()


def test_it_suggests_topics_and_categories_that_lead_somewhere():
    category = make_category(name="Oncology", slug="oncology")
    make_published(make_faq(make_drug(category=category), topics=("Storage and stability",)), question="In the fridge?")
    make_category(name="Ontology")
    make_faq(make_drug(), topics=("Stability unasked",))
    topic = Topic.objects.get(name="Storage and stability")
    url = f"/us/search/?q=Storage+and+stability&topic={topic.pk}"
    assert suggest("stab", make_market())[-1] == ("Storage and stability", "topic", url)
    assert suggest("on", make_market()) == [("Oncology", "category", "/us/medical-information/oncology/")]
    assert suggest("onkology", make_market()) == []
    assert Category.objects.count() == 3


def test_it_leaves_room_for_each_kind():
    for number in range(9):
        drug = make_drug(name=f"Storabin {number}")
        make_published(make_faq(drug, topics=("Storage", "Storage at home", "Store")), question="How to store it?")
    kinds = [suggestion.kind for suggestion in suggest("stor", make_market())]
    assert kinds == ["drug"] * 4 + ["question"] * 2 + ["topic"] * 2
    assert len(suggest("stor", make_market(), most=3)) == 3
    assert len(suggest("storabin", make_market(), most=20)) == 18


def test_it_keeps_to_the_market():
    make_published(make_faq(make_drug(make_market("de"), name="Corvadune")), question="Storage over there?")
    assert texts("corv") == texts("stor") == texts("corvdu") == []
    assert len(texts("corv", market=make_market("de"))) == 2


def test_a_withdrawn_answer_disappears_at_once():
    version = make_published(make_faq(make_drug(name="Corvadune"), topics=("Storage",)), question="How is it stored?")
    entry, name = SearchEntry.objects.get(), SearchName.objects.get()
    assert len(texts("corv")) == len(texts("stor")) == 2
    publishing.withdraw(version, by=cast.approver(), reason="Wrong.")
    assert texts("corv") == texts("stor") == texts("corv", version.faq.drug) == texts("stor", version.faq.drug) == []
    # Even where the index had forgotten nothing.
    entry.save(force_insert=True)
    name.save(force_insert=True)
    assert texts("corv") == texts("stor") == texts("corv", version.faq.drug) == texts("stor", version.faq.drug) == []


def test_a_draft_never_appears():
    drug = make_drug(name="Corvadune")
    make_draft(make_faq(drug, topics=("Storage",)), question="How is it stored?")
    assert texts("corv") == texts("stor") == []
    version = make_published(make_faq(drug), question="Is it soluble?")
    make_draft(version.faq, question="How is it dissolved?")
    assert texts("dissolved") == []


@pytest.mark.parametrize("status", ["off-label", "investigational"])
def test_nothing_beyond_the_label_is_suggested_unasked(status):
    drug = make_corvadune()
    make_published(make_faq(drug, label_status=status, topics=("Children",)), question="Is it studied in children?")
    for text in ("children", "stu", "studied in chil", "childrn", "corvdu children"):
        assert texts(text) == texts(f"{text} co") == [], text
    for text in ("corvadune", "praldexian children", "corv chil"):
        assert "Corvadune: Is it studied in children?" in texts(text), text
    assert texts("chil", drug) == ["Is it studied in children?", "Children"]


def test_what_is_on_label_comes_first():
    drug = make_corvadune()
    make_published(make_faq(drug, label_status="off-label"), question="Corvadune in children?")
    assert texts("corv", kind="question") == ["How is Corvadune stored?", "Corvadune in children?"]


def test_a_drug_under_study_is_suggested_by_its_name_only():
    drug = make_drug(name="Brenical", status="investigational")
    make_published(make_faq(drug, topics=("Storage",)), question="How is it stored?")
    assert texts("store") == texts("storage") == []
    assert texts("bre") == ["Brenical", "Brenical: How is it stored?"]


def test_it_reads_german_umlauts_however_they_are_typed():
    market = make_market("de", language_tag="de-DE")
    with translation.override("de"):
        make_published(make_faq(make_drug(market), topics=("Übelkeit",)), question="Löst sich die Lösung auf?")
        for text in ("Lösu", "loesu", "losu", "LOESUNG", "lösnug", "loesnug"):
            assert "Löst sich die Lösung auf?" in texts(text, market=market, kind="question")[0], text
        assert texts("uebel", market=market, kind="topic") == texts("übel", market=market, kind="topic") == ["Übelkeit"]


def test_it_asks_the_database_three_times_at_most():
    drug, market = make_corvadune(), make_market()
    asked = {"corvdu stroed": 3, "how is corvadune stored": 2, "xylophone": 2, "stored": 2, "s": 0}
    for (text, most), scope in product(asked.items(), (None, drug)):
        with CaptureQueriesContext(connection) as queries:
            suggest(text, market, scope)
        assert len(queries) <= most, text
