"""The system account that the embedded PostgreSQL runs under.

PostgreSQL refuses to run as root. For root, the server runs under an account of its own, and that account is
let through the folders above its files. Everyone else runs the server as themselves.
"""

import os
import pwd
import shutil
import stat
import struct
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

NAME = "pgserver"
ACL = "system.posix_acl_access"
# From linux/posix_acl_xattr.h: a version, then entries of tag, permissions and id.
ACL_VERSION = struct.pack("<I", 2)
ACL_ENTRY = struct.Struct("<HHI")
OWNER, USER, GROUP, MASK, OTHERS = 0x01, 0x02, 0x04, 0x10, 0x20
NOBODY = 0xFFFFFFFF
SEARCH = 0o1


@dataclass(frozen=True)
class Account:
    """Whom the server runs as."""

    uid: int
    gid: int

    @property
    def foreign(self) -> bool:
        """Whether it is not the account of this process."""
        return self.uid != os.geteuid()

    @property
    def process(self) -> dict[str, Any]:
        """What subprocess needs to run a program under this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.foreign else {}

    def own(self, path: Path) -> None:
        """Gives the file or folder to the account."""
        if self.foreign:
            os.chown(path, self.uid, self.gid)


def account_for(data: Path) -> Account:
    """Who runs the server on the folder `data`: its owner if it exists, since PostgreSQL insists on that.

    Raises:
        ImproperlyConfigured: as root, where no account can be made.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    if data.exists() and data.stat().st_uid != 0:
        return Account(data.stat().st_uid, data.stat().st_gid)
    entry = _entry() or _created()
    return Account(entry.pw_uid, entry.pw_gid)


def _entry() -> pwd.struct_passwd | None:
    with suppress(KeyError):
        return pwd.getpwnam(NAME)
    return None


def _created() -> pwd.struct_passwd:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin") or "useradd"
    nobody_signs_in = ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false"]
    with suppress(OSError):
        subprocess.run([useradd, *nobody_signs_in, NAME], check=False, capture_output=True)
    # Asked afterwards: of two checkouts that make the account at the same time, only one succeeds.
    if entry := _entry():
        return entry
    raise ImproperlyConfigured(
        f"PostgreSQL does not run as root, and the system account {NAME!r} for it could not be made. "
        "Run the portal as another user, or set DATABASE_URL to a PostgreSQL server."
    )


def open_way(account: Account, paths: Iterable[Path]) -> None:
    """Lets the account pass through the folders above each of `paths`, as root.

    A checkout may lie where only root can go, such as /root or a private temporary folder. The account gets
    the right to pass, not to list, read or write. Where the file system has no access lists, all get it.

    Raises:
        ImproperlyConfigured: a folder's rights cannot be changed.
    """
    for folder in sorted({parent for path in paths for parent in path.resolve().parents}):
        status = folder.stat()
        if not status.st_mode & SEARCH and status.st_uid != account.uid:
            _admit(account, folder)


def open_programs(account: Account, roots: Iterable[Path]) -> None:
    """Lets the account read the installed programs under `roots`, as root, where a strict umask hid them."""
    for root in roots:
        if root.stat().st_mode & stat.S_IROTH or root.stat().st_uid == account.uid:
            continue
        for path in (root, *root.rglob("*")):
            mode = path.stat().st_mode
            path.chmod(mode | (mode & 0o500) >> 6)


def _admit(account: Account, folder: Path) -> None:
    try:
        try:
            os.setxattr(folder, ACL, _with_passage(_acl(folder), account.uid))
        except (OSError, AttributeError):
            folder.chmod(folder.stat().st_mode | SEARCH)
    except OSError as error:
        raise ImproperlyConfigured(
            f"The account that runs PostgreSQL cannot pass through {folder}: {error.strerror}. Allow it with "
            f"`chmod o+x`, set PORTAL_VAR to another folder, or set DATABASE_URL to a PostgreSQL server."
        ) from error


def _acl(folder: Path) -> list[tuple[int, int, int]]:
    """The folder's access list as (tag, permissions, id); made from its mode where it has none."""
    with suppress(OSError):
        return list(ACL_ENTRY.iter_unpack(os.getxattr(folder, ACL)[len(ACL_VERSION) :]))
    mode = folder.stat().st_mode
    owner, group, others = (mode >> 6) & 7, (mode >> 3) & 7, mode & 7
    return [(OWNER, owner, NOBODY), (GROUP, group, NOBODY), (MASK, group, NOBODY), (OTHERS, others, NOBODY)]


def _with_passage(acl: list[tuple[int, int, int]], uid: int) -> bytes:
    kept = [(tag, rights, who) for tag, rights, who in acl if (tag, who) != (USER, uid)]
    widened = [(tag, rights | SEARCH if tag == MASK else rights, who) for tag, rights, who in kept]
    # The kernel takes the entries in the order of tag and id only.
    return ACL_VERSION + b"".join(ACL_ENTRY.pack(*entry) for entry in sorted([*widened, (USER, SEARCH, uid)]))
