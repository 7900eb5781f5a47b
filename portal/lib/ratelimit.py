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
    """True while the visitor's address may send reports of safety: 600 an hour, which no hospital does."""
    return _allowed("safety", request, limit=600, seconds=HOUR)


def safety_mail(address: str) -> bool:
    """True while reports from `address` are mailed one by one: 60 an hour; what comes then is stored all the same."""
    return _within("safety-mail", address, limit=60, seconds=HOUR)


def safety_mails_held_back(address: str) -> bool:
    """True for the one mail an hour that tells staff of reports from `address` that are not mailed one by one."""
    return _within("safety-mails-held-back", address, limit=1, seconds=HOUR)


def safety_flag_mail(address: str, market: str) -> bool:
    """True while safety flags are mailed one by one: 60 an hour from `address`, 120 an hour in a market.

    What comes then is mailed together, some minutes later. Without an address only the market counts.
    """
    from_there = not address or _within("safety-flag-mail", address, limit=60, seconds=HOUR)
    return from_there and _within("safety-flag-mail-market", market, limit=120, seconds=HOUR)


def report_addition(request: HttpRequest) -> bool:
    """True while the visitor's address may add to reports: 60 an hour, for a hospital shares one address."""
    return _allowed("report-addition", request, limit=60, seconds=HOUR)


def acknowledgement(email: str, address: str) -> bool:
    """True while a mailbox may be told that an inquiry from `address` arrived, for it may be a stranger's.

    A mailbox is told 3 times a day, whatever tag (name+tag@…) it is written with; an address causes 20 mails an hour.
    """
    name, _, domain = email.strip().lower().rpartition("@")
    mailbox = f"{name.partition('+')[0]}@{domain}"
    caused = _within("acknowledgement-from", address, limit=20, seconds=HOUR)
    return caused and _within("acknowledgement", mailbox, limit=3, seconds=DAY)


def feedback(request: HttpRequest) -> bool:
    """True while the visitor's address may vote: 60 an hour, for a hospital shares one address."""
    return _allowed("feedback", request, limit=60, seconds=HOUR)


def preview_comment(request: HttpRequest) -> bool:
    """True while the visitor's address may comment on previews: 60 an hour, for colleagues share one address."""
    return _allowed("preview-comment", request, limit=60, seconds=HOUR)


def search_log(request: HttpRequest) -> bool:
    """True while searches from the visitor's address are noted: 3,000 an hour and 20,000 a day.

    A hospital shares one address: 1,000 people in it who look something up in the same hour, and open what they find,
    need 2,000. Above the limits they are answered all the same; a program that asks without end, and what is longest,
    stores 33 MB a day.
    """
    in_hour = _allowed("search-log", request, limit=3000, seconds=HOUR)
    return in_hour and _allowed("search-log-day", request, limit=20_000, seconds=DAY)


def privacy_choices(request: HttpRequest) -> bool:
    """True while the visitor's address may choose again: 60 an hour, for a hospital shares one address."""
    return _allowed("privacy-choices", request, limit=60, seconds=HOUR)


def may_sign_in(request: HttpRequest, name: str) -> bool:
    """True until 60 attempts of an hour failed from the visitor's address (a hospital shares one), or 10 for `name`."""
    return all(_hits(*_slot(*failure, seconds=HOUR)) < limit for failure, limit in _sign_in_failures(request, name))


def sign_in_failed(request: HttpRequest, name: str) -> None:
    """Counts an attempt for may_sign_in; what succeeds is not counted."""
    for failure, _limit in _sign_in_failures(request, name):
        _count(*_slot(*failure, seconds=HOUR))


def may_sign(name: str) -> bool:
    """True until 10 passwords of an hour were wrong that were to sign something in the name of the person `name`."""
    return _hits(*_slot("signature", name, seconds=HOUR)) < 10


def signing_failed(name: str) -> None:
    """Counts a wrong password for may_sign."""
    _count(*_slot("signature", name, seconds=HOUR))


def _sign_in_failures(request: HttpRequest, name: str) -> list[tuple[tuple[str, str], int]]:
    address, person = client_address(request), name.strip().casefold()
    return [(("sign-in-address", address), 60), (("sign-in-name", person), 10)]


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
    return _count(*_slot(action, address, seconds=seconds)) <= limit


def _slot(action: str, address: str, *, seconds: int) -> tuple[str, int]:
    """The key under which the present window counts, and when that may be forgotten."""
    window = int(datetime.now(UTC).timestamp()) // seconds
    return _key(action, address, window), window * seconds + 2 * seconds


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


def _hits(key: str, _expires: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT hits FROM lib_ratelimit WHERE key = %s", [key])
        row = cursor.fetchone()
    return int(row[0]) if row else 0
