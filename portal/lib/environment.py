"""Reads settings from environment variables."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path


def flag(name: str, *, default: bool = False) -> bool:
    """True when the variable is set to 1, true, yes or on; `default` when it is not set, or empty."""
    value = os.environ.get(name, "").strip().lower()
    return value in {"1", "true", "yes", "on"} if value else default


def names(name: str) -> list[str]:
    """The variable's comma-separated values, without blanks."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def local_secret(path: Path) -> str:
    """The secret kept in the file at `path`, made on first use and readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent) as draft:
            draft.write(secrets.token_urlsafe(50))
            draft.flush()
            # A link fails where the file exists already: of two processes starting together, the first one's stays.
            with contextlib.suppress(FileExistsError):
                os.link(draft.name, path)
    return path.read_text()
