"""Recognises a visitor for the rest of a day, and for no longer: digests under a salt that is thrown away.

Neither addresses nor cookies are stored. Once a day's salt is gone, nobody can tell whose digest one was, not even
with the secret key and the address at hand.
"""

import hashlib
import hmac
import secrets
from datetime import UTC, date, datetime
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from portal.lib.ratelimit import client_network

# Bytes of a digest that are kept: enough that no two visitors of a day share one by chance.
_KEPT = 16
# What a browser says of itself with every request, which tells visitors behind one address apart.
_TOLD = ("User-Agent", "Accept-Language")


class Digests(NamedTuple):
    """What a visitor is recognised by, 32 hexadecimal digits each.

    `origin` is the digest of the network, which a hospital may share; `visitor` that of the network together with
    what the browser says of itself.
    """

    visitor: str
    origin: str


def recognise(request: HttpRequest) -> Digests:
    """The digests of the visitor for the rest of this day."""
    network, key = client_network(request), _salt(today()) + settings.SECRET_KEY.encode()
    told = (request.headers.get(name, "") for name in _TOLD)
    return Digests(visitor=_digest(key, "visitor", network, *told), origin=_digest(key, "origin", network))


def forget() -> int:
    """Deletes the salts of all days but this one; returns how many those were."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM lib_daysalt WHERE day < %s", [today()])
        return int(cursor.rowcount)


def today() -> date:
    """The day that a salt is for, which ends at midnight by UTC in every market."""
    return datetime.now(UTC).date()


def _digest(key: bytes, *parts: str) -> str:
    # Each part with its length, so that no two lists of parts read the same. A header may hold what is no character.
    said = [part.encode(errors="surrogatepass") for part in parts]
    material = b"".join(len(part).to_bytes(4) + part for part in said)
    return hmac.new(key, material, hashlib.sha256).digest()[:_KEPT].hex()


def _salt(day: date) -> bytes:
    """The salt of `day`, the same for all workers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT salt FROM lib_daysalt WHERE day = %s", [day])
        if row := cursor.fetchone():
            return bytes(row[0])
        cursor.execute(
            "INSERT INTO lib_daysalt (day, salt) VALUES (%s, %s) ON CONFLICT (day) DO UPDATE SET day = excluded.day "
            "RETURNING salt",
            [day, secrets.token_bytes(32)],
        )
        return bytes(cursor.fetchone()[0])
