"""Reviewers without an account read a draft by a link that is signed, that ends, and that can be taken back."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from faq import inviting, publishing
from faq.models import FaqVersion, Invitation
from tests import cast
from tests.factories import make_draft, make_drug, make_faq, make_figure, make_market, make_published
from tests.faq.previewing import link, make_invitation, preview, refused_with

pytestmark = pytest.mark.django_db


def age(invitation, days):
    """Moves an invitation into the past."""
    back = timedelta(days=days)
    Invitation.objects.filter(pk=invitation.pk).update(
        invited_at=invitation.invited_at - back, expires_at=invitation.expires_at - back
    )


def test_a_link_opens_the_draft_without_an_account_and_without_a_cookie(client):
    response = client.get(link(make_invitation(make_draft())))
    page = response.content.decode()
    assert response.status_code == 200
    assert "How is it stored?" in page
    assert "Grace Example" in page
    assert not response.cookies
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "same-origin"


def test_it_shows_the_wording_of_the_moment_also_after_it_was_sent_back(client):
    draft = make_draft()
    invitation = make_invitation(draft)
    publishing.submit(draft, by=cast.author())
    publishing.send_back(draft, by=cast.approver(), comment="Shorter.")
    FaqVersion.objects.filter(pk=draft.pk).update(question="Where is it kept?")
    page = client.get(link(invitation)).content.decode()
    assert "Where is it kept?" in page
    assert "How is it stored?" not in page


def test_a_forged_link_opens_nothing(client):
    genuine = link(make_invitation(make_draft()))
    for forged in (genuine[:-3] + "xx/", genuine.replace("/1:", "/2:"), "/us/preview/x/", "/us/preview/1/"):
        if forged != genuine:
            assert refused_with(client.get(forged)) == 403


def test_a_link_opens_nothing_under_another_market(client):
    make_market("de", language_tag="en-US")
    invitation = make_invitation(make_draft())
    assert refused_with(client.get(link(invitation).replace("/us/", "/de/"))) == 403


def test_a_link_ends(client):
    invitation = make_invitation(make_draft(), days=3)
    age(invitation, 4)
    response = client.get(link(invitation))
    assert refused_with(response) == 410
    assert "Its time has passed." in response.content.decode()


def test_a_link_that_was_taken_back_opens_nothing(client):
    invitation = make_invitation(make_draft())
    inviting.revoke(invitation, by=cast.author())
    for more in ("", "pdf/"):
        assert refused_with(client.get(link(invitation, more))) == 410


def test_once_visitors_read_it_the_link_leads_to_the_public_page(client):
    draft = make_draft()
    invitation = make_invitation(draft)
    version = make_published(draft=draft)
    response = client.get(link(invitation), follow=True)
    assert response.redirect_chain[-1][0] == version.get_absolute_url()


def test_the_draft_comes_as_pdf_and_its_pictures_with_it(client):
    draft = make_draft(body='<figure data-figure="curve"></figure>')
    image = make_figure(draft).image
    invitation = make_invitation(draft)
    assert client.get(link(invitation, "pdf/")).content.startswith(b"%PDF")
    address = link(invitation, f"{image.pk}.svg")
    assert f'src="{address}"' in client.get(link(invitation)).content.decode()
    response = client.get(address)
    assert response.content == bytes(image.content)
    assert response["Cache-Control"] == "private, no-store"
    assert client.get(image.get_absolute_url()).status_code == 404


def test_no_picture_of_another_version_comes_with_it(client):
    other = make_figure(make_draft(body='<figure data-figure="curve"></figure>')).image
    assert client.get(link(make_invitation(make_draft()), f"{other.pk}.svg")).status_code == 404


def test_a_gate_does_not_stand_before_an_invited_reviewer(client):
    labels = {"gate_accept_label": "I am", "gate_decline_label": "I am not"}
    make_market(gate="attest", gate_title="Who?", gate_text="For professionals.", gate_decline_page="x", **labels)
    version = make_published()
    assert "For professionals." in client.get(version.get_absolute_url()).content.decode()
    draft = make_draft(make_faq(version.faq.drug))
    assert client.get(link(make_invitation(draft))).status_code == 200


def test_it_is_noted_when_a_link_was_opened_last(client):
    invitation = make_invitation(make_draft())
    client.get(link(invitation))
    invitation.refresh_from_db()
    assert timezone.now() - invitation.opened_at < timedelta(minutes=1)


def test_staff_invite_and_the_link_is_mailed_in_the_language_of_the_market(author):
    draft = make_draft()
    response = author.post(
        f"{preview(draft)}invite/", {"reviewer": "Grace", "email": "grace@example.com", "days": 30}, follow=True
    )
    invitation = Invitation.objects.get()
    assert "The link was mailed to Grace." in response.content.decode()
    [sent] = mail.outbox
    assert sent.to == ["grace@example.com"]
    assert f"http://testserver{link(invitation)}" in sent.body
    assert "not approved" in sent.body
    assert invitation.expires_at - invitation.invited_at == timedelta(days=30)


def test_without_an_address_the_link_is_there_to_copy(author):
    draft = make_draft()
    response = author.post(f"{preview(draft)}invite/", {"reviewer": "Grace", "days": 14}, follow=True)
    assert mail.outbox == []
    page = response.content.decode()
    assert re.search(r'<input class="invitation-link" value="http://testserver/us/preview/[^"]+" readonly', page)


@pytest.mark.parametrize("days", [0, 91, ""])
def test_nobody_is_invited_for_longer_than_90_days(author, days):
    draft = make_draft()
    assert author.post(f"{preview(draft)}invite/", {"reviewer": "Grace", "days": days}).status_code == 422
    assert not Invitation.objects.exists()


def test_the_database_refuses_a_link_that_lasts_longer():
    invitation = make_invitation(make_draft())
    invitation.expires_at += timedelta(days=90)
    with pytest.raises(IntegrityError, match="an_invitation_lasts_at_most_90_days"), transaction.atomic():
        invitation.save()


def test_staff_revoke_a_link(author):
    draft = make_draft()
    invitation = make_invitation(draft)
    author.post(f"{preview(draft)}{invitation.pk}/revoke/")
    invitation.refresh_from_db()
    assert invitation.is_revoked
    assert invitation.revoked_by == cast.author()


def test_only_who_may_invites_and_revokes():
    draft = make_draft()
    with pytest.raises(PermissionDenied):
        inviting.invite(draft, "Grace", by=cast.feedback_reviewer())
    with pytest.raises(PermissionDenied):
        inviting.revoke(make_invitation(draft), by=cast.stranger())


def test_nobody_is_invited_to_what_visitors_read():
    with pytest.raises(ValueError, match="nothing to invite"):
        make_invitation(make_published())


def test_a_link_says_its_words_in_the_language_of_its_market(client):
    market = make_market("de", language_tag="de-DE", is_default=False)
    invitation = make_invitation(make_draft(make_faq(make_drug(market))))
    page = client.get(link(invitation)).content.decode()
    assert "Vorschau der Version 1: Entwurf, nicht freigegeben." in page
    assert "Kommentar schreiben" in page


def test_an_invitation_goes_with_its_draft():
    draft = make_draft()
    make_invitation(draft)
    draft.writers.clear()
    draft.delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM faq_invitation")
        assert cursor.fetchone() == (0,)
