"""Signatures: asked for with the password, bound to what is shown, and never changed again."""

import pytest
from django.db import DatabaseError, connection, transaction

from faq import publishing
from faq.models import FaqVersion, SendBack, Signature
from faq.models.signature import MEANING
from portal.lib import ratelimit
from tests import cast
from tests.factories import make_draft, make_published
from tests.faq.administering import approved, in_review, page, press, status_of
from tests.faq.test_admin_moves import shown_in

pytestmark = pytest.mark.django_db


def refused(action, message):
    with pytest.raises(DatabaseError, match=message), transaction.atomic():
        action()


def test_an_approval_is_signed_with_name_time_meaning_and_hash():
    version = FaqVersion.objects.get(pk=approved().pk)
    signature = Signature.objects.get()
    assert (signature.version, signature.signer, signature.signer_name) == (version, cast.approver(), "Bela")
    assert (signature.meaning, signature.sha256) == (MEANING, version.content_sha256)
    assert signature.signed_at == version.approved_at >= version.submitted_at


def test_a_signature_keeps_the_name_of_its_day():
    approved()
    cast.approver().__class__.objects.filter(username="bela").update(first_name="Else")
    assert Signature.objects.get().signer_name == "Bela"


def test_the_page_asks_for_the_password_and_shows_what_the_signature_means(approver):
    text = approver.get(page(in_review())).content.decode()
    assert MEANING in text
    assert 'type="password" id="signing-password" name="password" autocomplete="current-password"' in text


@pytest.mark.parametrize("password", ["", "wrong", cast.PASSWORD.upper()])
def test_a_wrong_password_signs_nothing_and_says_so(approver, password):
    version = in_review()
    shown = shown_in(approver.get(page(version)))
    text = press(approver, version, "approve", shown=shown, password=password).content.decode()
    assert "That is not your password. Nothing was signed" in text
    assert (status_of(version), Signature.objects.count()) == ("in_review", 0)
    press(approver, version, "approve", shown=shown)
    assert status_of(version) == "approved"


def test_the_password_of_somebody_else_signs_nothing(approver):
    cast.superuser().set_password("another password altogether")
    assert (
        "That is not your password"
        in press(approver, in_review(), "approve", password="another password altogether").content.decode()
    )


def test_passwords_cannot_be_tried_without_end(approver):
    version = in_review()
    shown = shown_in(approver.get(page(version)))
    for _ in range(10):
        press(approver, version, "approve", shown=shown, password="guess")
    assert not ratelimit.may_sign("bela")
    assert "Too many wrong passwords" in press(approver, version, "approve", shown=shown).content.decode()
    assert status_of(version) == "in_review"


def test_an_account_without_a_password_is_told_so(approver):
    user = cast.approver()
    user.set_unusable_password()
    user.save()
    approver.force_login(user)
    version = in_review()
    assert "no password to sign with" in press(approver, version, "approve").content.decode()


def test_the_page_shows_the_signature_and_that_it_became_void(approver):
    version = approved()
    text = approver.get(page(version)).content.decode()
    assert Signature.objects.get().sha256 in text
    assert "Signed, then void" not in text
    press(approver, version, "send-back", words="Not yet.")
    assert "Signed, then void" in approver.get(page(version)).content.decode()


def test_the_page_names_the_zone_of_the_market(approver):
    version = approved()
    version.faq.market.time_zone = "America/New_York"
    version.faq.market.save()
    assert "(America/New_York)" in approver.get(page(version)).content.decode()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE faq_signature SET signer_name = 'Else'",
        "DELETE FROM faq_signature",
        "UPDATE faq_sendback SET comment = 'Else'",
        "DELETE FROM faq_sendback",
    ],
)
def test_no_record_of_a_review_is_changed_or_deleted(sql):
    publishing.send_back(approved(), by=cast.approver(), comment="Cite the label.")
    refused(lambda: connection.cursor().execute(sql), "is refused")


@pytest.mark.parametrize("table", ["signature", "sendback"])
def test_truncate_of_the_record_is_refused_where_its_guard_stands(table):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE faq_{table} ENABLE TRIGGER {table}_is_never_truncated")
    refused(lambda: connection.cursor().execute(f"TRUNCATE faq_{table}"), "is refused")


def test_a_version_that_was_reviewed_is_never_deleted(root):
    version = in_review()
    publishing.send_back(version, by=cast.approver(), comment="No.")
    assert root.post(f"/admin/faq/faqversion/{version.pk}/delete/", {"post": "yes"}).status_code == 403
    assert FaqVersion.objects.filter(pk=version.pk).exists()


def test_every_return_is_kept_with_who_and_when(approver):
    version = in_review()
    for comment in ("Say how warm.", "Say how long."):
        publishing.send_back(version, by=cast.approver(), comment=comment)
        if comment == "Say how warm.":
            publishing.submit(version, by=cast.author())
    assert [row.comment for row in SendBack.objects.all()] == ["Say how long.", "Say how warm."]
    text = approver.get(page(version)).content.decode()
    assert text.index("Say how long.") < text.index("Sent back before (1)") < text.index("Say how warm.")


def test_an_approved_version_can_be_sent_back_and_its_approval_is_void():
    version = approved()
    publishing.send_back(version, by=cast.approver(), comment="I overlooked a table.")
    stored = FaqVersion.objects.get(pk=version.pk)
    assert (stored.status, stored.approver, stored.content_sha256) == ("draft", None, "")
    assert Signature.objects.filter(version=version).exists()


def test_a_published_version_is_signed_once_more_by_nobody():
    version = make_published()
    fields = {"signer": cast.superuser(), "signer_name": "Root", "meaning": "I approve.", "sha256": "0" * 64}
    refused(lambda: Signature.objects.create(version=version, **fields), "only what is in review is signed")
    refused(lambda: Signature.objects.create(version=make_draft(), **fields), "only what is in review is signed")
