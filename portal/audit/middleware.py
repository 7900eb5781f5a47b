"""Names the person behind each change that a request makes."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portal.audit.recording import acting

Next = Callable[[HttpRequest], HttpResponse]
SAFE = {"GET", "HEAD", "OPTIONS"}


def name_staff(get_response: Next) -> Next:
    """Says who acts while a signed-in member of the staff sends something; visitors are never named."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # Without a session nobody is signed in, and asking for one would make the response differ by cookie.
        if request.method in SAFE or settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_staff:
            return get_response(request)
        with acting(request.user):
            return get_response(request)

    return middleware
