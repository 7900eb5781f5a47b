"""Imported questions that lead on: to the same one in other markets, and to what replaces them."""

import pytest

from faq import exports, publishing
from faq.models import Drug, Faq, FaqVersion
from tests import cast
from tests.factories import make_faq, make_market, make_published
from tests.faq.importing import full, load, refused

pytestmark = pytest.mark.django_db


def row(content_id, **changes):
    """A full row of its own number, with nothing that two rows may not share."""
    number = 5000 + sum(map(ord, content_id))
    return full(content_id=content_id, number=number, common_id="", figures=[], body="<p>So.</p>", **changes)


def faq_of(content_id, market="us"):
    return Faq.objects.get(market__code=market, content_id=content_id)


def test_it_takes_over_the_common_id():
    load(full())
    assert Faq.objects.get().common_id == "examplomab-storage"
    assert "1 unchanged" in load(full(common_id="storage"))
    assert Faq.objects.get().common_id == "storage"


@pytest.mark.parametrize("said", ["", None])
def test_an_empty_field_takes_nothing_away(said):
    load(full(), row("B", replaced_by=full()["content_id"]))
    load(full(common_id=said), row("B", replaced_by=said))
    assert faq_of(full()["content_id"]).common_id == "examplomab-storage"
    assert faq_of("B").replaced_by


def test_two_markets_share_a_common_id():
    make_market("de", language_tag="de-DE")
    load(full(), full(market="de"))
    assert Faq.objects.filter(common_id="examplomab-storage").count() == 2


def test_a_common_id_belongs_to_one_question_of_a_market():
    make_faq(content_id="HELD", common_id="examplomab-storage")
    assert "the common ID examplomab-storage belongs to HELD" in refused(full())


def test_two_rows_do_not_share_a_common_id():
    said = refused(full(), {**row("B"), "common_id": "examplomab-storage"})
    assert "differs from line 1, which has the same common ID examplomab-storage" in said


@pytest.mark.parametrize("order", [1, -1])
def test_it_leads_to_the_replacement_in_whatever_order_they_come(order):
    load(*[row("A", replaced_by="B"), row("B")][::order])
    assert faq_of("A").replaced_by == faq_of("B")
    assert faq_of("B").replaced_by is None


def test_it_leads_to_a_replacement_that_was_there_before():
    load(row("B"))
    load(row("A", replaced_by="B"))
    assert "0 new answers, 0 changed answers, 1 unchanged" in load(row("A", replaced_by="B"))
    assert faq_of("A").replaced_by == faq_of("B")


def test_a_question_that_is_there_can_be_led_elsewhere():
    load(row("A", replaced_by="B"), row("B"), row("C"))
    load(row("A", replaced_by="C"))
    assert faq_of("A").replaced_by == faq_of("C")
    assert FaqVersion.objects.count() == 3


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ("NOBODY", "replaced_by: there is no question NOBODY"),
        ("A", "replaced_by: is this question itself"),
        ("b c", "replaced_by: 'b c' does not have the form"),
        ("ELSEWHERE", "replaced_by: there is no question ELSEWHERE"),
    ],
)
def test_it_refuses_a_replacement_that_is_none(other, reason):
    make_market("de", language_tag="de-DE")
    load(row("ELSEWHERE", market="de"))
    assert reason in refused(row("A", replaced_by=other))


def test_a_bad_replacement_is_none_either():
    assert "replaced_by: there is no question B" in refused(row("A", replaced_by="B"), row("B", label_status="x"))


def test_an_exported_row_says_both():
    faq = make_faq(common_id="storage")
    version = make_published(faq)
    publishing.withdraw(version, by=cast.approver(), reason="Outdated.", replaced_by=make_faq(content_id="NEW"))
    exported = exports.as_row(exports.for_export(FaqVersion.objects.filter(pk=version.pk)).get())
    assert (exported["common_id"], exported["replaced_by"]) == ("storage", "NEW")
    assert exports.faq(make_faq())["common_id"] == exports.faq(make_faq())["replaced_by"] == ""


def test_a_changed_drug_says_when_it_changed():
    load(full())
    Drug.objects.update(updated_at="2026-01-05T12:00Z")
    load(full())
    assert Drug.objects.get().updated_at.year == 2026
    assert Drug.objects.get().updated_at.month == 1
    changed = full()
    changed["drug"]["boxed_warning"] = "New."
    load(changed)
    assert (Drug.objects.get().updated_at - FaqVersion.objects.get().published_at).total_seconds() > 0
