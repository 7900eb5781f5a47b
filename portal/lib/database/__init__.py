"""Where the portal keeps its data: the PostgreSQL that DATABASE_URL names, else one that it starts by itself.

`base` is the Django backend that starts the embedded server at the first connection, `server` decides when it
starts and stops, `cluster` knows how, `account` what it takes as root, `locks` how processes tell each other.
"""

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from portal.lib.environment import flag

DATABASE = "portal"
FORM = "postgresql://user:password@host:port/name"


def configuration(url: str | None, var: Path) -> dict[str, Any]:
    """Django's DATABASES entry. Starts nothing: the embedded server waits for the first connection.

    Args:
        url: postgresql://user:password@host:port/name, or nothing for the embedded server.
        var: the folder under which the embedded server keeps its data.

    With PORTAL_DATABASE_UNSAFE_FAST=1 the embedded server never waits for the disk, so that a power cut may
    ruin its data. It has a folder of its own then: data that must last is never run like that.

    Raises:
        ImproperlyConfigured: the url is unreadable or names another engine than PostgreSQL.
    """
    persistent = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    if url:
        return {**_parsed(url), **persistent}
    durable = not flag("PORTAL_DATABASE_UNSAFE_FAST")
    return {
        "ENGINE": "portal.lib.database",
        "NAME": DATABASE,
        "EMBEDDED_DIRECTORY": var / ("postgresql" if durable else "postgresql-fast"),
        "EMBEDDED_DURABLE": durable,
        **persistent,
    }


def _parsed(url: str) -> dict[str, Any]:
    # The message never repeats the url, which holds a password, and neither must the traceback.
    try:
        entry = dict(dj_database_url.parse(url))
    except ValueError:
        raise ImproperlyConfigured(f"DATABASE_URL is not of the form {FORM}.") from None
    if entry.get("ENGINE") != "django.db.backends.postgresql" or not entry.get("NAME"):
        raise ImproperlyConfigured(
            f"DATABASE_URL must name a PostgreSQL database ({FORM}): the portal runs on no other engine. "
            "Leave it unset to use the embedded server."
        )
    return entry
