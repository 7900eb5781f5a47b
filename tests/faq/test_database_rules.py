"""What the database refuses, whoever asks: the ORM, a queryset, or plain SQL."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model

from faq.models import Category, Citation, Drug, Faq, FaqVersion, Figure, Image, RelatedResource, Signature
from faq.models.figure import FigureSource
from faq.models.workflow import MOVES, Status
from portal.accounts.models import User
from tests.cast import approver, superuser
from tests.factories import (
    make_category,
    make_draft,
    make_drug,
    make_faq,
    make_figure,
    make_image,
    make_market,
    make_published,
    make_reference,
    make_resource,
)

pytestmark = pytest.mark.django_db

SEAL = "0" * 64
CITED = '<p>It is so.<cite data-ref="doe-2024"></cite></p>'


@pytest.fixture
def published() -> FaqVersion:
    reference = make_reference("doe-2024")
    draft = make_draft(short_answer=CITED, body='<figure data-figure="curve"></figure>')
    make_figure(draft, sources=(reference,))
    make_resource(draft)
    return make_published(draft=draft)


def assert_refused(action, message: str) -> None:
    with pytest.raises(DatabaseError, match=message), transaction.atomic():
        action()


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_published_wording_refuses_an_update_through_a_queryset(published):
    versions = FaqVersion.objects.filter(pk=published.pk)
    assert_refused(lambda: versions.update(body="<p>Else.</p>"), "cannot be changed")


def test_published_wording_refuses_save(published):
    published.question = "Something else?"
    assert_refused(published.save, "cannot be changed")


@pytest.mark.parametrize("column", ["question", "short_answer", "rendered_body", "content_sha256", "approved_at"])
def test_published_wording_refuses_plain_sql(published, column):
    value = "'2001-01-01'" if column == "approved_at" else "'x'"
    assert_refused(
        lambda: run(f"UPDATE faq_faqversion SET {column} = {value} WHERE id = %s", published.pk), "cannot be changed"
    )


def test_a_published_version_refuses_delete_by_object_queryset_and_sql(published):
    assert_refused(lambda: FaqVersion.objects.filter(pk=published.pk).delete(), "Cannot delete")
    assert_refused(published.delete, "Cannot delete")
    assert_refused(lambda: run("DELETE FROM faq_faqversion WHERE id = %s", published.pk), "cannot be")


@pytest.mark.parametrize("model", [Figure, Citation, RelatedResource])
def test_parts_of_a_published_version_refuse_update_and_delete(published, model: type[Model]):
    parts = model.objects.filter(version=published)
    field = {"Figure": "title", "Citation": "number", "RelatedResource": "title"}[model.__name__]
    assert parts.exists()
    assert_refused(lambda: parts.update(**{field: 7}), "cannot be changed")
    assert_refused(lambda: parts.delete(), "cannot be changed")
    assert_refused(
        lambda: run(f"DELETE FROM {model._meta.db_table} WHERE version_id = %s", published.pk), "cannot be changed"
    )


def test_sources_of_a_published_figure_refuse_update_and_delete(published):
    links = FigureSource.objects.filter(figure__version=published)
    other = make_reference()
    assert_refused(lambda: links.update(reference=other), "cannot be changed")
    assert_refused(lambda: run("DELETE FROM faq_figuresource"), "cannot be changed")


def test_a_published_version_refuses_a_new_part(published):
    assert_refused(lambda: make_figure(published, key="late"), "cannot be changed")
    assert_refused(lambda: make_resource(published), "cannot be changed")


def test_a_part_cannot_move_from_a_draft_into_a_published_version(published):
    figure = make_figure(make_draft(), key="other")
    assert_refused(lambda: Figure.objects.filter(pk=figure.pk).update(version=published), "cannot be changed")


def test_an_image_never_changes_and_stays_while_a_figure_shows_it(published):
    image = published.figures.get().image
    assert_refused(lambda: Image.objects.filter(pk=image.pk).update(content=b"other"), "refused")

    def delete() -> None:
        run("DELETE FROM faq_image WHERE sha256 = %s", image.pk)
        run("SET CONSTRAINTS ALL IMMEDIATE")

    assert_refused(delete, "foreign key")


def test_an_image_that_nothing_shows_may_be_deleted():
    image = make_image()
    image.delete()
    assert not Image.objects.filter(pk=image.pk).exists()


def test_superseded_and_withdrawn_versions_are_as_frozen_as_published_ones(published):
    run("UPDATE faq_faqversion SET status = 'superseded', superseded_at = now() WHERE id = %s", published.pk)
    assert_refused(lambda: FaqVersion.objects.filter(pk=published.pk).update(what_changed="x"), "cannot be changed")
    assert_refused(lambda: FaqVersion.objects.filter(pk=published.pk).update(status="published"), "no move leads")
    assert_refused(lambda: run("DELETE FROM faq_faqversion WHERE id = %s", published.pk), "cannot be")


def test_a_move_out_of_published_cannot_carry_a_change_of_wording(published):
    assert_refused(
        lambda: FaqVersion.objects.filter(pk=published.pk).update(status="superseded", question="New?"),
        "cannot be changed",
    )


def test_approved_wording_refuses_an_edit_until_it_is_a_draft_again():
    draft = make_draft(imported_from="elsewhere")
    move(draft, "in_review")
    move(draft, "approved")
    assert_refused(lambda: FaqVersion.objects.filter(pk=draft.pk).update(body="<p>x</p>"), "body cannot be changed")
    assert_refused(lambda: make_figure(draft, key="late"), "cannot be changed")
    FaqVersion.objects.filter(pk=draft.pk).update(status="draft", body="<p>x</p>")
    assert FaqVersion.objects.get(pk=draft.pk).body == "<p>x</p>"


def test_a_version_under_review_refuses_an_edit():
    draft = make_draft()
    move(draft, "in_review")
    assert_refused(
        lambda: FaqVersion.objects.filter(pk=draft.pk).update(question="Other?"), "question cannot be changed"
    )


@pytest.mark.parametrize("status", ["published", "superseded", "withdrawn"])
def test_no_version_is_born_published(status):
    faq = make_faq()
    row = FaqVersion(faq=faq, number=1, status=status, question="Q?", imported_from="x", content_sha256="x")
    assert_refused(row.save, "only by a move")


@pytest.mark.parametrize("source", list(Status))
@pytest.mark.parametrize("target", list(Status))
def test_the_database_knows_the_same_moves_as_the_code(source: Status, target: Status):
    with connection.cursor() as cursor:
        cursor.execute("SELECT faq_move_is_legal(%s, %s)", [source, target])
        legal = cursor.fetchone()[0]
    assert legal == (source == target or target in MOVES[source])


def test_one_question_has_one_published_version(published):
    other = FaqVersion.objects.create(faq=published.faq, question="Again?", imported_from="elsewhere")
    move(other, "in_review")
    move(other, "approved")
    assert_refused(lambda: move(other, "published"), "one_published_version_per_faq")


def test_one_question_has_one_open_version():
    draft = make_draft()
    assert_refused(lambda: FaqVersion.objects.create(faq=draft.faq, question="Again?"), "one_open_version_per_faq")


def test_the_author_cannot_be_written_in_as_approver():
    draft = make_draft()
    move(draft, "in_review")
    assert_refused(lambda: move(draft, "approved", approver_id=draft.author_id), "nobody approves what they wrote")
    assert_refused(
        lambda: FaqVersion.objects.filter(pk=draft.pk).update(approver=draft.author_id), "the_author_never_approves"
    )


def test_no_writer_can_be_written_in_as_approver():
    draft = make_draft()
    draft.writers.add(superuser())
    move(draft, "in_review")
    assert_refused(lambda: move(draft, "approved", approver_id=superuser().pk), "nobody approves what they wrote")
    sign(draft)
    move(draft, "approved", approver_id=approver().pk)
    assert FaqVersion.objects.get(pk=draft.pk).status == "approved"


@pytest.mark.parametrize("status", ["in_review", "approved", "published"])
def test_who_wrote_is_settled_once_a_version_leaves_draft(status):
    draft = make_draft()
    draft.writers.add(superuser())
    for step in ("in_review", "approved", "published"):
        if step == "approved":
            sign(draft)
        move(draft, step, **({"approver_id": approver().pk} if step == "approved" else {}))
        if step == status:
            break
    assert_refused(lambda: draft.writers.clear(), "cannot be changed")
    assert_refused(lambda: draft.writers.add(approver()), "cannot be changed")
    assert_refused(lambda: run("UPDATE faq_faqversion_writers SET user_id = %s", approver().pk), "cannot be changed")


def test_a_draft_that_is_deleted_takes_the_names_of_its_writers_along():
    draft = make_draft()
    draft.writers.add(superuser())
    draft.delete()
    assert not FaqVersion.writers.through.objects.exists()


def test_nothing_is_published_without_an_approval():
    draft = make_draft()
    move(draft, "in_review")
    assert_refused(
        lambda: FaqVersion.objects.filter(pk=draft.pk).update(status="approved"), "has not signed what would be"
    )


def test_a_withdrawal_says_why(published):
    assert_refused(lambda: move(published, "withdrawn"), "a_withdrawn_version_says_why")


def test_a_content_id_is_unique_in_its_market_and_free_in_another():
    faq = make_faq()
    elsewhere = make_drug(market=make_market("uk"))
    make_faq(elsewhere, content_id=faq.content_id)
    assert_refused(lambda: make_faq(faq.drug, content_id=faq.content_id), "content_id_is_unique_in_its_market")


def test_a_drug_cannot_be_called_answers():
    assert_refused(lambda: make_drug(slug="answers"), "drug_slug_is_not_reserved")


def test_markets_never_mix():
    here, there = make_category(make_market("us")), make_category(make_market("uk"))
    drug = make_drug(category=here)

    def move_category() -> None:
        Drug.objects.filter(pk=drug.pk).update(category=there)
        run("SET CONSTRAINTS ALL IMMEDIATE")

    def move_faq() -> None:
        Faq.objects.filter(pk=make_faq(drug).pk).update(market=there.market)
        run("SET CONSTRAINTS ALL IMMEDIATE")

    assert_refused(move_category, "drug_is_in_the_market_of_its_category")
    assert_refused(move_faq, "faq_is_in_the_market_of_its_drug")
    assert Category.objects.count() == 2


def test_truncate_is_refused_where_its_guard_stands():
    run("ALTER TABLE faq_faqversion ENABLE TRIGGER faqversion_is_never_truncated")
    assert_refused(lambda: run("TRUNCATE faq_faqversion CASCADE"), "refused")


def test_there_is_one_default_market():
    make_market("us")
    with pytest.raises(IntegrityError, match="one_default_market"), transaction.atomic():
        make_market("uk", is_default=True)


def sign(version: FaqVersion, signer: User | None = None, **changes: object) -> Signature:
    """A signature by plain insertion, past the verb that asks for the right to approve."""
    signer = signer or approver()
    fields = {"signer_name": str(signer), "meaning": "I approve it.", "sha256": SEAL, **changes}
    return Signature.objects.create(version=version, signer=signer, **fields)


def move(version: FaqVersion, status: str, **changes: object) -> None:
    """A move by plain update, past every verb, with the least that the constraints ask for."""
    if status == "in_review" and not version.imported_from:
        changes = {"submitted_at": "2026-01-01T00:00Z", **changes}
    if status == "approved":
        changes = {"approved_at": "2026-01-01T00:00Z", "content_sha256": SEAL, **changes}
    if status == "published":
        changes = {"published_at": "2026-01-01T00:00Z", **changes}
    FaqVersion.objects.filter(pk=version.pk).update(status=status, **changes)
