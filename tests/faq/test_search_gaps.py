"""Questions that found no answer wait for somebody, each once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from faq.search import gaps, log
from faq.search.models import SearchGap
from tests import cast
from tests.factories import make_drug, make_market
from tests.faq.searching import miss

pytestmark = pytest.mark.django_db


def test_it_lists_a_question_once_and_counts_how_often_it_was_asked():
    miss("Does it glow in the dark?")
    miss("in the dark, does it glow")
    gap = SearchGap.objects.get()
    assert (gap.text, gap.asked, gap.state) == ("Does it glow in the dark?", 2, "open")
    assert gap.first_asked == gap.last_asked == log.today()


def test_it_lists_nothing_that_found_an_answer():
    log.asked("Does it glow?", make_market(), None, total=1, answered=True)
    assert not SearchGap.objects.exists()


def test_it_tells_drugs_apart_and_a_drug_from_all_of_them():
    one, other = make_drug(), make_drug()
    for drug in (None, one, other, one, None):
        miss(drug=drug)
    assert dict(SearchGap.objects.values_list("drug", "asked")) == {None: 2, one.pk: 2, other.pk: 1}


def test_the_database_knows_a_gap_once():
    miss()
    gap = SearchGap.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        SearchGap.objects.create(
            market=gap.market, text="x", key=gap.key, first_asked=gap.first_asked, last_asked=gap.last_asked
        )


@pytest.mark.parametrize("state", ["phrased", "synonym", "drafted"])
def test_what_was_handled_and_still_finds_nothing_waits_again(state):
    miss()
    gaps.handle(SearchGap.objects.get(), state, by=cast.author())
    assert SearchGap.objects.get().state == state
    miss()
    gap = SearchGap.objects.open().get()
    assert (gap.asked, gap.handled_by) == (2, cast.author())


def test_what_was_dismissed_stays_so_and_is_counted():
    miss()
    gaps.handle(SearchGap.objects.get(), "dismissed", by=cast.author(), note="Not about our medicines.")
    miss()
    gap = SearchGap.objects.get()
    assert (gap.state, gap.asked, gap.note) == ("dismissed", 2, "Not about our medicines.")


def test_it_is_opened_again_after_a_mistake():
    miss()
    gaps.handle(SearchGap.objects.get(), "dismissed", by=cast.author(), note="Spam")
    gaps.reopen(SearchGap.objects.get())
    assert SearchGap.objects.get().state == "open"


def test_handling_says_what_was_done():
    miss()
    with pytest.raises(ValueError, match="reopen"):
        gaps.handle(SearchGap.objects.get(), "open", by=cast.author())
    with pytest.raises(IntegrityError), transaction.atomic():
        SearchGap.objects.update(state="dismissed")


def test_it_notes_when_a_gap_was_first_and_last_asked():
    miss()
    yesterday = log.today() - timedelta(days=1)
    SearchGap.objects.update(first_asked=yesterday, last_asked=yesterday)
    miss()
    gap = SearchGap.objects.get()
    assert (gap.first_asked, gap.last_asked) == (yesterday, log.today())


def test_a_clock_that_runs_behind_turns_no_day_back():
    miss()
    gap = SearchGap.objects.get()
    gaps.count(gap.text, gap.key, gap.market, None, log.today() - timedelta(days=1))
    gap.refresh_from_db()
    assert (gap.asked, gap.last_asked) == (2, log.today())
