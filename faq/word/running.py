"""Has a Word file read by a process of its own, so that no file can take the portal down."""

import base64
import json
import logging
import os
import subprocess
import sys
from pathlib import Path

from faq.word.limited import TOO_MUCH, UNREADABLE
from faq.word.package import Unreadable
from faq.word.reading import Reading

logger = logging.getLogger(__name__)

# Seconds by the clock; the process's own limit counts its work alone.
PATIENCE = 25
_ROOT = Path(__file__).resolve().parents[2]


def read(content: bytes, *, patience: float = PATIENCE) -> Reading:
    """What the .docx in `content` says. Raises Unreadable, which says why."""
    # Nothing of the portal's environment, which holds its secrets, goes along.
    environment = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-B", "-m", "faq.word.limited"],
            input=content,
            capture_output=True,
            cwd=_ROOT,
            env={**environment, "PYTHONIOENCODING": "utf-8"},
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("It takes too long to read. Split it, or remove what it does not need.") from error
    if done.returncode == UNREADABLE:
        raise Unreadable(done.stdout.decode())
    if done.returncode == TOO_MUCH or done.returncode < 0:
        raise Unreadable("It takes too much memory or time to read. Split it, or remove what it does not need.")
    if done.returncode:
        logger.error("A Word file could not be read: %s", done.stderr.decode(errors="replace")[-2000:])
        raise Unreadable("It could not be read, for a reason that was written to the log.")
    told = json.loads(done.stdout)
    return Reading(told, [base64.b64decode(image) for image in told.pop("images")])
