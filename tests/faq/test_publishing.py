"""The verbs that move versions."""

import pytest
from django.core.exceptions import PermissionDenied

from faq import checklist, permissions, publishing, rendering
from faq.models import FaqVersion
from faq.models.workflow import IllegalMove, Status
from faq.search import index
from faq.search.models import SearchEntry
from tests.cast import administrator, approver, author, stranger, superuser
from tests.factories import make_draft, make_faq, make_figure, make_published, make_reference, make_resource

pytestmark = pytest.mark.django_db


def status(version: FaqVersion) -> str:
    return FaqVersion.objects.get(pk=version.pk).status


def approved(**changes) -> FaqVersion:
    version = make_draft(**changes)
    publishing.submit(version, by=author())
    publishing.approve(version, by=approver())
    return version


def test_a_draft_is_submitted_approved_and_published():
    version = approved()
    publishing.publish(version, by=approver())
    assert status(version) == Status.PUBLISHED
    assert FaqVersion.objects.get(pk=version.pk).published_at


def test_nobody_approves_what_they_wrote_not_even_a_superuser():
    version = make_draft(author=superuser())
    publishing.submit(version, by=author())
    with pytest.raises(PermissionDenied):
        publishing.approve(version, by=superuser())
    assert status(version) == Status.IN_REVIEW


@pytest.mark.parametrize("person", [administrator, superuser])
def test_nobody_approves_what_they_wrote_in_even_where_another_began_it(person):
    version = make_draft(author=author())
    publishing.write(version, by=person())
    publishing.submit(version, by=person())
    assert not permissions.may_approve(person(), version)
    with pytest.raises(PermissionDenied, match="wrote themselves"):
        publishing.approve(version, by=person())
    publishing.approve(version, by=approver())
    assert status(version) == Status.APPROVED


def test_a_writer_stays_one_when_the_version_is_sent_back_and_rewritten_by_others():
    version = make_draft(author=author())
    publishing.write(version, by=administrator())
    publishing.submit(version, by=author())
    publishing.send_back(version, by=approver(), comment="Cite the label.")
    publishing.write(version, by=author())
    publishing.submit(version, by=author())
    with pytest.raises(PermissionDenied):
        publishing.approve(version, by=administrator())


def test_who_begins_a_revision_is_its_writer():
    assert publishing.revise(make_published().faq, by=administrator()).writers.get() == administrator()


def test_nobody_writes_in_a_version_that_left_draft():
    version = make_draft()
    publishing.submit(version, by=author())
    with pytest.raises(publishing.NotDraft, match="is in review"):
        publishing.write(version, by=author())


@pytest.mark.parametrize("person", [author, stranger])
def test_only_an_approver_approves(person):
    version = make_draft(author=administrator())
    publishing.submit(version, by=administrator())
    with pytest.raises(PermissionDenied):
        publishing.approve(version, by=person())


def test_a_draft_cannot_be_published_past_review():
    with pytest.raises(IllegalMove):
        publishing.publish(make_draft(), by=approver())


def test_approval_binds_the_hash_of_what_will_be_shown():
    make_reference("doe")
    version = approved(body='<p>x<cite data-ref="doe"></cite></p>')
    stored = FaqVersion.objects.get(pk=version.pk)
    assert len(stored.content_sha256) == 64
    assert stored.approver == approver()
    assert 'href="#ref-1"' in stored.rendered_body
    assert [citation.reference.key for citation in stored.citations.all()] == ["doe"]


def test_it_approves_only_what_the_approver_was_shown():
    version = make_draft()
    publishing.submit(version, by=author())
    with pytest.raises(publishing.ShownDiffers, match="Read it again"):
        publishing.approve(version, by=approver(), shown="0" * 64)
    stored = FaqVersion.objects.with_parts().get(pk=version.pk)
    assert (stored.status, stored.content_sha256, stored.approver) == (Status.IN_REVIEW, "", None)
    publishing.render(stored, rendering.wording_of(stored))
    publishing.approve(version, by=approver(), shown=stored.content_sha256)
    assert status(version) == Status.APPROVED


def test_reopening_an_approved_version_voids_its_approval():
    version = approved()
    publishing.reopen(version, by=author())
    stored = FaqVersion.objects.get(pk=version.pk)
    assert (stored.status, stored.approver, stored.approved_at, stored.content_sha256) == ("draft", None, None, "")


def test_a_version_sent_back_says_why():
    version = make_draft()
    publishing.submit(version, by=author())
    with pytest.raises(ValueError, match="Say what"):
        publishing.send_back(version, by=approver(), comment=" ")
    publishing.send_back(version, by=approver(), comment="Cite the label.")
    assert FaqVersion.objects.get(pk=version.pk).review_comment == "Cite the label."


def test_publishing_supersedes_the_version_before_and_moves_the_index():
    first = make_published()
    second = publishing.revise(first.faq, by=author())
    FaqVersion.objects.filter(pk=second.pk).update(question="Newly worded?", what_changed="The wording.")
    publishing.submit(second, by=author())
    publishing.approve(second, by=approver())
    publishing.publish(second, by=approver())
    assert (status(first), status(second)) == (Status.SUPERSEDED, Status.PUBLISHED)
    assert SearchEntry.objects.get(faq=first.faq).version == second


def test_withdrawing_takes_the_answer_out_of_the_index_at_once():
    version = make_published()
    publishing.withdraw(version, by=approver(), reason="The label changed.")
    assert status(version) == Status.WITHDRAWN
    assert not SearchEntry.objects.filter(faq=version.faq).exists()


def test_a_withdrawal_needs_a_reason_and_the_right():
    version = make_published()
    with pytest.raises(ValueError, match="Say why"):
        publishing.withdraw(version, by=approver(), reason="")
    with pytest.raises(PermissionDenied):
        publishing.withdraw(version, by=author(), reason="x")
    assert status(version) == Status.PUBLISHED


def test_a_failure_while_publishing_leaves_everything_as_it_was(monkeypatch):
    first = make_published()
    second = publishing.revise(first.faq, by=author())
    FaqVersion.objects.filter(pk=second.pk).update(what_changed="The wording.")
    publishing.submit(second, by=author())
    publishing.approve(second, by=approver())

    def fail(_versions):
        raise RuntimeError("the index broke")

    monkeypatch.setattr(index, "refresh", fail)
    with pytest.raises(RuntimeError):
        publishing.publish(second, by=approver())
    assert (status(first), status(second)) == (Status.PUBLISHED, Status.APPROVED)
    assert SearchEntry.objects.get(faq=first.faq).version == first


def test_a_revision_begins_with_everything_of_the_version_before():
    reference = make_reference("doe")
    draft = make_draft(body='<figure data-figure="curve"></figure>')
    make_figure(draft, sources=(reference,))
    make_resource(draft)
    before = make_published(draft=draft)
    revision = publishing.revise(before.faq, by=author())
    assert revision.number == 2
    assert revision.body == before.body
    assert [figure.sources.get() for figure in revision.figures.all()] == [reference]
    assert revision.resources.count() == before.resources.count() == 1
    assert before.figures.count() == 1


def test_one_question_is_revised_once_at_a_time():
    draft = make_draft()
    with pytest.raises(IllegalMove):
        publishing.revise(draft.faq, by=author())


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"short_answer": ""}, "short answer is missing"),
        ({"last_reviewed": None}, "last review is missing"),
        ({"next_review": None}, "next review is missing"),
        ({"number": 2}, "What changed since the version before is missing"),
        ({"body": '<p>x<cite data-ref="nobody"></cite></p>'}, "No reference has the key 'nobody'"),
        ({"body": '<figure data-figure="none"></figure>'}, "No figure has the key 'none'"),
        ({"body": '<p><span data-xref="none"></span></p>'}, "refers to a figure 'none'"),
    ],
)
def test_an_unready_draft_is_refused_with_what_it_lacks(changes, problem):
    version = make_draft(**changes)
    with pytest.raises(publishing.NotReady, match=problem):
        publishing.submit(version, by=author())
    assert status(version) == Status.DRAFT


def test_a_figure_must_be_placed_once_and_described():
    version = make_draft(body='<figure data-figure="curve"></figure><figure data-figure="curve"></figure>')
    make_figure(version, description="")
    make_figure(version, key="lost")
    found = " ".join(checklist.problems(version))
    assert "'curve' is placed twice" in found
    assert "'curve' has no description" in found
    assert "'lost' is never placed" in found


def test_a_faq_without_versions_gets_an_empty_first_draft():
    revision = publishing.revise(make_faq(), by=author())
    assert (revision.number, revision.status) == (1, Status.DRAFT)
