"""Files of votes and remarks: what stands in them, and what the trail tells of them."""

import io
import tracemalloc
from datetime import date, timedelta

import pytest
from django.db import connection
from openpyxl import load_workbook

from faq.feedback_export import dictionary, formats, writing
from faq.feedback_export.kinds import KINDS, Counts, rows
from faq.feedback_export.narrowing import Unknown, narrowed
from faq.feedback_export.writing import Order, write
from faq.models import Feedback, Remark
from tests import cast
from tests.faq.exporting import (
    ALL_FORMATS,
    GIVEN,
    GOLDEN,
    export,
    logged,
    make_cases,
    make_remark,
    make_version,
    make_vote,
    numbers,
    read,
)

pytestmark = pytest.mark.django_db

# What differs from run to run: numbers of rows, of which the database has its own.
NUMBERED = ("vote", "remark")


def masked(kind, content):
    """The text of a file with the places of its rows for their numbers."""
    places = {}
    for name, model in (("vote", Feedback), ("remark", Remark)):
        places[name] = {pk: n for n, pk in enumerate(model.objects.order_by("pk").values_list("pk", flat=True), 1)}
    told = []
    for row in content:
        told.append({key: places[key][int(value)] if key in NUMBERED else value for key, value in row.items()})
    return told


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize("form", ALL_FORMATS)
def test_it_writes_what_it_always_wrote(kind, form):
    make_cases()
    content, _ = export(kind, form)
    golden = GOLDEN / f"{kind}.{form}.txt"
    told = "".join(f"{row}\n" for row in masked(kind, read(content, form)))
    assert told == golden.read_text(), "look at the file, and write it anew if this is what it should be"


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_dictionary_tells_what_it_always_told(kind):
    assert dictionary.csv_file(KINDS[kind]).decode() == (GOLDEN / f"{kind}-dictionary.csv").read_bytes().decode()


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize("form", ALL_FORMATS)
def test_every_column_of_a_file_stands_in_its_dictionary(kind, form):
    make_cases()
    content, _ = export(kind, form)
    told = [name for part, name, *_ in dictionary.lines(KINDS[kind]) if part == "column"]
    assert list(read(content, form)[0]) == told


def test_a_csv_file_is_one_that_excel_opens_right():
    make_cases()
    content, _ = export("remarks", "csv")
    assert content.startswith(b"\xef\xbb\xbfremark,text,")
    assert "größer ≥ 5 µg 😀".encode() in content
    assert content.count(b"\r\n") == 4


def test_json_lines_hold_words_exactly_as_typed():
    make_cases()
    content, _ = export("remarks", "jsonl")
    assert {row["text"] for row in read(content, "jsonl")} == set(Remark.objects.values_list("text", flat=True))


def test_a_workbook_computes_nothing_and_explains_itself():
    make_cases()
    book = load_workbook(io.BytesIO(export("remarks", "xlsx")[0]))
    assert book.sheetnames == ["Remarks", "Data dictionary"]
    assert {cell.data_type for page in book for line in page for cell in line} <= {"s", "n", "d"}
    told = {row[1]: row[3] for row in book["Data dictionary"].iter_rows(values_only=True)}
    assert told["number of rows"] == 3
    assert told["safety_reference"] == "Reference number at the safety department."


@pytest.mark.parametrize(
    ("zone", "told", "day"),
    [
        ("America/New_York", "2026-11-23T22:30:00-05:00", "2026-11-23"),
        ("Europe/Berlin", "2026-11-24T04:30:00+01:00", "2026-11-24"),
        ("Asia/Kolkata", "2026-11-24T09:00:00+05:30", "2026-11-24"),
        ("UTC", "2026-11-24T03:30:00+00:00", "2026-11-24"),
    ],
)
def test_times_are_those_of_the_market(zone, told, day):
    make_vote(make_version(zone=zone))
    [row] = read(export("votes", "csv")[0], "csv")
    assert (row["given_at"], row["day"], row["time_zone"]) == (told, day, zone)


def test_it_says_nothing_of_who_the_visitor_is():
    make_vote(make_version(), visitor="a" * 32, origin="b" * 32)
    for form in ALL_FORMATS:
        [row] = read(export("votes", form)[0], form)
        assert not {"a" * 32, "b" * 32} & set(map(str, row.values()))


def test_what_was_forgotten_stays_forgotten():
    make_remark(make_vote(make_version()), "", forgotten_at=GIVEN)
    [row] = read(export("remarks", "jsonl")[0], "jsonl")
    assert (row["text"], row["forgotten_at"]) == ("", "2026-11-23T22:30:00-05:00")


@pytest.mark.parametrize(
    ("given", "fits"),
    [
        ({}, bool),
        ({"market": "us"}, lambda vote: vote.version.faq.market.code == "us"),
        ({"drug": "lumorix"}, lambda vote: vote.version.faq.drug.slug == "lumorix"),
        ({"answer": "DE_cFAQ_TARVANE"}, lambda vote: vote.version.faq.content_id == "DE_cFAQ_TARVANE"),
        ({"answer-version": 2}, lambda vote: vote.version.number == 2),
        ({"from": date(2026, 11, 23)}, lambda vote: vote.day >= date(2026, 11, 23)),
        ({"to": date(2026, 11, 23)}, lambda vote: vote.day <= date(2026, 11, 23)),
        ({"satisfied": "no"}, lambda vote: not vote.satisfied),
        ({"reason": "no-other"}, lambda vote: "no-other" in vote.reasons),
        ({"device": "phone"}, lambda vote: vote.device == "phone"),
        ({"suspect": "no"}, lambda vote: not vote.is_suspect),
        ({"suspect": "yes"}, lambda vote: vote.is_suspect),
        ({"suspect": "flood"}, lambda vote: vote.suspicion == "flood"),
        ({"market": "us", "satisfied": "no"}, lambda vote: not vote.satisfied and vote.version.faq.market.code == "us"),
    ],
)
def test_a_filter_takes_the_votes_and_the_remarks_that_fit(given, fits):
    versions = make_version(), make_version("de", "Europe/Berlin", drug="Tarvane")
    votes = [
        make_vote(version, satisfied=satisfied, reasons=reasons, device=device, suspicion=why, given_at=GIVEN - ago)
        for version in versions
        for satisfied, reasons in ((True, ["yes-other"]), (False, ["no-other"]))
        for device, why, ago in (("phone", "", timedelta(0)), ("tablet", "flood", timedelta(days=1)))
    ]
    remarks = {make_remark(vote).pk: vote for vote in votes}
    for vote in votes:
        vote.refresh_from_db()
    assert numbers(export("votes", "jsonl", **given)[0]) == sorted(vote.pk for vote in votes if fits(vote))
    found = numbers(export("remarks", "jsonl", **given)[0], name="remark")
    assert found == sorted(pk for pk, vote in remarks.items() if fits(vote))


def test_remarks_are_narrowed_by_what_reviewers_made_of_them():
    vote = make_vote(make_version())
    read_one = make_remark(vote, state="read", handled_by=cast.feedback_reviewer(), handled_at=GIVEN)
    mine = make_remark(vote, assigned_to=cast.feedback_reviewer())
    assert numbers(export("remarks", "jsonl", state="read")[0], name="remark") == [read_one.pk]
    assert numbers(export("remarks", "jsonl", **{"assigned-to": "chen"})[0], name="remark") == [mine.pk]


@pytest.mark.parametrize("given", [{"market": "xx"}, {"drug": "nothing"}, {"answer": "NONE"}, {"state": "new"}])
def test_it_refuses_a_filter_that_names_nothing(given):
    with pytest.raises(Unknown):
        narrowed(KINDS["votes"], given)


def test_rows_come_from_a_cursor_of_the_database_a_few_at_a_time(monkeypatch):
    version = make_version()
    make_vote(version)
    connection.check_constraints()
    monkeypatch.setattr("faq.feedback_export.kinds.BATCH", 2)
    opened, chunked = [], connection.chunked_cursor
    monkeypatch.setattr(connection, "chunked_cursor", lambda: opened.append(chunked()) or opened[0])
    assert len(list(rows(KINDS["votes"], Feedback.objects.all(), Counts()))) == 1
    assert opened[0].cursor.name is not None


@pytest.mark.parametrize("form", ALL_FORMATS)
def test_memory_does_not_grow_with_the_number_of_rows(form):
    held = {"number": 1, "yes or no": True, "list": ["x" * 50], "date": GIVEN.date()}
    row = [held.get(column.type, "x" * 100) for column in KINDS["votes"].columns]
    tracemalloc.start()
    try:
        formats.FORMATS[form].write(KINDS["votes"], (row for _ in range(20_000)), dict, len)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 5 * 2**20


def test_an_export_is_told_by_how_it_began_and_how_it_ended():
    make_cases()
    order = Order(
        KINDS["votes"], "csv", narrowed(KINDS["votes"], {"market": "us"}), {"market": "us"}, cast.administrator()
    )
    write(order, len, lambda _counts: None)
    (begun, who, told), (ended, _, result) = logged()
    assert (begun, ended, who) == ("export begun", "exported", "Emil (emil)")
    assert (told["file"], told["format"], told["filter"]) == ("votes", "CSV", {"market": "us"})
    assert (result["rows"], result["left out"]) == (2, 0)


@pytest.mark.parametrize("problem", [ConnectionError("gone"), KeyboardInterrupt(), GeneratorExit(), SystemExit(1)])
@pytest.mark.parametrize("form", ALL_FORMATS)
def test_an_export_that_breaks_off_is_told_too(form, problem):
    make_cases()

    def take(_piece):
        raise problem

    with pytest.raises(type(problem)):
        write(Order(KINDS["votes"], form, narrowed(KINDS["votes"], {}), {}), take, lambda _counts: None)
    [_, (ended, who, told)] = logged()
    assert (ended, who, told["rows"]) == ("export broken off", "", 3)
    assert type(problem).__name__ in told["because"]


def test_it_tells_how_far_it_is_at_a_steady_pace(monkeypatch):
    make_cases()
    monkeypatch.setattr(writing, "PACE", -1)
    monkeypatch.setattr(writing, "LOOK", 1)
    heard = []
    write(Order(KINDS["votes"], "csv", narrowed(KINDS["votes"], {}), {}), len, lambda counts: heard.append(counts.done))
    assert heard == [1, 2, 3, 3]
