"""What a portal would hold that answers with a test collection."""

import pytest

from benchmarks.collection import Document
from benchmarks.holding import first_sentences, hold


def make_document(name="D1", drug="Valium", keys=("valium",), **changes):
    fields = {"synonyms": (), "question": "How is it stored?", "topic": "", "answer": "Cool. Dry.", **changes}
    return Document(name, drug, keys, **fields)


def test_it_makes_a_drug_of_each_key_called_as_its_documents_mostly_call_it():
    spellings = ["oxycodone ER", "Oxycodone", "oxycodone ER", "OXYCODONE"]
    documents = [make_document(f"D{place}", drug, ("oxycodone",)) for place, drug in enumerate(spellings)]

    [drug] = hold(documents).drugs

    assert (drug.key, drug.name, drug.names) == ("oxycodone", "oxycodone ER", ["Oxycodone"])


def test_it_takes_an_address_for_no_name():
    [drug] = hold([make_document(keys=("https://example.org/a1.html",))]).drugs

    assert (drug.name, drug.names) == ("Valium", [])


def test_it_takes_a_subject_with_its_synonyms_for_a_drug_where_there_is_no_key():
    documents = [
        make_document("D1", "Rett Syndrome", (), synonyms=("RTT", "RTS")),
        make_document("D2", "Rett syndrome", (), synonyms=("RTS", "RTT")),
        make_document("D3", "Rett syndrome", (), synonyms=("Atypical",)),
    ]

    assert [(drug.name, drug.names) for drug in hold(documents).drugs] == [
        ("Rett Syndrome", ["RTT", "RTS"]),
        ("Rett syndrome", ["Atypical"]),
    ]


def test_it_gives_a_document_to_each_of_its_drugs():
    held = hold([make_document("D1", keys=("zostavax", "shingles vaccine"))])

    assert [(answer.content_id, answer.drug_key) for answer in held.answers] == [
        ("D1", "zostavax"),
        ("D1-2", "shingles vaccine"),
    ]
    assert [drug.name for drug in held.drugs] == ["Valium", "shingles vaccine"]
    assert held.documents == {"D1": "D1", "D1-2": "D1"}


def test_it_makes_content_ids_that_are_safe_and_different():
    held = hold([make_document("a b"), make_document("a/b"), make_document("a_b")])

    assert held.documents == {"a_b": "a b", "a_b-2": "a/b", "a_b-3": "a_b"}


def test_it_asks_with_the_answers_first_sentence_where_there_is_no_question():
    [answer] = hold([make_document(question="", answer="It is an opiate. It acts.")]).answers

    assert answer.question == "It is an opiate. It acts."


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("", 10, ""),
        ("One. Two. Three.", 9, "One. Two."),
        ("One. Two. Three.", 99, "One. Two. Three."),
        ("A first sentence too long. Two.", 10, "A first"),
        ("Unbreakable", 5, "Unbre"),
    ],
)
def test_it_takes_as_many_sentences_as_fit(text, most, expected):
    assert first_sentences(text, most) == expected
