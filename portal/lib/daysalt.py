"""Recognises a visitor for the rest of a day, and for no longer: digests under a salt that is thrown away.

Neither addresses nor cookies are stored. Once a day's salt is gone, nobody can tell whose digest one was, not even
with the secret key and the address at hand.
"""

import hashlib
import hmac
import secrets
from datetime import UTC, date, datetime

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from portal.lib.ratelimit import client_address

# Bytes of a digest that are kept: enough that no two visitors of a day share one by chance.
_KEPT = 16
# What a browser says of itself with every request, which tells visitors behind one address apart.
_TOLD = ("User-Agent", "Accept-Language")


def origin(request: HttpRequest) -> str:
    """The digest of the visitor's network address, 32 hexadecimal digits; a hospital may share one."""
    return _digest("origin", client_address(request))


def visitor(request: HttpRequest) -> str:
    """The digest of the visitor's address together with what the browser says of itself, 32 hexadecimal digits."""
    return _digest("visitor", client_address(request), *(request.headers.get(name, "") for name in _TOLD))


def forget(today: date | None = None) -> int:
    """Deletes the salts of all days before `today` (UTC); returns how many those were."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM lib_daysalt WHERE day < %s", [today or _today()])
        return int(cursor.rowcount)


def _today() -> date:
    return datetime.now(UTC).date()


def _digest(*parts: str) -> str:
    key = _salt() + settings.SECRET_KEY.encode()
    # Each part with its length, so that no two lists of parts read the same.
    material = b"".join(len(part.encode()).to_bytes(4) + part.encode() for part in parts)
    return hmac.new(key, material, hashlib.sha256).digest()[:_KEPT].hex()


def _salt() -> bytes:
    """The salt of this day, the same for all workers."""
    today = _today()
    with connection.cursor() as cursor:
        cursor.execute("SELECT salt FROM lib_daysalt WHERE day = %s", [today])
        if row := cursor.fetchone():
            return bytes(row[0])
        cursor.execute(
            "INSERT INTO lib_daysalt (day, salt) VALUES (%s, %s) ON CONFLICT (day) DO UPDATE SET day = excluded.day "
            "RETURNING salt",
            [today, secrets.token_bytes(32)],
        )
        return bytes(cursor.fetchone()[0])
