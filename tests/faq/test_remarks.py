"""What staff do to remarks: each verb does what it says to those that it fits, and to no others."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from faq import remarks, reviewing
from faq.models import Feedback, Remark, ReviewRequest, Tally
from tests import cast
from tests.factories import make_drug, make_faq, make_market, make_published
from tests.faq.remarking import make_remark, make_vote, state_of

pytestmark = pytest.mark.django_db
SOON = timedelta(days=7)


def suspicion_of(remark):
    return Feedback.objects.get(remarks=remark).suspicion


def tallied(version):
    found = Tally.objects.filter(version=version, number__gt=0)
    return {tally.standing: tally.number for tally in found}


def ask(chosen, **changes):
    fields = {"reason": "Say it.", "due": timezone.localdate() + SOON, "by": cast.feedback_reviewer()}
    return remarks.ask_review(chosen, **{**fields, **changes})


def test_it_marks_what_is_new_as_read_and_says_by_whom():
    reviewer, new, spam = cast.feedback_reviewer(), make_remark(), make_remark()
    remarks.mark_spam([spam], by=reviewer)
    assert remarks.mark_read([new, spam], by=reviewer) == [new]
    new.refresh_from_db()
    assert (new.state, new.handled_by, new.handled_at.date()) == ("read", reviewer, timezone.now().date())
    assert remarks.mark_read([new], by=cast.administrator()) == []
    assert state_of(spam) == "spam"


def test_spam_takes_its_vote_out_of_the_score():
    remark = make_remark()
    remarks.mark_spam([remark], by=cast.feedback_reviewer())
    assert (state_of(remark), suspicion_of(remark)) == ("spam", "spam")
    assert tallied(remark.vote.version) == {"suspect": 1}


def test_spam_leaves_to_a_vote_why_it_was_suspect_already():
    remark = make_remark(suspicion="crowd")
    remarks.mark_spam([remark], by=cast.feedback_reviewer())
    assert suspicion_of(remark) == "crowd"


def test_a_vote_counts_again_once_somebody_vouches_for_it():
    reviewer, remark = cast.feedback_reviewer(), make_remark()
    other = make_remark(vote=remark.vote, text="And more.")
    remarks.mark_spam([remark, other], by=reviewer)
    assert remarks.vouch([remark], by=reviewer) == [remark]
    remark.vote.refresh_from_db()
    assert (remark.vote.suspicion, remark.vote.vouched_by) == ("", reviewer)
    assert (state_of(remark), state_of(other)) == ("read", "read")
    assert tallied(remark.vote.version) == {"counted": 1}


def test_somebody_vouches_for_a_suspect_vote_whose_words_nobody_read_yet():
    remark, plain = make_remark(suspicion="flood"), make_remark()
    assert remarks.vouch([remark, plain], by=cast.feedback_reviewer()) == [remark]
    assert (state_of(remark), suspicion_of(remark)) == ("new", "")


def test_a_vote_that_was_vouched_for_may_still_turn_out_to_be_spam():
    reviewer, remark = cast.feedback_reviewer(), make_remark(suspicion="crowd")
    remarks.vouch([remark], by=reviewer)
    remarks.mark_spam([remark], by=reviewer)
    remark.vote.refresh_from_db()
    assert (remark.vote.suspicion, remark.vote.vouched_by) == ("spam", None)


def test_it_vouches_for_votes_without_words():
    suspect, counted = make_vote(suspicion="crowd"), make_vote()
    assert remarks.vouch_for_votes([suspect, counted], by=cast.feedback_reviewer()) == [suspect]
    assert not Feedback.objects.suspect().exists()


def test_a_duplicate_names_its_original_and_is_handled():
    first, again, third = make_remark(), make_remark(), make_remark()
    done = remarks.mark_duplicates([again, third, first], original=first, by=cast.feedback_reviewer())
    assert done == [again, third]
    assert set(first.duplicates.all()) == {again, third}
    assert (state_of(first), state_of(again)) == ("new", "duplicate")


def test_duplicates_always_point_to_the_first_of_all():
    reviewer, one, two, three = cast.feedback_reviewer(), make_remark(), make_remark(), make_remark()
    remarks.mark_duplicates([three], original=two, by=reviewer)
    remarks.mark_duplicates([two], original=one, by=reviewer)
    assert set(one.duplicates.all()) == {two, three}
    four = make_remark()
    remarks.mark_duplicates([four], original=three, by=reviewer)
    assert set(one.duplicates.all()) == {two, three, four}


def test_no_remark_is_a_duplicate_of_itself_of_spam_or_in_a_circle():
    reviewer, one, two, spam = cast.feedback_reviewer(), make_remark(), make_remark(), make_remark()
    remarks.mark_spam([spam], by=reviewer)
    remarks.mark_duplicates([two], original=one, by=reviewer)
    for chosen, original in (([one], one), ([one], spam), ([one], two)):
        with pytest.raises(remarks.NotPossible):
            remarks.mark_duplicates(chosen, original=original, by=reviewer)
    assert (state_of(one), state_of(two)) == ("new", "duplicate")


def test_a_remark_of_another_market_is_no_duplicate():
    german, first, again = (
        make_remark(make_published(make_faq(make_drug(make_market("de"))))),
        make_remark(),
        make_remark(),
    )
    with pytest.raises(remarks.NotPossible, match=f"Remark {german.pk} is from another market than no. {first.pk}"):
        remarks.mark_duplicates([german, again], original=first, by=cast.feedback_reviewer())
    assert {state_of(german), state_of(again)} == {"new"}


def repeat(remark, first):
    """Marks a duplicate past the verb."""
    handled = {"handled_by": cast.feedback_reviewer(), "handled_at": timezone.now()}
    Remark.objects.filter(pk=remark.pk).update(state="duplicate", duplicate_of=first, **handled)


def test_the_database_refuses_a_remark_that_is_a_duplicate_of_itself():
    remark = make_remark()
    with pytest.raises(IntegrityError, match="a_remark_is_no_duplicate_of_itself"):
        repeat(remark, remark)


def test_the_database_refuses_a_duplicate_of_a_duplicate_and_so_a_circle():
    one, two, three = make_remark(), make_remark(), make_remark()
    repeat(two, one)
    for remark, first, why in ((three, two, "is a duplicate itself"), (one, three, "others are its duplicates")):
        with pytest.raises(IntegrityError, match=why), transaction.atomic():
            repeat(remark, first)
    with pytest.raises(IntegrityError, match="is a duplicate itself"):
        repeat(one, two)


def test_the_database_refuses_a_duplicate_across_markets():
    german = make_remark(make_published(make_faq(make_drug(make_market("de")))))
    with pytest.raises(IntegrityError, match="is from another market"):
        repeat(german, make_remark())


def test_it_gives_remarks_to_somebody_and_takes_them_back():
    reviewer, remark = cast.feedback_reviewer(), make_remark()
    assert remarks.assign([remark], to=reviewer, by=reviewer) == [remark]
    assert remarks.assign([remark], to=reviewer, by=reviewer) == []
    assert remarks.assign([remark], to=None, by=reviewer) == [remark]
    assert Remark.objects.get().assigned_to is None


@pytest.mark.parametrize("person", ["author", "inquiry_handler", "stranger"])
def test_it_gives_remarks_to_nobody_who_may_not_sort_them(person):
    with pytest.raises(remarks.NotPossible):
        remarks.assign([make_remark()], to=getattr(cast, person)(), by=cast.feedback_reviewer())


def test_what_was_read_or_a_duplicate_may_be_new_again_but_no_spam():
    reviewer, read, again, spam = cast.feedback_reviewer(), make_remark(), make_remark(), make_remark()
    remarks.mark_read([read], by=reviewer)
    remarks.mark_duplicates([again], original=read, by=reviewer)
    remarks.mark_spam([spam], by=reviewer)
    assert remarks.reopen([read, again, spam], by=reviewer) == [read, again]
    again.refresh_from_db()
    assert (again.state, again.duplicate_of, again.handled_by) == ("new", None, None)
    assert state_of(spam) == "spam"


def test_it_asks_for_one_review_of_each_answer_and_links_the_remarks():
    version, reviewer = make_published(), cast.feedback_reviewer()
    here, there, elsewhere = make_remark(version), make_remark(version), make_remark()
    assert ask([here, there, elsewhere]) == [here, there, elsewhere]
    asked = ReviewRequest.objects.get(faq=version.faq)
    assert set(asked.remarks.all()) == {here, there}
    assert (asked.cause, asked.reason, asked.asked_by) == ("asked", "Say it.", reviewer)
    assert ReviewRequest.objects.count() == 2
    assert {state_of(remark) for remark in (here, there, elsewhere)} == {"read"}


def test_it_asks_no_second_time_while_the_first_is_open():
    remark, spam = make_remark(), make_remark()
    remarks.mark_spam([spam], by=cast.feedback_reviewer())
    ask([remark])
    with pytest.raises(remarks.NotPossible):
        ask([remark, spam])
    reviewing.close(ReviewRequest.objects.get(), outcome="It stays.", by=cast.approver())
    assert ask([remark, spam]) == [remark]
    assert ReviewRequest.objects.count() == 2


@pytest.mark.parametrize("changes", [{"reason": "  "}, {"due": timezone.localdate() - SOON}])
def test_a_review_has_a_reason_and_a_day_that_is_to_come(changes):
    remark = make_remark()
    with pytest.raises(remarks.NotPossible):
        ask([remark], **changes)
    assert (ReviewRequest.objects.exists(), state_of(remark)) == (False, "new")


@pytest.mark.parametrize("person", ["author", "approver", "inquiry_handler", "stranger"])
def test_nobody_else_sorts_what_visitors_wrote(person):
    by, remark = getattr(cast, person)(), make_remark()
    later = timezone.localdate() + SOON
    for verb, words in (
        (remarks.mark_read, {}),
        (remarks.mark_spam, {}),
        (remarks.vouch, {}),
        (remarks.reopen, {}),
        (remarks.assign, {"to": None}),
        (remarks.mark_duplicates, {"original": make_remark()}),
        (remarks.ask_review, {"reason": "So.", "due": later}),
    ):
        with pytest.raises(PermissionDenied):
            verb([remark], **words, by=by)
    with pytest.raises(PermissionDenied):
        remarks.vouch_for_votes([remark.vote], by=by)
    assert state_of(remark) == "new"
