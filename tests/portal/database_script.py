"""Run by test_database in a process of its own: uses the embedded server as its arguments say.

Arguments: the var folder, then words, each one thing to do in turn. Prints a line for each.
"""

import os
import signal
import sys
from pathlib import Path

import django
from django.conf import settings
from django.db import ProgrammingError, connection

from portal.lib.database import configuration, connected_as_owner
from portal.lib.database.server import server_of, stop_if_unused

VAR = Path(sys.argv[1])


def ask() -> str:
    """The server's own number, which tells one server from the next."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_postmaster_start_time()::text || current_database()")
        return str(cursor.fetchone()[0])


def reconnect() -> str:
    connection.close()
    return ask()


def wait() -> str:
    """Waits for a line, so that the test decides what happens meanwhile."""
    return sys.stdin.readline().strip()


def fork() -> str:
    """A child that leaves by the interpreter's usual way out, without ever having connected."""
    child = os.fork()
    if child == 0:
        sys.exit(0)
    os.waitpid(child, 0)
    return reconnect()


def fork_and_use() -> str:
    """A child that connects by itself, then exits."""
    connection.close()
    child = os.fork()
    if child == 0:
        ask()
        sys.exit(0)
    return f"{os.waitpid(child, 0)[1]} {reconnect()}"


def kill_server() -> str:
    pid = int((server_directory() / "data" / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    return reconnect()


def kill_self() -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    return "unreachable"


def leave() -> str:
    connection.close()
    stop_if_unused()
    return str(server_of(server_directory()).is_running())


def server_directory() -> Path:
    return Path(settings.DATABASES["default"]["EMBEDDED_DIRECTORY"])


def test_database() -> str:
    with connected_as_owner(connection):
        name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
        connection.creation.destroy_test_db("portal", verbosity=0)
    return name


def role() -> str:
    """As whom the server is asked, and what it says to a table of that role's own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        name = cursor.fetchone()[0]
        try:
            cursor.execute("CREATE TABLE own (id int)")
        except ProgrammingError as refusal:
            return f"{name}: {str(refusal).splitlines()[0]}"
    return f"{name}: made"


def one_role() -> str:
    """Makes the data what earlier releases left, which had one role for everything."""
    with connected_as_owner(connection), connection.cursor() as cursor:
        cursor.execute("DROP ROLE portal")
    return leave()


if __name__ == "__main__":
    settings.configure(DATABASES={"default": configuration(None, VAR)}, USE_TZ=True)
    if "pool" in sys.argv:
        settings.DATABASES["default"] |= {"CONN_MAX_AGE": 0, "OPTIONS": {"pool": True}}
        sys.argv.remove("pool")
    django.setup()
    for word in sys.argv[2:]:
        print(globals()[word](), flush=True)
