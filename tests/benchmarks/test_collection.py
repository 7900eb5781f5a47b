"""Reading test collections."""

import gzip
import json

from benchmarks import collection


def write(path, *lines):
    written = "\n".join(json.dumps(line) for line in lines) + "\n"
    path.write_bytes(gzip.compress(written.encode()) if path.suffix == ".gz" else written.encode())
    return path


def test_it_reads_documents_about_drugs(tmp_path):
    line = {
        "id": "D1",
        "drug": "Valium",
        "drug_key": "valium",
        "drug_keys": ["diazepam", "valium"],
        "section": "Storage",
    }

    [document] = collection.documents(write(tmp_path / "docs.jsonl", {**line, "answer": "Cool."}))

    assert (document.drug, document.keys) == ("Valium", ("valium", "diazepam"))
    assert (document.question, document.topic, document.answer) == ("Storage", "", "Cool.")


def test_it_takes_the_section_for_the_topic_where_there_is_a_question(tmp_path):
    line = {"id": "D1", "drug": "Abacavir", "section": "usage", "question": "How is it used?", "answer": ""}

    [document] = collection.documents(write(tmp_path / "docs.jsonl.gz", line))

    assert (document.question, document.topic) == ("How is it used?", "usage")


def test_it_reads_documents_about_diseases(tmp_path):
    line = {"id": "D1", "focus": "Rett syndrome", "synonyms": ["RTT"], "qtype": "symptoms", "question": "Which signs?"}

    [document] = collection.documents(write(tmp_path / "docs.jsonl", line))

    assert (document.drug, document.synonyms, document.keys, document.topic) == (
        "Rett syndrome",
        ("RTT",),
        (),
        "symptoms",
    )


def test_it_leaves_out_questions_that_lack_the_field(tmp_path):
    path = write(tmp_path / "queries.jsonl", {"id": "Q1", "text": "a  dose?"}, {"id": "Q2", "long": "Dear Sir"})

    assert [question.text for question in collection.questions(path)] == ["a dose?"]
    assert [question.id for question in collection.questions(path, "long")] == ["Q2"]


def test_it_names_what_a_question_is_about(tmp_path):
    path = write(
        tmp_path / "queries.jsonl",
        {"id": "Q1", "text": "?", "drug": "cyclobenzaprine | benzodiazepine"},
        {"id": "Q2", "text": "?", "focus": ["noonan syndrome"]},
        {"id": "Q3", "text": "?"},
    )

    assert [question.subjects for question in collection.questions(path)] == [
        ("cyclobenzaprine", "benzodiazepine"),
        ("noonan syndrome",),
        (),
    ]


def test_it_keeps_the_better_of_two_grades(tmp_path):
    lines = [{"query_id": "Q1", "doc_id": "D1", "grade": grade} for grade in (1, 3, 2)]

    assert collection.judgements(write(tmp_path / "qrels.jsonl", *lines)) == {"Q1": {"D1": 3}}
