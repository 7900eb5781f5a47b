"""Attempts to show visitors what nobody approved: by the admin, the verbs, the ORM and SQL."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from faq import publishing
from faq.models import Citation, FaqVersion, Figure, Image, Reference, RelatedResource, Signature
from faq.models.figure import FigureSource
from faq.models.workflow import IllegalMove, Status
from portal.accounts import roles
from tests import cast
from tests.factories import make_draft, make_faq, make_figure, make_image, make_published, make_reference, make_resource
from tests.faq.administering import LIST, approved, data_of, in_review, page, press, status_of
from tests.faq.test_admin_moves import shown_in

pytestmark = pytest.mark.django_db

BODY = '<p>So.<cite data-ref="doe"></cite></p><figure data-figure="curve"></figure>'


def refused(action, message=""):
    with pytest.raises((DatabaseError, PermissionDenied, IllegalMove), match=message), transaction.atomic():
        action()


def sql(statement, *values):
    def run():
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    return run


def rows(version):
    return FaqVersion.objects.filter(pk=version.pk)


def whole(approve=True):
    """A version with a figure, a source and a resource, approved by the approver."""
    version = make_draft(body=BODY)
    make_figure(version, sources=(make_reference("doe"),))
    make_resource(version)
    publishing.submit(version, by=cast.author())
    if approve:
        publishing.approve(version, by=cast.approver())
    return version


def sign(version, signer, seal):
    fields = {"signer_name": str(signer), "meaning": "I approve it.", "sha256": seal}
    return Signature.objects.create(version=version, signer=signer, **fields)


@pytest.fixture
def own():
    """A version that the superuser wrote, in review."""
    version = make_draft(author=cast.superuser())
    publishing.submit(version, by=cast.superuser())
    return version


def test_a_superuser_approves_nothing_of_their_own_in_the_admin(root, own):
    assert "/move/approve/" not in root.get(page(own)).content.decode()
    shown = "0" * 64
    assert "Nobody approves what they wrote" in press(root, own, "approve", shown=shown).content.decode()
    assert (status_of(own), Signature.objects.count()) == ("in_review", 0)


def test_a_superuser_approves_nothing_of_their_own_by_verb_or_sql(own):
    refused(lambda: publishing.approve(own, by=cast.superuser()), "wrote themselves")
    refused(lambda: sign(own, cast.superuser(), "0" * 64), "nobody signs what they wrote")
    set_approved = "UPDATE faq_faqversion SET status = 'approved', approved_at = now(), content_sha256 = %s"
    refused(sql(f"{set_approved}, approver_id = author_id", "0" * 64), "wrote themselves|the_author_never_approves")
    refused(sql(f"{set_approved}, approver_id = %s", "0" * 64, cast.approver().pk), "has not signed")
    refused(sql(f"{set_approved}, imported_from = 'elsewhere'", "0" * 64), "is said when it is made")
    refused(sql("UPDATE faq_faqversion SET author_id = %s", cast.author().pk), "author_id cannot be changed")


def test_a_second_writer_approves_nothing_that_they_wrote_in():
    version = make_draft()
    cast.administrator().groups.add(cast.Group.objects.get(name=roles.APPROVER))
    publishing.write(version, by=cast.administrator())
    publishing.submit(version, by=cast.author())
    refused(lambda: publishing.approve(version, by=cast.administrator()), "wrote themselves")
    refused(lambda: sign(version, cast.administrator(), "0" * 64), "nobody signs what they wrote")
    refused(lambda: version.writers.remove(cast.administrator()), "cannot be changed")


def test_an_approved_version_refuses_an_edit_in_the_admin(root):
    version = whole()
    before = rows(version).values().get()
    assert "_save" not in root.get(page(version)).content.decode()
    response = root.post(page(version), data_of(version, body="<p>Else.</p>", loaded=""))
    assert response.status_code in (403, 409)
    assert rows(version).values().get() == before


@pytest.mark.parametrize(
    "field", ["question", "short_answer", "body", "last_reviewed", "next_review", "what_changed", "faq_id", "number"]
)
@pytest.mark.parametrize("approve", [True, False])
def test_wording_under_review_and_after_refuses_an_edit_by_orm(field, approve):
    version = FaqVersion.objects.get(pk=whole(approve).pk)
    value = {"last_reviewed": "2027-01-01", "next_review": "2029-01-01", "number": 9, "faq_id": make_faq().pk}
    setattr(version, field, value.get(field, "<p>Else.</p>"))
    refused(version.save, f"{field} cannot be changed")
    refused(lambda: rows(version).update(**{field: getattr(version, field)}), f"{field} cannot be changed")


@pytest.mark.parametrize(
    "field", ["rendered_body", "rendered_references", "content_sha256", "approved_at", "approver_id"]
)
def test_what_an_approval_made_refuses_a_change(field):
    version = whole()
    value = {"approver_id": cast.administrator().pk, "approved_at": timezone.now()}.get(field, "0" * 64)
    refused(lambda: rows(version).update(**{field: value}), f"{field} cannot be changed")


@pytest.mark.parametrize("model", [Figure, RelatedResource, FigureSource, Citation])
def test_parts_of_an_approved_version_refuse_every_change(model):
    whole()
    changes = {Figure: {"title": "Else"}, RelatedResource: {"url": "https://else.example/"}, Citation: {"number": 7}}
    changed = changes.get(model, {"reference": make_reference("roe")})
    refused(lambda: model.objects.update(**changed), "cannot be changed")
    refused(lambda: model.objects.all().delete(), "cannot be changed")
    refused(sql(f"DELETE FROM {model._meta.db_table}"), "cannot be changed")


def test_the_image_of_an_approved_version_refuses_other_bytes():
    figure = whole().figures.get()
    refused(lambda: Image.objects.filter(pk=figure.image_id).update(content=b"else"), "refused")
    refused(lambda: Figure.objects.filter(pk=figure.pk).update(image=make_image()), "cannot be changed")


@pytest.mark.parametrize("make", [make_draft, in_review])
def test_nothing_unapproved_is_published_in_the_admin(root, make):
    version = make()
    before = status_of(version)
    press(root, version, "publish")
    press(root, version, "schedule", at="2099-01-01T09:00")
    root.post(LIST, {"action": "publish_selected", "_selected_action": [version.pk]})
    root.post(page(version), data_of(version, status="published"))
    assert status_of(version) == before
    assert rows(version).get().publish_at is None


def test_nothing_unapproved_is_published_in_a_shell():
    version = in_review()
    refused(lambda: publishing.publish(version, by=cast.superuser()), "cannot become published")
    refused(lambda: publishing.publish_all([version]), "cannot become published")
    with pytest.raises(ValueError, match="approved elsewhere"):
        publishing.publish_imported([(version, [])])
    version.status = Status.APPROVED
    refused(lambda: publishing.publish_all([version]), "no move leads|only_approved")


@pytest.mark.parametrize("status", [status for status in Status if status != Status.DRAFT])
def test_nothing_is_born_approved_or_published(status):
    born = {"number": 1, "status": status, "content_sha256": "0" * 64, "approved_at": timezone.now()}
    version = FaqVersion(faq=make_faq(), question="Q?", published_at=timezone.now(), **born)
    refused(lambda: FaqVersion.objects.bulk_create([version]), "only by a move")
    version.imported_from = "elsewhere"
    refused(lambda: FaqVersion.objects.bulk_create([version]), "only by a move")


@pytest.mark.parametrize("make", [make_draft, in_review])
@pytest.mark.parametrize("status", ["approved", "published", "superseded", "withdrawn"])
def test_no_status_is_set_by_sql(make, status):
    make()
    filled = "approved_at = now(), published_at = now(), approver_id = %s, content_sha256 = %s"
    attempt = sql(f"UPDATE faq_faqversion SET status = %s, {filled}", status, cast.approver().pk, "0" * 64)
    refused(attempt, "no move leads|has not signed")


def test_a_signature_for_another_hash_or_by_another_person_approves_nothing():
    version = in_review()
    sign(version, cast.administrator(), "1" * 64)
    attempt = (
        "UPDATE faq_faqversion SET status = 'approved', approved_at = now(), content_sha256 = %s, approver_id = %s"
    )
    refused(sql(attempt, "0" * 64, cast.administrator().pk), "has not signed")
    refused(sql(attempt, "1" * 64, cast.approver().pk), "has not signed")


def test_a_signature_from_before_it_was_sent_back_approves_nothing():
    version = whole()
    seal = rows(version).get().content_sha256
    publishing.send_back(version, by=cast.approver(), comment="Not so.")
    publishing.submit(version, by=cast.author())
    attempt = (
        "UPDATE faq_faqversion SET status = 'approved', approved_at = now(), content_sha256 = %s, approver_id = %s"
    )
    refused(sql(attempt, seal, cast.approver().pk), "has not signed")
    backwards = "UPDATE faq_faqversion SET submitted_at = '2001-01-01'"
    refused(sql(backwards), "submission cannot be changed")
    publishing.send_back(version, by=cast.approver(), comment="Not so.")
    refused(sql(f"{backwards}, status = 'in_review'"), "comes after every signature")


def test_what_was_approved_is_served_whatever_becomes_of_its_references(client):
    version = whole()
    publishing.publish(version, by=cast.approver())
    before = client.get(version.get_absolute_url()).content
    Reference.objects.filter(key="doe").update(title="Else", csl={"type": "book", "title": "Else"})
    assert client.get(version.get_absolute_url()).content == before


def test_a_withdrawn_version_is_published_by_nobody(root):
    version = make_published()
    publishing.withdraw(version, by=cast.approver(), reason="Wrong.")
    for name in ("publish", "approve", "submit", "reopen", "schedule"):
        press(root, version, name, shown="x", at="2099-01-01T09:00")
    refused(lambda: publishing.publish(version, by=cast.superuser()), "cannot become published")
    refused(sql("UPDATE faq_faqversion SET status = 'published'"), "no move leads")
    refused(sql("UPDATE faq_faqversion SET status = 'draft'"), "no move leads")
    assert status_of(version) == "withdrawn"


def test_an_approval_is_not_repeated_once_the_draft_changed(approver):
    version = in_review()
    shown = shown_in(approver.get(page(version)))
    publishing.send_back(version, by=cast.administrator(), comment="Say more.")
    rows(version).update(question="Something else?")
    publishing.submit(version, by=cast.author())
    assert "Read it again" in press(approver, version, "approve", shown=shown).content.decode()
    assert (status_of(version), Signature.objects.count()) == ("in_review", 0)


def test_an_old_page_is_told_what_happened_since(client):
    version = in_review()
    client.force_login(cast.approver())
    press(client, version, "send-back", words="Say more.")
    text = press(client, version, "approve", shown="x").content.decode()
    assert "A version that is draft cannot become approved." in text
    assert "What happened before: Bela" in text
    client.force_login(cast.author())
    press(client, version, "submit")
    assert "cannot become in review" in press(client, version, "submit").content.decode()


def test_the_approver_of_a_published_version_stays_the_one_who_signed():
    version = approved()
    publishing.publish(version, by=cast.approver())
    refused(lambda: rows(version).update(approver=cast.administrator()), "cannot be changed")
    refused(lambda: Signature.objects.update(signer=cast.administrator()), "is refused")
    refused(sql("DELETE FROM faq_signature"), "is refused")
