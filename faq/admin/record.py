"""What stands on a version's page about its review: who signed it, and who sent it back and why."""

from typing import Any, NamedTuple

from faq.admin.times import zone_time
from faq.models import FaqVersion, Signature
from faq.models.workflow import Status


class Signed(NamedTuple):
    """A signature as the page shows it; it holds unless the approval became void."""

    signer_name: str
    meaning: str
    sha256: str
    when: str
    holds: bool


class Returned(NamedTuple):
    """One return to the author."""

    by: str
    comment: str
    when: str


def review_record(version: FaqVersion) -> dict[str, Any]:
    """The signatures of `version`, why it is with its author again if it is, and its returns before."""
    returns = [
        Returned(str(row.by), row.comment, zone_time(row.sent_at, version))
        for row in version.send_backs.select_related("by")
    ]
    is_back = version.status == Status.DRAFT and bool(version.review_comment)
    return {
        "signatures": [_signed(version, signature) for signature in version.signatures.all()],
        "sent_back": returns[0] if returns and is_back else None,
        "earlier_returns": returns[1:] if is_back else returns,
    }


def _signed(version: FaqVersion, signature: Signature) -> Signed:
    holds = (signature.signer_id, signature.signed_at) == (version.approver_id, version.approved_at)
    when = zone_time(signature.signed_at, version)
    return Signed(signature.signer_name, signature.meaning, signature.sha256, when, holds)
