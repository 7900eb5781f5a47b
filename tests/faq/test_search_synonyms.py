"""What words mean, said by staff or learnt, becomes tokens to look for."""

from faq.search.synonyms import KNOWN, UNKNOWN, Meaning, expand


def expanded(words, *meanings, heads=None):
    return expand(words.split(), meanings, heads or {}, "en")


def test_it_seeks_what_was_typed():
    assert expanded("how is it stored").sought == {"store": 1}


def test_a_synonym_counts_little_beside_a_word_that_questions_know():
    terms = expanded("kidney dose", Meaning("kidney", "renal", is_intent=False), heads={"kidney": 3})
    assert terms.sought == {"kidney": 1, "dose": 1, "renal": KNOWN}


def test_a_synonym_stands_for_a_word_that_no_question_knows():
    terms = expanded("cns", Meaning("cns", "central nervous system", is_intent=False))
    assert terms.sought == {"cns": 1, "central": UNKNOWN, "nervous": UNKNOWN, "system": UNKNOWN}


def test_an_intent_leads_to_headings():
    terms = expanded("left out of fridge", Meaning("out of fridge", "storage temperature", is_intent=True))
    assert terms.intended == {"storag": 1, "temperatur": 1}
    assert "storag" not in terms.sought


def test_a_meaning_needs_all_its_words_in_order():
    assert expanded("fridge out of", Meaning("out of fridge", "storage", is_intent=True)).intended == {}
    assert expanded("outfridge", Meaning("fridge", "storage", is_intent=True)).intended == {}


def test_it_tells_what_stands_for_each_word():
    terms = expanded("warm pens", Meaning("warm", "temperature", is_intent=True))
    assert terms.means == {"warm": {"temperatur"}}
    assert terms.typed == ["warm", "pen"]


def test_what_was_typed_is_intended_no_more():
    assert expanded("dose", Meaning("dose", "dose dosage", is_intent=True)).intended == {"dosag": 1}
