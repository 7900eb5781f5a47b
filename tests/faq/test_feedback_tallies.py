"""How many votes there are is kept by the database; what visitors wrote is kept from everybody."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Count

from faq.models import Feedback, Remark, Tally
from tests.factories import make_drug, make_faq, make_market, make_published

pytestmark = pytest.mark.django_db


def tallies():
    """What is counted, by day, answer and standing."""
    rows = Tally.objects.filter(number__gt=0).values_list("version", "day", "satisfied", "standing", "number")
    return {row[:-1]: row[-1] for row in rows}


def votes():
    """The same, counted one by one."""
    rows = Feedback.objects.values_list("version", "day", "satisfied", "suspicion").annotate(number=Count("pk"))
    found = {}
    for version, day, satisfied, suspicion, number in rows.order_by():
        key = (version, day, satisfied, "suspect" if suspicion else "counted")
        found[key] = found.get(key, 0) + number
    return found


def make_votes():
    versions = [make_published(), make_published()]
    made = [
        Feedback(version=version, satisfied=number % 3 > 0, given_at=datetime(2026, 5, 1 + number % 4, tzinfo=UTC))
        for version in versions
        for number in range(20)
    ]
    # The database sets the day.
    for vote in made:
        vote.day = datetime(1970, 1, 1).date()
    return Feedback.objects.bulk_create(made)


def test_votes_are_tallied_as_they_come_one_by_one_and_many_at_once():
    version = make_published()
    Feedback.objects.create(version=version, satisfied=True)
    assert [*tallies().values()] == [1]
    make_votes()
    assert tallies() == votes()
    assert sum(tallies().values()) == 41


def test_tallies_follow_every_change():
    made = make_votes()
    Feedback.objects.filter(satisfied=True).update(satisfied=False, reasons=[])
    assert tallies() == votes()
    Feedback.objects.filter(pk__in=[vote.pk for vote in made[:15]]).update(suspicion="spam")
    assert tallies() == votes()
    Feedback.objects.update(suspicion="")
    assert tallies() == votes()
    Feedback.objects.filter(pk__in=[vote.pk for vote in made[5:30]]).delete()
    assert tallies() == votes()


def test_what_changes_no_answer_changes_no_tally():
    make_votes()
    before = tallies()
    Feedback.objects.update(reasons=[], visitor=None, origin=None, device="phone")
    assert tallies() == before


def test_a_day_is_that_of_the_market():
    market = make_market("us", time_zone="America/New_York")
    version = make_published(make_faq(make_drug(market)))
    vote = Feedback.objects.create(version=version, satisfied=True, given_at=datetime(2026, 5, 2, 3, 59, tzinfo=UTC))
    vote.refresh_from_db()
    assert str(vote.day) == str(Tally.objects.get().day) == "2026-05-01"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE faq_remark SET text = 'Something else'",
        "UPDATE faq_remark SET text = ''",
        "UPDATE faq_remark SET written_at = written_at - interval '1 day'",
        "DELETE FROM faq_remark",
        "DELETE FROM faq_feedback",
    ],
)
def test_what_a_visitor_wrote_is_neither_changed_nor_deleted(statement):
    vote = Feedback.objects.create(version=make_published(), satisfied=False)
    Remark.objects.create(vote=vote, text="She fainted.")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(statement)
    assert Remark.objects.get().text == "She fainted."


@pytest.mark.parametrize(
    ("satisfied", "reasons"), [(True, ["no-unclear"]), (False, ["no-unclear", "yes-clear"]), (True, ["invented"])]
)
def test_reasons_of_the_other_answer_are_refused(satisfied, reasons):
    version = make_published()
    with pytest.raises(DatabaseError, match="reasons_fit_the_vote"), transaction.atomic():
        Feedback.objects.create(version=version, satisfied=satisfied, reasons=reasons)


def test_a_second_vote_of_a_visitor_on_a_version_is_refused():
    version = make_published()
    Feedback.objects.create(version=version, satisfied=True, visitor="a")
    with pytest.raises(DatabaseError, match="a_visitor_votes_once"), transaction.atomic():
        Feedback.objects.create(version=version, satisfied=True, visitor="a")


def test_a_text_beyond_its_length_is_refused():
    vote = Feedback.objects.create(version=make_published(), satisfied=True)
    with pytest.raises(DatabaseError, match="a_remark_has_words"), transaction.atomic():
        Remark.objects.create(vote=vote, text="x" * 4001)
