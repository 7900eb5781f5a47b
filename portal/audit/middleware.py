"""Names the person behind each change that a request makes."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from portal.audit.recording import acting

Next = Callable[[HttpRequest], HttpResponse]
SAFE = {"GET", "HEAD", "OPTIONS"}


def name_staff(get_response: Next) -> Next:
    """Says who acts while a signed-in member of the staff sends something or is in the admin; visitors are never named.

    Of other pages nobody asks who reads them: they would differ by cookie then.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        # In the order of what it costs: visitors have no session, so nothing more is looked at.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and _is_staffs(request) and request.user.is_staff:
            with acting(request.user):
                return get_response(request)
        return get_response(request)

    return middleware


def _is_staffs(request: HttpRequest) -> bool:
    return request.method not in SAFE or request.path.startswith(reverse("admin:index"))
