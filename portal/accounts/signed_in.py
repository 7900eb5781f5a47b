"""Who is at the keyboard."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from portal.accounts.models import User


def person(request: HttpRequest) -> User:
    """The person who is signed in. Raises PermissionDenied when nobody is."""
    if isinstance(request.user, User):
        return request.user
    raise PermissionDenied("Sign in first.")
