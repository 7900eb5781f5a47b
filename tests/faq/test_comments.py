"""What staff and invited reviewers say about a version, and what becomes of it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from faq import commenting, inviting, publishing
from faq.models import Comment, FaqVersion
from faq.models.workflow import Status
from tests import cast
from tests.factories import make_draft, make_published
from tests.faq.administering import in_review
from tests.faq.previewing import make_invitation

pytestmark = pytest.mark.django_db


def make_comment(version=None, text="Is this right?", by=None, **changes):
    return commenting.comment(version or make_draft(), text, by=by or cast.approver(), **changes)


def make_revised():
    """A published version with an open comment, and the draft that follows it."""
    old = make_published()
    begun = make_comment(old)
    return begun, publishing.revise(old.faq, by=cast.author())


def test_staff_comment_under_their_name():
    begun = make_comment(place="Storage", quote=" Keep  it\n dry. ")
    assert (begun.name, begun.place, begun.quote) == ("Bela", "Storage", "Keep it dry.")
    assert begun.is_open


def test_an_invited_reviewer_comments_under_the_name_of_the_invitation():
    invitation = make_invitation(make_draft(), "Grace Example")
    begun = make_comment(invitation.version, by=invitation)
    assert begun.name == "Grace Example"
    assert begun.author is None


def test_a_reviewer_comments_on_no_other_version_and_not_after_the_link_closed():
    invitation = make_invitation(make_draft())
    with pytest.raises(PermissionDenied):
        make_comment(make_draft(), by=invitation)
    inviting.revoke(invitation, by=cast.author())
    invitation.refresh_from_db()
    with pytest.raises(PermissionDenied):
        make_comment(invitation.version, by=invitation)


def test_whoever_has_no_right_says_nothing():
    for user in (cast.stranger(), cast.feedback_reviewer()):
        with pytest.raises(PermissionDenied):
            make_comment(by=user)


@pytest.mark.parametrize("text", ["", "  \n", "x" * 4001])
def test_a_comment_says_something_and_not_too_much(text):
    with pytest.raises(ValueError, match=r"Write what you mean|at most 4000"):
        make_comment(text=text)


def test_answers_lie_one_level_deep():
    begun = make_comment()
    reply = commenting.answer(begun, "Yes.", by=cast.author())
    assert list(begun.answers.all()) == [reply]
    with pytest.raises(ValueError, match="not another answer"):
        commenting.answer(reply, "Sure?", by=cast.approver())


def test_the_database_refuses_an_answer_to_an_answer():
    begun = make_comment()
    reply = commenting.answer(begun, "Yes.", by=cast.author())
    with pytest.raises(IntegrityError, match="no other answer"), transaction.atomic():
        Comment.objects.create(
            version=begun.version, answers_to=reply, text="Sure?", name="Bela", author=cast.approver()
        )


def test_it_is_resolved_with_a_word_by_somebody_at_a_time():
    begun = make_comment()
    with pytest.raises(ValueError, match="what became"):
        commenting.resolve(begun, by=cast.author(), outcome=" ")
    commenting.resolve(begun, by=cast.author(), outcome="Corrected.")
    begun.refresh_from_db()
    assert (begun.state, begun.closed_by, begun.outcome) == ("resolved", cast.author(), "Corrected.")
    assert begun.closed_at


def test_a_resolved_comment_is_opened_again():
    begun = make_comment()
    commenting.resolve(begun, by=cast.author(), outcome="Corrected.")
    commenting.reopen(begun, by=cast.approver())
    begun.refresh_from_db()
    assert begun.is_open
    assert begun.closed_by is None


def test_it_stays_open_when_the_version_is_sent_back_and_when_the_next_is_begun():
    version = in_review()
    begun = make_comment(version)
    publishing.send_back(version, by=cast.approver(), comment="See the comment.")
    begun.refresh_from_db()
    assert begun.is_open
    published, _ = make_revised()
    published.refresh_from_db()
    assert published.is_open


def test_carried_on_it_opens_on_the_next_version_and_says_where_it_came_from():
    begun, draft = make_revised()
    carried = commenting.carry_on(begun, by=cast.author())
    begun.refresh_from_db()
    assert begun.state == "carried"
    assert (carried.version, carried.carried_from, carried.text, carried.name) == (draft, begun, begun.text, "Bela")
    assert carried.is_open
    with pytest.raises(ValueError, match="closed already"):
        commenting.carry_on(begun, by=cast.author())


def test_without_a_next_version_there_is_nowhere_to_carry_it():
    with pytest.raises(ValueError, match="no later version"):
        commenting.carry_on(make_comment(make_published()), by=cast.author())


def test_an_open_comment_does_not_hold_an_approval():
    version = in_review()
    make_comment(version)
    publishing.approve(version, by=cast.approver())
    version.refresh_from_db()
    assert version.status == Status.APPROVED


def test_one_that_must_be_resolved_does_until_it_is():
    version = in_review()
    begun = make_comment(version, must_be_resolved=True)
    with pytest.raises(publishing.NotReady, match="still open"):
        publishing.approve(version, by=cast.approver())
    commenting.resolve(begun, by=cast.author(), outcome="Corrected.")
    publishing.approve(version, by=cast.approver())


def test_the_database_holds_the_approval_too():
    version = in_review()
    make_comment(version, must_be_resolved=True)
    with pytest.raises(IntegrityError, match="has to be resolved"), transaction.atomic():
        FaqVersion.objects.filter(pk=version.pk).update(status="approved")


def test_only_staff_hold_an_approval_and_only_before_it():
    invitation = make_invitation(make_draft())
    with pytest.raises(PermissionDenied):
        make_comment(invitation.version, by=invitation, must_be_resolved=True)
    with pytest.raises(ValueError, match="approved already"):
        make_comment(make_published(), must_be_resolved=True)


def test_it_is_held_and_released():
    begun = make_comment()
    commenting.hold(begun, by=cast.author(), held=True)
    assert list(Comment.objects.blocking()) == [begun]
    commenting.hold(begun, by=cast.author(), held=False)
    assert not Comment.objects.blocking().exists()


def test_ones_own_comment_is_taken_back_until_somebody_answers():
    begun = make_comment()
    with pytest.raises(PermissionDenied):
        commenting.delete(begun, by=cast.author())
    commenting.delete(begun, by=cast.approver())
    assert not Comment.objects.exists()
    begun = make_comment()
    commenting.answer(begun, "Yes.", by=cast.author())
    with pytest.raises(ValueError, match="stays"):
        commenting.delete(begun, by=cast.approver())


@pytest.mark.parametrize("field", ["text", "name", "quote", "place"])
def test_the_database_never_changes_what_was_said(field):
    begun = make_comment()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Comment.objects.filter(pk=begun.pk).update(**{field: "Something else"})


def test_the_database_deletes_nothing_that_was_answered_or_closed():
    answered, closed = make_comment(), make_comment()
    commenting.answer(answered, "Yes.", by=cast.author())
    commenting.resolve(closed, by=cast.author(), outcome="Done.")
    for begun in (answered, closed):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.filter(pk=begun.pk)._raw_delete("default")
