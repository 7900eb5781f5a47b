"""Reads one Word file from standard input in a process of its own that may neither grow, write nor reach out.

Started by `faq.word.running`, for a file from elsewhere may be made to exhaust whoever reads it.
"""

import base64
import contextlib
import ctypes
import json
import sys

from faq.word.package import LARGEST_FILE, Unreadable
from faq.word.reading import read

try:
    import resource
except ImportError:  # Windows has no limits of this kind; there the time that the parent waits is the only one.
    resource = None  # type: ignore[assignment]

MEMORY = 768 * 1024 * 1024
SECONDS = 20
UNREADABLE, TOO_MUCH = 3, 4
# As in Linux's sched.h.
_OWN_USERS, _OWN_NETWORK = 0x10000000, 0x40000000


def limit() -> None:
    """Bounds memory, time and files of this process, and takes the network from it where the system lets it."""
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    # In a user namespace of its own anybody may leave the network behind, unless the system forbids it.
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).unshare(_OWN_USERS | _OWN_NETWORK)


def main() -> int:
    """Writes the reading as JSON to standard output; a reason and another exit code where there is none."""
    limit()
    try:
        reading = read(sys.stdin.buffer.read(LARGEST_FILE + 1))
        images = [base64.b64encode(image).decode() for image in reading.images]
        sys.stdout.write(json.dumps({**reading.told, "images": images}, ensure_ascii=True))
    except Unreadable as error:
        sys.stdout.write(str(error))
        return UNREADABLE
    except MemoryError:
        return TOO_MUCH
    return 0


if __name__ == "__main__":
    sys.exit(main())
