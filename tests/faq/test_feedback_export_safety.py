"""Remarks that wait for safety triage: marked in a file, or left out of it."""

import pytest
from django.utils import timezone

from faq.free_texts import REMARK
from faq.models import Remark
from portal.chrome.models import Market
from portal.safety.models import SafetyFlag
from portal.safety.receiving import flagged
from tests import cast
from tests.faq.exporting import export, logged, make_remark, make_version, make_vote, read
from tests.portal.flagging import make_flag

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return make_version(export_flagged="left-out")


def make_flagged(version, text="My patient died after the second dose."):
    remark = make_remark(make_vote(version), text)
    return remark, flagged(REMARK, remark)


def close(flag, state, **told):
    closed = {"closed_at": timezone.now(), "closed_by": cast.safety_officer()}
    SafetyFlag.objects.filter(pk=flag.pk).update(state=state, **closed, **told)


def forwarded(version):
    remark, flag = make_flagged(version)
    close(flag, "forwarded", reference="AE-17")
    return remark


def dismissed(version):
    remark, flag = make_flagged(version, "Clear and short.")
    close(flag, "dismissed", reason="Praise.")
    return remark


def exported():
    content, counts = export("remarks", "jsonl")
    told = {row["remark"]: (row["safety"], row["safety_reference"]) for row in read(content, "jsonl")}
    return told, counts.left_out


def test_words_that_nobody_has_read_for_safety_are_left_out(version):
    likely, harmless = make_flagged(version)[0], make_flagged(version, "Clear and short.")[0]
    unscreened = make_remark(make_vote(version))
    read_one, sent = dismissed(version), forwarded(version)
    assert exported() == ({read_one.pk: ("dismissed", ""), sent.pk: ("forwarded", "AE-17")}, 3)
    assert Remark.objects.filter(pk__in=[likely.pk, harmless.pk, unscreened.pk]).count() == 3


def test_they_are_marked_where_the_market_says_so():
    version = make_version(export_flagged="marked")
    waiting, unscreened = make_flagged(version)[0], make_remark(make_vote(version))
    told, left_out = exported()
    assert told == {waiting.pk: ("open", ""), unscreened.pk: ("none", "")}
    assert left_out == 0


def test_a_market_marks_them_until_it_says_otherwise():
    assert Market().export_flagged == "marked"


def test_each_market_has_its_own_policy(version):
    make_flagged(version)
    marked = make_flagged(make_version("de", "Europe/Berlin", drug="Tarvane"))[0]
    assert exported() == ({marked.pk: ("open", "")}, 1)


def test_a_remark_whose_flag_is_opened_again_is_held_again(version):
    remark, flag = make_flagged(version)
    close(flag, "dismissed", reason="Praise.")
    assert exported()[0] == {remark.pk: ("dismissed", "")}
    SafetyFlag.objects.update(state="open", reason="", closed_at=None, closed_by=None)
    assert exported() == ({}, 1)


def test_votes_are_exported_without_words_whatever_waits(version):
    remark, _ = make_flagged(version)
    [row] = read(export("votes", "jsonl")[0], "jsonl")
    assert (row["vote"], row["remarks"]) == (remark.vote_id, 1)
    assert "died" not in str(row)


def test_how_many_were_left_out_stands_in_the_trail(version):
    make_flagged(version)
    export("remarks", "csv")
    [_, (action, _, told)] = logged()
    assert (action, told["rows"], told["left out"]) == ("exported", 0, 1)


def test_a_flag_of_another_kind_of_row_says_nothing_of_a_remark(version):
    remark = make_remark(make_vote(version))
    make_flag(market=version.faq.market, pk=remark.pk)
    assert exported() == ({}, 1)
