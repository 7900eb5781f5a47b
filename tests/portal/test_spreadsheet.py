"""Rows for spreadsheets: what would compute, what must not change, and what is left behind."""

import csv
import io
import os
import tempfile
from datetime import date
from itertools import count

import pytest
from openpyxl import load_workbook

from portal.lib.spreadsheet import PREFIX, Sheet, csv_lines, safe, write_workbook

SIGNS = ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
BEFORE = ["", " ", "\t", "\r", "\n", "\r\n", "\u00a0", "\u3000", "\u200b", "\ufeff", " \u200e "]
HARMLESS = ["", "a=b", "1 - 2", "mail@example.com", "'=1", "%0A=1", "µg/ml", "é=", "(-1)"]


def csv_of(*row):
    return "".join(csv_lines([row]))


def workbook(*sheets, **limits):
    taken = io.BytesIO()
    write_workbook(sheets, taken.write, **limits)
    return load_workbook(taken)


def temporary():
    folder = tempfile.gettempdir()
    return {path for path in os.listdir(folder) if path.startswith(PREFIX)}


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("sign", SIGNS)
def test_it_takes_what_computes_for_text(before, sign):
    typed = f"{before}{sign}cmd|' /C calc'!A0"
    assert safe(typed) == f"'{typed}"
    [row] = csv.reader(io.StringIO(csv_of(typed).removeprefix("\ufeff"), newline=""))
    assert row[0].startswith("'")
    cell = workbook(Sheet("Said", ["text"], [[typed]])).active["A2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")


@pytest.mark.parametrize("typed", ["\tx", "\rx", "\nx"])
def test_it_takes_what_begins_with_a_break_for_text(typed):
    assert safe(typed) == f"'{typed}"


@pytest.mark.parametrize("typed", HARMLESS)
def test_it_leaves_harmless_words_alone(typed):
    assert safe(typed) == typed


@pytest.mark.parametrize("number", [0, -1, 1.5, -2.25, None])
def test_it_leaves_numbers_alone(number):
    assert safe(number) is number
    assert csv_of(number).strip('\ufeff\r\n"') == ("" if number is None else str(number))
    assert workbook(Sheet("Said", ["number"], [[number]])).active["A2"].value == number


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("so;=1+1", "so;'=1+1"),
        ('so; "=1+1', "so; \"'=1+1"),
        ("first\n=1+1", "first\n'=1+1"),
        ("first\r\n@SUM(1)", "first\r\n'@SUM(1)"),
        ("first\t+1", "first\t'+1"),
        ("nausea; vomiting\nsince Monday", "nausea; vomiting\nsince Monday"),
        ("5-10 mg, -1", "5-10 mg, -1"),
    ],
)
def test_no_cell_begins_with_a_formula_where_semicolons_separate(typed, written):
    [[_, found]] = csv.reader(io.StringIO(csv_of("x", typed).removeprefix("\ufeff"), newline=""))
    assert found == written


def test_what_a_semicolon_reads_never_begins_with_a_formula():
    text = csv_of("a", "so;=1+1", "line\n=2+2").removeprefix("\ufeff")
    cells = [cell.strip().strip('"') for line in text.splitlines() for cell in line.split(";")]
    assert not [cell for cell in cells if cell.startswith(tuple(SIGNS))]


def test_a_workbook_shows_addresses_and_keeps_days():
    page = workbook(Sheet("Said", ["a", "b"], [["https://example.com", date(2026, 11, 23)]])).active
    assert page["A2"].hyperlink is None
    assert page["B2"].value.date() == date(2026, 11, 23)
    assert page["B2"].number_format == "yyyy-mm-dd"
    assert page.freeze_panes == "A2"


def test_a_table_goes_on_in_a_further_sheet():
    book = workbook(Sheet("Votes", ["number"], ([n] for n in range(1, 6))), Sheet("About", ["x"], []), last_row=2)
    assert book.sheetnames == ["Votes", "Votes 2", "Votes 3", "About"]
    assert [[cell.value for cell in book[name]["A"]] for name in book.sheetnames[:3]] == [
        ["number", 1, 2],
        ["number", 3, 4],
        ["number", 5],
    ]


def test_nothing_is_left_behind_by_a_workbook_that_broke_off():
    def rows():
        for number in count():
            if number == 5000:
                raise ConnectionError("gone")
            yield [number]

    before, taken = temporary(), []
    with pytest.raises(ConnectionError, match="gone"):
        write_workbook([Sheet("Votes", ["number"], rows())], taken.append)
    assert temporary() == before
    assert taken == []


def test_what_a_killed_process_left_is_deleted_after_a_day(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    fresh, old = tmp_path / f"{PREFIX}fresh", tmp_path / f"{PREFIX}old"
    fresh.mkdir(), old.mkdir()
    os.utime(old, (0, 0))
    workbook(Sheet("Votes", ["number"], []))
    assert list(tmp_path.iterdir()) == [fresh]
