"""What the tests of exports share: votes and remarks that are always the same, and how a file is read back."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from openpyxl import load_workbook

from faq.feedback_export.formats import FORMATS
from faq.feedback_export.kinds import KINDS
from faq.feedback_export.narrowing import narrowed
from faq.feedback_export.writing import Order, write
from faq.models import Feedback, Remark
from portal.audit.models import Entry
from tests.factories import make_drug, make_faq, make_market, make_published
from tests.portal.auditing import entries

GOLDEN = Path(__file__).parent / "exported"
# In New York it is the evening before, in winter time.
GIVEN = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)
VOTES, REMARKS = "/admin/faq/feedback/", "/admin/faq/remark/"


def make_vote(version, **changes):
    return Feedback.objects.create(**{"version": version, "satisfied": True, "given_at": GIVEN, **changes})


def make_remark(vote, text="Clear.", **changes):
    return Remark.objects.create(**{"vote": vote, "text": text, "written_at": GIVEN, **changes})


def make_version(market="us", zone="America/New_York", **changes):
    site = make_market(market, time_zone=zone, export_flagged=changes.pop("export_flagged", "marked"))
    name = changes.pop("drug", "Lumorix")
    drug = make_drug(site, name=name, slug=name.lower())
    return make_published(make_faq(drug, content_id=f"{market.upper()}_cFAQ_{name.upper()}"), **changes)


def make_cases():
    """Votes and remarks with all that may trouble a file."""
    lumorix, tarvane = make_version(), make_version("de", "Europe/Berlin", drug="Tarvané", question="=Wie lagern?")
    first = make_vote(
        lumorix,
        reasons=["yes-clear", "yes-figures"],
        device="phone",
        searched="-5 °C; =1+1",
        searched_in=lumorix.faq.drug,
    )
    later = GIVEN + timedelta(minutes=5)
    second = make_vote(
        tarvane, satisfied=False, reasons=["no-other"], changed_at=later, given_at=GIVEN.replace(month=7)
    )
    make_vote(lumorix, satisfied=False, suspicion="flood", given_at=later)
    make_remark(first, '=HYPERLINK("https://evil.example","click")')
    make_remark(first, 'Two lines,\n@once; =2+2 "quoted" – größer ≥ 5 µg 😀', written_at=later)
    make_remark(second, "\u3000＝cmd|' /C calc'!A0")


def export(kind, form, **given):
    """The bytes of a file, and how many rows are in it."""
    taken, told = io.BytesIO(), {name: str(value) for name, value in given.items()}
    counts = write(Order(KINDS[kind], form, narrowed(KINDS[kind], given), told), taken.write, lambda _counts: None)
    return taken.getvalue(), counts


def read(content, form):
    """The rows of a file by the names of their columns."""
    if form == "csv":
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    if form == "jsonl":
        return [json.loads(line) for line in content.decode().split("\n") if line]
    names, *rows = load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def logged(**wanted):
    """What the trail tells of exports, from the oldest on."""
    entries()
    found = Entry.objects.filter(kind__in=["faq_feedback", "faq_remark"], **wanted).order_by("position")
    return [(entry.action, entry.actor, entry.after) for entry in found]


def numbers(content, form="jsonl", name="vote"):
    return sorted(int(row[name]) for row in read(content, form))


ALL_FORMATS = list(FORMATS)
