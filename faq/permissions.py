"""Who may move a version."""

from django.core.exceptions import PermissionDenied

from faq.models import FaqVersion, overdue
from portal.accounts.models import User


def require(user: User, permission: str) -> None:
    """Raises PermissionDenied unless `user` may submit, approve, publish or withdraw versions."""
    if not user.has_perm(f"faq.{permission}_faqversion"):
        raise PermissionDenied(f"{user} may not {permission} versions.")


def require_withdrawal(user: User | None, version: FaqVersion) -> None:
    """Raises PermissionDenied unless `user` may withdraw versions; for nobody, unless the market's policy withdraws it.

    So what runs by the clock needs no user with rights, and can withdraw nothing that the policy does not.
    """
    if user is not None:
        require(user, "withdraw")
    elif not overdue.over([version]):
        raise PermissionDenied(f"The policy of {version.faq.market} does not withdraw {version} today.")


def may_approve(user: User, version: FaqVersion) -> bool:
    """Whether `user` may approve `version`: never what one wrote in, whatever rights one has."""
    return user.has_perm("faq.approve_faqversion") and not has_written(user, version)


def has_written(user: User, version: FaqVersion) -> bool:
    """Whether `user` began `version` or ever wrote in it."""
    return version.author_id == user.pk or user in version.writers.all()


def require_approval(user: User, version: FaqVersion) -> None:
    """Raises PermissionDenied unless `may_approve`."""
    if has_written(user, version):
        raise PermissionDenied("Nobody approves what they wrote themselves.")
    require(user, "approve")
