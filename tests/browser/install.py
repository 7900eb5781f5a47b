"""Sees to it that a browser is there: `python -m tests.browser.install`."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
PLAYWRIGHT = (sys.executable, "-m", "playwright", "install")
# Seconds. A browser of some hundred megabytes comes over a slow line.
LIMIT = 900
ADVICE = (
    "The browser tests need Chromium and none could be installed. On Debian run `apt-get install chromium` as root; "
    "elsewhere run `python -m playwright install --with-deps chromium`, or put google-chrome on the PATH."
)


class NoBrowserError(Exception):
    """No browser that the tests could drive is there."""


def find() -> dict[str, Any]:
    """How Playwright launches the browser that is there: the system's own first, else Playwright's.

    Raises:
        NoBrowserError: there is neither; the message says what to install.
    """
    if path := _on_path():
        return {"executable_path": path}
    if _of_playwright():
        return {}
    raise NoBrowserError(ADVICE)


def main() -> int:
    """Installs a browser where none is, and Varnish where only tests run; returns the exit status."""
    _varnish()
    for attempt in (_nothing, _with_apt, _with_playwright):
        attempt()
        try:
            found = find()
        except NoBrowserError:
            continue
        print(f"The browser tests use {found.get('executable_path') or _of_playwright()}.")
        return 0
    print(ADVICE, file=sys.stderr)
    return 1


def _on_path() -> str | None:
    # Ubuntu's chromium-browser is only a note that there is a snap: what does not tell its version is no browser.
    paths = (shutil.which(name) for name in NAMES)
    return next((path for path in paths if path and _runs([path, "--version"], quiet=True)), None)


def _of_playwright() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _nothing() -> None:
    """A browser may be there already."""


def _with_apt(package: str = "chromium") -> None:
    apt, sudo = shutil.which("apt-get"), shutil.which("sudo")
    if not apt or (os.geteuid() != 0 and not sudo):
        return
    command = [apt] if os.geteuid() == 0 else [str(sudo), "-n", apt]
    _runs([*command, "update"])
    _runs([*command, "install", "-y", "--no-install-recommends", package])


def _varnish() -> None:
    # Only on machines that are there for tests: it comes with a service, which would run from then on.
    if os.environ.get("CI") and not shutil.which("varnishd"):
        _with_apt("varnish")


def _with_playwright() -> None:
    # Its --with-deps asks apt for libraries, which only some systems allow; often they are there anyway.
    if not _runs([*PLAYWRIGHT, "--with-deps", "chromium"]):
        _runs([*PLAYWRIGHT, "chromium"])


def _runs(command: Sequence[str], *, quiet: bool = False) -> bool:
    """Whether the command ended well. Its words go to standard error, since standard output is the result."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if quiet else sys.stderr.fileno(),
            stderr=subprocess.DEVNULL if quiet else None,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            timeout=LIMIT,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
