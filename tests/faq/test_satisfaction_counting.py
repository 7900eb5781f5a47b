"""The figures of the desk, against votes that are counted one by one."""

from collections import Counter
from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone

from faq import voting
from faq.models import Feedback
from faq.satisfaction import counting, votes
from faq.satisfaction.score import Score
from faq.satisfaction.spans import period_called, span
from faq.satisfaction.weeks import monday
from tests.factories import make_drug, make_faq, make_market, make_published
from tests.faq.remarking import make_votes

pytestmark = pytest.mark.django_db

WORDS = ("Storage", "storage", "dose in renal impairment", "half-life", "")


@pytest.fixture
def market():
    """One with votes of every kind over two years, beside another one."""
    market = make_market()
    elsewhere = make_published(make_faq(make_drug(make_market("de"))))
    versions = [elsewhere, make_published(), make_published(), make_published()]
    kinds = product(enumerate(versions), (0, 5, 29, 31, 100, 500), WORDS, ("", "", "crowd"))
    for number, ((place, version), days, searched, suspicion) in enumerate(kinds):
        # Of the last version only suspect votes.
        changes = {"searched": searched, "suspicion": "crowd" if place == 3 else suspicion}
        given_at = timezone.now() - timedelta(days=days)
        make_votes(version, yes=number % 3, no=number % 2 + (searched == "Storage"), given_at=given_at, **changes)
        voting.turn_away(version, satisfied=bool(number % 2))
    return market


def one_by_one(market, within):
    """The votes of a market, as they are stored."""
    stored = Feedback.objects.filter(version__faq__market=market)
    return [vote for vote in stored if within.holds(vote.day)]


def scored(found):
    """The score of each key of pairs of key and vote, where any of them count."""
    scores = {}
    for key, vote in found:
        scores[key] = scores.get(key, Score()) + Score(int(vote.satisfied), int(not vote.satisfied))
    return scores


@pytest.mark.parametrize("period", ["30", "90", "365", "all"])
def test_sums_are_those_of_single_votes(market, period):
    within = span(period_called(period), timezone.now(), market.time_zone)
    stored = one_by_one(market, within)
    counted = [vote for vote in stored if not vote.suspicion]
    found = counting.summed(within, counting.of_market(market.pk))
    assert {key: score for key, score in found.versions.items() if score.number} == scored(
        (vote.version_id, vote) for vote in counted
    )
    assert set(found.versions) == {vote.version_id for vote in stored}
    assert {week: score for week, score in found.weeks.items() if score.number} == scored(
        (monday(vote.day), vote) for vote in counted
    )
    assert found.total.score == scored((None, vote) for vote in counted)[None]
    assert found.total.suspect == scored((None, vote) for vote in stored if vote.suspicion)[None]
    assert found.total.turned_away.number == 270
    assert counting.total(within, counting.of_market(market.pk)) == found.total


@pytest.mark.parametrize("period", ["30", "all"])
@pytest.mark.parametrize("unsatisfied", [True, False])
def test_searches_are_those_of_single_votes(market, period, unsatisfied):
    within = span(period_called(period), timezone.now(), market.time_zone)
    counted = [vote for vote in one_by_one(market, within) if vote.searched and not vote.suspicion]
    scores = scored((vote.searched.lower(), vote) for vote in counted)
    order = Counter({text: score.no if unsatisfied else score.number for text, score in scores.items()})
    found = votes.searches(votes.counted(within, version__in=counting.of_market(market.pk)), unsatisfied=unsatisfied)
    assert {search.text: search.score for search in found} == scores
    assert [order[search.text] for search in found] == sorted(order.values(), reverse=True)
