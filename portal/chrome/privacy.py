"""Privacy choices: what a visitor chose, and what the browser says by itself."""

import re
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portal.chrome.models import Consent

COOKIE = "privacy_choices"
LIFETIME = timedelta(days=180)
_VALUE = re.compile(
    r"text=(?P<text>[0-9]{1,5})&remember=(?P<remember>[01])&optout=(?P<optout>[01])"
    r"&receipt=(?P<receipt>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
)


class Choices(NamedTuple):
    """What a visitor chose, as the cookie in their browser says it to the server and to recent.js."""

    text: int
    remember: bool
    optout: bool
    receipt: UUID

    def remembers(self, number: int) -> bool:
        """Whether reading may be remembered while text `number` is shown: a consent ends where the text is newer."""
        return self.remember and self.text >= number

    def __str__(self) -> str:
        return f"text={self.text}&remember={self.remember:d}&optout={self.optout:d}&receipt={self.receipt}"


def has_signal(request: HttpRequest) -> bool:
    """Whether the browser asks by Global Privacy Control not to sell or share (the header Sec-GPC: 1)."""
    return request.headers.get("Sec-GPC") == "1"


def chosen(request: HttpRequest) -> Choices | None:
    """What this visitor chose in this market; None before a choice, and for a cookie that is not ours."""
    return parsed(request.COOKIES.get(COOKIE, ""))


def parsed(value: str) -> Choices | None:
    """The choices that a cookie's value holds; None for any other value."""
    found = _VALUE.fullmatch(value)
    if found is None:
        return None
    return Choices(int(found["text"]), found["remember"] == "1", found["optout"] == "1", UUID(found["receipt"]))


def keep(response: HttpResponse, consent: Consent) -> None:
    """Gives the visitor's browser the cookie that holds what they chose, readable by this market's scripts."""
    value = str(Choices(consent.text.number, consent.remembers_reading, consent.opted_out, consent.receipt))
    response.set_cookie(
        COOKIE,
        max_age=LIFETIME,
        path=consent.market.get_absolute_url(),
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    # Python would put this value into quotation marks, which scripts would then have to know of.
    response.cookies[COOKIE].set(COOKIE, value, value)
