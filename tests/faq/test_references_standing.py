"""A reference that falls: who may say so, what is asked for, and what then goes no further."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from faq import publishing, rendering, sources, standing
from faq.models import FaqVersion, Reference, ReviewRequest
from faq.models.workflow import Status
from tests import cast
from tests.factories import make_draft, make_figure, make_published, make_reference
from tests.faq.administering import approved, in_review

pytestmark = pytest.mark.django_db
CITED = '<p>So it is.<cite data-ref="doe"></cite></p>'
DUE = date(2027, 1, 31)


@pytest.fixture
def doe():
    return make_reference("doe")


def retract(reference, by=cast.approver, **changes):
    return standing.retract(reference, **{"by": by(), "reason": "Data were made up.", "due": DUE, **changes})


def supersede(reference, successor, by=cast.author, **changes):
    return standing.supersede(
        reference, successor, **{"by": by(), "reason": "Longer follow-up.", "due": DUE, **changes}
    )


def test_a_review_is_asked_of_each_question_that_is_read_or_written(doe):
    read, idle = make_published(body=CITED), make_published()
    draft = make_draft(body="<p>No.</p>")
    make_figure(draft, sources=(doe,))
    old = make_published(body=CITED)
    make_published(old.faq)
    requests = retract(doe)
    assert {request.faq for request in requests} == {read.faq, draft.faq}
    assert {(request.cause, request.reference, request.due) for request in requests} == {("reference", doe, DUE)}
    assert requests[0].reason == "doe was retracted: Data were made up."
    assert not ReviewRequest.objects.filter(faq=idle.faq).exists()


def test_it_says_who_when_and_why(doe):
    retract(doe, notice_url="https://example.org/notice")
    stored = Reference.objects.get(pk=doe.pk)
    assert (stored.standing, stored.standing_by, stored.standing_reason) == (
        "retracted",
        cast.approver(),
        "Data were made up.",
    )
    assert stored.standing_at is not None


@pytest.mark.parametrize("by", [cast.author, cast.feedback_reviewer])
def test_it_is_retracted_by_those_alone_who_may_withdraw(doe, by):
    with pytest.raises(PermissionDenied):
        retract(doe, by=by)


def test_it_is_superseded_by_authors_too_but_not_by_everybody(doe):
    supersede(doe, make_reference("newer"))
    with pytest.raises(PermissionDenied):
        supersede(make_reference(), make_reference(), by=cast.feedback_reviewer)


@pytest.mark.parametrize("reason", ["", " \n"])
def test_it_wants_a_reason(doe, reason):
    with pytest.raises(ValueError, match="Say why"):
        retract(doe, reason=reason)


def test_nothing_takes_its_own_place_or_that_of_one_that_stands_no_more(doe):
    newer = make_reference("newer")
    with pytest.raises(ValueError, match="itself"):
        supersede(doe, doe)
    retract(newer)
    with pytest.raises(standing.NotCurrent):
        supersede(doe, newer)
    with pytest.raises(standing.NotCurrent):
        retract(newer)


def test_one_that_was_superseded_may_be_retracted_too_and_taken_back(doe):
    supersede(doe, make_reference("newer"))
    retract(doe)
    with pytest.raises(PermissionDenied):
        standing.reinstate(doe, by=cast.author())
    standing.reinstate(doe, by=cast.approver())
    stored = Reference.objects.get(pk=doe.pk)
    assert (stored.standing, stored.successor, stored.standing_reason) == ("current", None, "")


def test_no_version_is_submitted_approved_or_published_with_a_retracted_source(doe):
    draft, waiting, ready = make_draft(body=CITED), in_review(body=CITED), approved(body=CITED)
    retract(doe)
    for verb, version, by in (
        (publishing.submit, draft, cast.author()),
        (publishing.approve, waiting, cast.approver()),
        (publishing.publish, ready, cast.approver()),
    ):
        with pytest.raises(publishing.NotReady, match="'doe' was retracted: Data were made up"):
            verb(version, by=by)


@pytest.mark.parametrize("figure", [False, True])
def test_the_database_refuses_the_same(doe, figure):
    draft = make_draft(body="<p>No.</p>" if figure else CITED)
    if figure:
        make_figure(draft, sources=(doe,))
    retract(doe)
    versions = FaqVersion.objects.filter(pk=draft.pk)
    with pytest.raises(DatabaseError, match="cites doe, which was retracted"), transaction.atomic():
        versions.update(status=Status.IN_REVIEW)


def test_the_database_refuses_to_publish_what_was_approved_before(doe):
    ready = approved(body=CITED)
    retract(doe)
    with pytest.raises(DatabaseError, match="which was retracted"), transaction.atomic():
        publishing.publish_all([FaqVersion.objects.with_parts().get(pk=ready.pk)])


def test_one_that_was_published_can_still_be_withdrawn_and_corrected(doe):
    first = make_published(body=CITED)
    retract(doe)
    assert make_published(first.faq, body="<p>No source.</p>").status == Status.PUBLISHED
    second = make_published(body="<p>x</p>")
    publishing.withdraw(second, by=cast.approver(), reason="Wrong.")


def test_a_superseded_source_is_a_warning_that_names_the_successor(doe):
    supersede(doe, make_reference("newer"))
    draft = make_draft(body=CITED)
    wording = rendering.wording_of(draft)
    assert sources.warnings(wording) == ["Reference 'doe' was superseded by 'newer': Longer follow-up."]
    assert make_published(draft=draft).status == Status.PUBLISHED


def test_the_warning_names_the_last_of_several_successors(doe):
    second, third = make_reference("second"), make_reference("third")
    supersede(doe, second)
    supersede(second, third)
    assert "superseded by 'third'" in sources.warnings(rendering.wording_of(make_draft(body=CITED)))[0]


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"standing": "gone", "standing_reason": "x"}, "reference_standing_is_known"),
        ({"standing": "retracted"}, "a_reference_that_fell_says_why_and_when"),
        ({"standing": "superseded", "standing_reason": "x"}, "only_a_superseded_reference_has_a_successor"),
    ],
)
def test_the_database_knows_what_a_standing_needs(doe, changes, constraint):
    rows = Reference.objects.filter(pk=doe.pk)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        rows.update(**{"standing_at": "2026-01-01T00:00Z", **changes} if "standing_reason" in changes else changes)
