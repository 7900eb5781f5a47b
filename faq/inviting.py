"""The verbs that let a reviewer without an account read a draft, and take the link back."""

from datetime import timedelta

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from faq.models import FaqVersion, Invitation
from faq.models.invitation import LONGEST
from faq.models.workflow import OPEN
from portal.accounts.models import User
from portal.audit import acted

USUAL_DAYS, LONGEST_DAYS = 14, LONGEST.days
_signer = signing.Signer(salt="faq.invitation")


class Closed(Exception):
    """A link that once opened a preview was revoked, or its day has passed."""

    def __init__(self, invitation: Invitation) -> None:
        super().__init__("revoked" if invitation.is_revoked else "expired")


@acted
@transaction.atomic
def invite(version: FaqVersion, reviewer: str, *, by: User, days: int = USUAL_DAYS, email: str = "") -> Invitation:
    """A link to `version` for `reviewer`, good for `days` days. Raises PermissionDenied, ValueError."""
    _require(by, "add")
    if version.status not in OPEN:
        raise ValueError("Visitors read this version, or did: there is nothing to invite anybody to.")
    if not reviewer.strip():
        raise ValueError("Say who is invited: the reviewer's comments bear the name.")
    if not 1 <= days <= LONGEST_DAYS:
        raise ValueError(f"A link lasts from 1 to {LONGEST_DAYS} days.")
    now = timezone.now()
    return Invitation.objects.create(
        version=version,
        reviewer=" ".join(reviewer.split()),
        email=email.strip(),
        invited_by=by,
        invited_at=now,
        expires_at=now + timedelta(days=days),
    )


@acted
@transaction.atomic
def revoke(invitation: Invitation, *, by: User) -> None:
    """Closes a link for good; the comments made by it stay. Raises PermissionDenied."""
    _require(by, "change")
    stored = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not stored.is_revoked:
        stored.revoked_at, stored.revoked_by = timezone.now(), by
        stored.save(update_fields=["revoked_at", "revoked_by"])


def token(invitation: Invitation) -> str:
    """What stands in the address of the link."""
    return _signer.sign(str(invitation.pk))


def opened(signed: str) -> Invitation:
    """The invitation whose link was followed, with its version. Notes when.

    Raises django.core.signing.BadSignature where this site signed no such link, and Closed.
    """
    if "\x00" in signed:
        raise signing.BadSignature("null byte")
    invitations = Invitation.objects.select_related("version__faq__market", "invited_by")
    invitation = invitations.filter(pk=int(_signer.unsign(signed))).first()
    if invitation is None:
        raise signing.BadSignature("no such invitation")
    if invitation.is_revoked or invitation.is_expired:
        raise Closed(invitation)
    invitation.opened_at = timezone.now()
    invitation.save(update_fields=["opened_at"])
    return invitation


def _require(user: User, action: str) -> None:
    if not user.has_perm(f"faq.{action}_invitation"):
        raise PermissionDenied(f"{user} may not {'invite reviewers' if action == 'add' else 'revoke a link'}.")
