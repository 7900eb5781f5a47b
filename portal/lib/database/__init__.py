"""Where the portal keeps its data: the PostgreSQL that DATABASE_URL names, else one that it starts by itself.

`base` is the Django backend that starts the embedded server at the first connection, `server` decides when it
starts and stops, `cluster` knows how, `account` what it takes as root, `locks` how processes tell each other.

Two roles share the work: the owner of the tables, as whom `migrate` connects, and the serving role, as whom everything
else does. `owner` has the one that owns.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper

from portal.lib.environment import flag

DATABASE = "portal"
# The embedded server's role that owns everything, and the one that serves.
SUPERUSER = "postgres"
SERVING = "portal"
FORM = "postgresql://user:password@host:port/name"


def configuration(url: str | None, var: Path, owner_url: str | None = None) -> dict[str, Any]:
    """Django's DATABASES entry. Starts nothing: the embedded server waits for the first connection.

    Its key OWNER, of which Django knows nothing, says what is different where the owner connects; it is empty where
    one role does everything.

    Args:
        url: postgresql://user:password@host:port/name, or nothing for the embedded server.
        var: the folder under which the embedded server keeps its data.
        owner_url: the same database as its owner reaches it; without it `url` names the owner as well.

    With PORTAL_DATABASE_UNSAFE_FAST=1 the embedded server never waits for the disk, so that a power cut may
    ruin its data. It has a folder of its own then: data that must last is never run like that.

    Raises:
        ImproperlyConfigured: a url is unreadable, names another engine than PostgreSQL, or another database.
    """
    persistent = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    if url:
        entry = _parsed(url)
        return {**entry, "OWNER": _owner(entry, owner_url), **persistent}
    if owner_url:
        raise ImproperlyConfigured("MIGRATION_DATABASE_URL is set, so DATABASE_URL must be set too.")
    durable = not flag("PORTAL_DATABASE_UNSAFE_FAST")
    return {
        "ENGINE": "portal.lib.database",
        "NAME": DATABASE,
        "USER": SERVING,
        "OWNER": {"USER": SUPERUSER},
        "EMBEDDED_DIRECTORY": var / ("postgresql" if durable else "postgresql-fast"),
        "EMBEDDED_DURABLE": durable,
        **persistent,
    }


def owner(entry: Mapping[str, Any]) -> dict[str, Any]:
    """`entry` of DATABASES as the owner connects."""
    return {**entry, **entry.get("OWNER", {})}


def has_two_roles(entry: Mapping[str, Any]) -> bool:
    """Whether another role owns the tables than the one that serves, by what is configured."""
    return bool(owner(entry)["USER"] != entry["USER"])


@contextmanager
def connected_as_owner(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Inside the block Django's `connection` is the owner's, by a new session; outside of any transaction only."""
    before = connection.settings_dict
    _reconnect(connection, owner(before))
    try:
        yield
    finally:
        _reconnect(connection, before)


def _reconnect(connection: BaseDatabaseWrapper, entry: dict[str, Any]) -> None:
    connection.close()
    if connection.settings_dict.get("OPTIONS", {}).get("pool"):
        connection.close_pool()  # type: ignore[attr-defined]
    connection.settings_dict = entry


def _owner(entry: Mapping[str, Any], owner_url: str | None) -> dict[str, Any]:
    """What differs where the owner of the database of `entry` connects."""
    if not owner_url:
        return {}
    found = _parsed(owner_url, "MIGRATION_DATABASE_URL")
    if found["NAME"] != entry["NAME"]:
        raise ImproperlyConfigured("MIGRATION_DATABASE_URL must name the same database as DATABASE_URL.")
    return {key: found[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS") if key in found}


def _parsed(url: str, variable: str = "DATABASE_URL") -> dict[str, Any]:
    # The message never repeats the url, which holds a password, and neither must the traceback.
    try:
        entry = dict(dj_database_url.parse(url))
    except ValueError:
        raise ImproperlyConfigured(f"{variable} is not of the form {FORM}.") from None
    if entry.get("ENGINE") != "django.db.backends.postgresql" or not entry.get("NAME"):
        raise ImproperlyConfigured(
            f"{variable} must name a PostgreSQL database ({FORM}): the portal runs on no other engine. "
            "Leave it unset to use the embedded server."
        )
    return entry
