import gzip
import io
import json
import sys

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError

from faq.models import Drug, FaqVersion, Reference
from tests.factories import make_market
from tests.faq.importing import full, load, minimal

pytestmark = pytest.mark.django_db


def test_a_dry_run_says_what_would_happen_and_changes_nothing():
    printed = load(full(), minimal(), dry_run=True)
    assert printed.startswith(
        "Would import: 2 new answers, 0 changed answers, 0 unchanged, 0 repeated, 0 bad, 2 new drugs"
    )
    assert (Drug.objects.count(), FaqVersion.objects.count(), Reference.objects.count()) == (0, 0, 0)


def test_bad_rows_can_be_skipped_with_all_that_they_say():
    load(full())
    row = full(what_changed="Without a new number.")
    row["drug"]["summary"] = "Must not count."
    printed = load(row, minimal(), skip_bad=True)
    assert "1 new answer, 0 changed answers, 0 unchanged, 0 repeated, 1 bad" in printed
    assert Drug.objects.get(slug="examplomab").summary == "An invented antibody."


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not JSON: Expecting property name"),
        (b"[1]", "not one JSON object on one line"),
        (b'{"drug": "\xff"}', "not UTF-8: byte 0xff at position 11"),
        (b'{"a": 1, "a": 2}', "the key 'a' stands twice in one object"),
        (b'{"a": NaN}', "not JSON: NaN is no number"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_a_line_that_is_no_json_object_is_a_bad_row(tmp_path, capsys, line, reason):
    make_market()
    path = tmp_path / "answers.jsonl"
    path.write_bytes(json.dumps(minimal()).encode() + b"\n\n" + line + b"\n")
    with pytest.raises(CommandError):
        call_command("import_answers", str(path))
    complaint = capsys.readouterr().err
    assert complaint.startswith("line 3: ")
    assert reason in complaint
    assert not FaqVersion.objects.exists()


def test_it_reads_gzip_whatever_the_file_is_called(tmp_path):
    make_market()
    (tmp_path / "answers").write_bytes(gzip.compress(b"\xef\xbb\xbf" + json.dumps(minimal()).encode()))
    call_command("import_answers", str(tmp_path / "answers"))
    assert FaqVersion.objects.published().count() == 1


def test_it_reads_standard_input(monkeypatch):
    make_market()
    stream = io.TextIOWrapper(io.BufferedReader(io.BytesIO(gzip.compress(json.dumps(minimal()).encode()))))
    monkeypatch.setattr(sys, "stdin", stream)
    call_command("import_answers", "-")
    assert FaqVersion.objects.get().imported_from == "standard input, approved before import"


@pytest.mark.parametrize(
    "content",
    [gzip.compress(b"{}" * 500)[:-9], gzip.compress(b"{}")[:6], b"\x1f\x8b\x00\x00junk"],
    # Named, for the bytes hold the time and every worker would name the tests differently.
    ids=["cut short", "header alone", "no gzip at all"],
)
def test_damaged_gzip_is_one_clear_error(tmp_path, content):
    make_market()
    (tmp_path / "a.gz").write_bytes(content)
    with pytest.raises(CommandError, match=r"a\.gz: the gzip data are damaged.*Nothing was changed"):
        call_command("import_answers", str(tmp_path / "a.gz"))


def test_a_missing_file_is_one_clear_error():
    make_market()
    with pytest.raises(CommandError, match=r"nowhere\.jsonl: No such file or directory"):
        call_command("import_answers", "nowhere.jsonl")


@pytest.mark.parametrize("options", [{"market": "xx"}, {"map": ["drugs=focus"]}, {"default": ["drug"]}])
def test_options_that_make_no_sense_are_refused(options):
    with pytest.raises(CommandError, match=r"There is no market 'xx'|write FIELD=VALUE"):
        load(minimal(), **options)


def test_it_says_so_when_there_is_no_market(tmp_path):
    with pytest.raises(CommandError, match="There is no market"):
        call_command("import_answers", str(tmp_path / "a.jsonl"))


def test_an_import_that_others_overtake_says_so(monkeypatch):
    monkeypatch.setattr("faq.imports.writing.publishing.publish_imported", _overtaken)
    with pytest.raises(CommandError, match="Somebody changed the same content meanwhile"):
        load(minimal())


def _overtaken(_cited):
    raise IntegrityError("one_published_version_per_faq")


def test_it_writes_many_answers_in_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(70):
        load(*(minimal(question=f"Question {number}?", drug=f"Drug {number}") for number in range(400)))
