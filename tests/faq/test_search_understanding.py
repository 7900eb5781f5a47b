"""A question is understood by what the index knows: drugs, spelling, meanings, phrases, and what is left out."""

import pytest

from faq.models import DrugName
from faq.search import engine
from faq.search.models import Synonym
from tests.factories import make_drug, make_faq, make_market, make_published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def answers():
    """Two drugs with two answers each."""
    one = make_drug(name="Corvadune", generic_name="praldexian", names=("ALD-2107",))
    other = make_drug(name="Weslumira", generic_name="norvaglutide")
    plain = {"short_answer": "<p>Yes.</p>", "body": "<p>See the label.</p>"}
    make_published(make_faq(one), question="How is Corvadune dosed in renal impairment?", **plain)
    make_published(make_faq(one), question="Can Corvadune tablets be crushed?", **plain)
    make_published(make_faq(other), question="How are Weslumira pens kept cool?", **plain)
    said = "<p>It reaches the central nervous system (CNS) of mice. Not with Corvadune.</p>"
    make_published(
        make_faq(other), question="Which tissues does Weslumira reach?", short_answer="<p>All.</p>", body=said
    )


def search(text, **options):
    return engine.search(text, make_market(), **options)


def questions(text, **options):
    return [hit.version.question for hit in search(text, **options).hits]


@pytest.mark.parametrize("name", ["Corvadune", "praldexian", "ald-2107", "ALD2107", "ald 2107", "corvadune's"])
def test_it_stays_with_the_drug_that_is_named(name):
    results = search(f"{name} crushed")
    assert [drug.name for drug in results.scope] == ["Corvadune"]
    assert results.hits[0].version.question == "Can Corvadune tablets be crushed?"


def test_the_scope_can_be_dropped():
    assert search("Corvadune kept cool", everywhere=True).scope == []
    assert "How are Weslumira pens kept cool?" in questions("Corvadune kept cool", everywhere=True)
    assert "How are Weslumira pens kept cool?" not in questions("Corvadune kept cool")


def test_a_name_alone_leads_to_its_answers_in_their_order():
    assert questions("corvadune")[:2] == [
        "How is Corvadune dosed in renal impairment?",
        "Can Corvadune tablets be crushed?",
    ]


def test_it_corrects_what_no_answer_holds_and_says_so():
    results = search("corvadnue crushd")
    assert [tuple(correction) for correction in results.corrections] == [
        ("corvadnue", "corvadune"),
        ("crushd", "crushed"),
    ]
    assert results.hits[0].version.question == "Can Corvadune tablets be crushed?"
    assert search("corvadnue crushd", exact=True).corrections == []


def test_it_corrects_no_word_that_an_answer_holds_nor_one_in_quotes_nor_a_number():
    for text in ("pens", '"crushd"', "2108", "2107 mg"):
        assert search(text).corrections == [], text


def test_it_chooses_between_no_two_names_that_look_alike():
    make_published(make_faq(make_drug(name="Corvadone")), question="What is it?")
    results = search("corvadine dose")
    assert results.corrections == []
    [doubt] = results.look_alikes
    assert (doubt.typed, sorted(drug.name for drug in doubt.drugs)) == ("corvadine", ["Corvadone", "Corvadune"])


def test_it_reads_abbreviations_both_ways_as_the_answers_define_them():
    for text in ("CNS", "central nervous system"):
        assert questions(text) == ["Which tissues does Weslumira reach?"], text


def test_it_follows_what_staff_say_at_once():
    assert questions("left in the car") == []
    Synonym.objects.create(language="en", kind="intent", typed="left in the car", meant="kept cool")
    assert questions("left in the car") == ["How are Weslumira pens kept cool?"]
    Synonym.objects.all().delete()
    assert questions("left in the car") == []


def test_what_staff_call_unrelated_means_nothing():
    assert questions("CNS")
    body = "<p>See the label.</p>"
    make_published(question="Which scores?", short_answer="<p>The composite nadir score (CNS).</p>", body=body)
    assert len(questions("composite nadir score")) == 1
    Synonym.objects.create(language="en", kind="unrelated", typed="CNS", meant="composite nadir score")
    assert "Which scores?" in questions("composite nadir score")


def test_it_wants_a_phrase_word_for_word_where_there_is_one():
    assert questions('"pens kept"') == ["How are Weslumira pens kept cool?"]
    assert questions('"kept pens"') == questions("kept pens")


def test_it_leaves_out_what_is_not_wanted():
    assert "How is Corvadune dosed in renal impairment?" not in questions("corvadune -renal")
    assert "Can Corvadune tablets be crushed?" in questions("corvadune -renal")


def test_a_common_misspelling_names_its_drug():
    DrugName.objects.create(drug=make_drug(name="Sedravio"), name="sedravo", kind="misspelling")
    drug = DrugName.objects.get(name="sedravo").drug
    make_published(make_faq(drug), question="Is it safe?")
    assert [found.name for found in search("sedravo").scope] == ["Sedravio"]


@pytest.mark.parametrize("text", ["dose of metformin", "how to cook pasta", "zebra"])
def test_a_question_outside_the_answers_gets_none(text):
    assert questions(text) == []


def test_it_says_where_to_look_on():
    results = search("crushed metformin pills of zinc")
    assert results.hits == []
    assert [drug.name for drug in results.nearest_drugs] in (["Corvadune"], [])
    assert search("Corvadune zinc zebra quagga").nearest_drugs[0].name == "Corvadune"


def test_what_goes_beyond_the_label_is_found_as_the_market_wants():
    drug = make_drug(name="Halvendo")
    make_published(make_faq(drug, label_status="off-label"), question="May Halvendo be given to zebras?")
    assert questions("zebras") == ["May Halvendo be given to zebras?"]
    make_market().__class__.objects.update(search_unlabelled="named")
    market = make_market().__class__.objects.get(code="us")
    assert engine.search("zebras", market).hits == []
    assert engine.search("zebras", market, drug).total == engine.search("halvendo zebras", market).total == 1


def test_a_name_cut_short_is_the_name_though_answers_hold_its_stem():
    results = search("corvadun dosed")
    assert [tuple(correction) for correction in results.corrections] == [("corvadun", "corvadune")]
    assert [drug.name for drug in results.scope] == ["Corvadune"]


def test_of_a_medicine_that_is_not_here_no_answer_is_certain():
    make_published(question="How do I change from warfarin?", short_answer="<p>Stop warfarin.</p>", body="")
    results = search("change from warfarin")
    assert results.hits[0].version.question == "How do I change from warfarin?"
    assert (results.is_sure, results.foreign) == (False, ["warfarin"])
    assert search("Corvadune in renal impairment").is_sure
    assert search("Corvadune and warfarin").foreign == []


def test_where_no_answer_is_certain_few_are_shown():
    drug = make_drug(name="Alphacet")
    for number in range(5):
        make_published(make_faq(drug), question=f"How is Alphacet taken in case {number}?", body="")
    assert search("Alphacet taken").total == 5
    unsure = search("Alphacet taken yellow")
    assert (unsure.is_sure, len(unsure.hits)) == (False, 3)


def test_within_a_drug_its_name_says_nothing():
    assert search("Corvadune crushed").is_sure
    assert search("what is Corvadune").is_sure
    assert not search("Corvadune on the moon").is_answered


def test_it_shows_a_correction_with_its_accents():
    market = make_market(code="de", language_tag="de-DE")
    drug = make_drug(name="Halvendo", market=market)
    make_published(make_faq(drug), question="Darf Halvendo aus dem Kühlschrank?", short_answer="<p>Ja.</p>", body="")
    results = engine.search("Kühlschrnk", market)
    assert (results.corrections[0].meant, results.total) == ("Kühlschrank", 1)
