"""Limits on what one address may do, counted in the database so that all workers share one count."""

import hashlib
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

HOUR = 3600
DAY = 24 * HOUR


def contact_form(request: HttpRequest) -> bool:
    """True while the visitor's address may send inquiries: 10 an hour."""
    return _allowed("contact", request, limit=10, seconds=HOUR)


def safety_report(request: HttpRequest) -> bool:
    """True while the visitor's address may send reports of safety: 60 an hour, for a hospital shares one address."""
    return _allowed("safety", request, limit=60, seconds=HOUR)


def acknowledgement(email: str) -> bool:
    """True while a mailbox may be told that an inquiry arrived: 3 a day, for the address may be a stranger's."""
    return _within("acknowledgement", email.strip().lower(), limit=3, seconds=DAY)


def feedback(request: HttpRequest) -> bool:
    """True while the visitor's address may vote: 60 an hour, for a hospital shares one address."""
    return _allowed("feedback", request, limit=60, seconds=HOUR)


def privacy_choices(request: HttpRequest) -> bool:
    """True while the visitor's address may choose again: 60 an hour, for a hospital shares one address."""
    return _allowed("privacy-choices", request, limit=60, seconds=HOUR)


def sign_in(request: HttpRequest) -> bool:
    """True while the visitor's address may try to sign in: 20 times an hour."""
    return _allowed("sign-in", request, limit=20, seconds=HOUR)


def client_address(request: HttpRequest) -> str:
    """The visitor's address as the outermost trusted proxy saw it (settings.TRUSTED_PROXIES of them)."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    trusted = settings.TRUSTED_PROXIES
    if trusted and len(hops) >= trusted:
        return hops[-trusted]
    return str(request.META.get("REMOTE_ADDR", ""))


def _allowed(action: str, request: HttpRequest, *, limit: int, seconds: int) -> bool:
    return _within(action, client_address(request), limit=limit, seconds=seconds)


def _within(action: str, address: str, *, limit: int, seconds: int) -> bool:
    window = int(datetime.now(UTC).timestamp()) // seconds
    return _count(_key(action, address, window), window * seconds + 2 * seconds) <= limit


def _key(action: str, address: str, window: int) -> str:
    # A keyed digest: the table never holds an address, and a window's keys say nothing about the next one's.
    material = f"{settings.SECRET_KEY}:{action}:{address}:{window}"
    return hashlib.sha256(material.encode()).hexdigest()


def _count(key: str, expires: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM lib_ratelimit WHERE expires < extract(epoch FROM now())")
        cursor.execute(
            "INSERT INTO lib_ratelimit (key, hits, expires) VALUES (%s, 1, %s) "
            "ON CONFLICT (key) DO UPDATE SET hits = lib_ratelimit.hits + 1 RETURNING hits",
            [key, expires],
        )
        row = cursor.fetchone()
    return int(row[0])
