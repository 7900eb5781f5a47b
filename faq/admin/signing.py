"""The seam between a signature and the person behind it: the password, asked for again."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from portal.accounts.models import User
from portal.lib import ratelimit


class NotProven(PermissionDenied):
    """Somebody was to sign whose password did not come with the request."""


def prove(request: HttpRequest, user: User) -> None:
    """Raises NotProven unless `request` brings the password of `user`; wrong ones are counted (ratelimit.may_sign)."""
    if not user.has_usable_password():
        raise NotProven("Your account has no password to sign with. Ask an administrator to set one.")
    if not ratelimit.may_sign(user.username):
        raise NotProven("Too many wrong passwords: nothing can be signed in your name for up to an hour.")
    if not user.check_password(request.POST.get("password", "")):
        ratelimit.signing_failed(user.username)
        raise NotProven("That is not your password. Nothing was signed; the version still waits for you.")
