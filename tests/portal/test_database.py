import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.lib.database import configuration
from portal.lib.database.server import Server

PROJECT = Path(__file__).resolve().parents[2]


def command(var, *words):
    return [sys.executable, "-m", "tests.portal.database_script", str(var), *words]


def environment():
    # Without the project's settings: the script brings its own.
    return {"PATH": os.environ["PATH"], "PORTAL_DATABASE_UNSAFE_FAST": "1", "PYTHONPATH": str(PROJECT)}


def run(var, *words):
    """What a process that does these things prints, line by line."""
    done = subprocess.run(command(var, *words), env=environment(), cwd=PROJECT, capture_output=True, text=True)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.stdout.splitlines()


class Companion:
    """A process that uses the server until the test lets it go."""

    def __init__(self, var):
        words = command(var, "ask", "wait")
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(words, env=environment(), cwd=PROJECT, stdin=pipe, stdout=pipe, text=True)
        assert self.process.stdout
        self.server = self.process.stdout.readline().strip()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.process.communicate("go\n")

    def kill(self):
        self.process.kill()
        self.process.wait()


def is_running(var):
    return Server(var / "postgresql-fast").is_running()


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """A folder with a made database, since making one takes as long as everything else."""
    var = tmp_path_factory.mktemp("var")
    run(var, "ask")
    return var


def test_it_starts_on_first_use_and_stops_with_its_only_user(var):
    assert run(var, "ask")[0].endswith("portal")
    assert not is_running(var)


def test_it_starts_nothing_without_a_connection(tmp_path):
    run(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_it_is_shared_by_processes_and_stopped_by_the_last(var):
    with Companion(var) as companion:
        assert run(var, "ask") == [companion.server]
        assert is_running(var)
    assert not is_running(var)


def test_it_stops_on_request_and_starts_again(var):
    first, stopped, stopped_again, second = run(var, "ask", "leave", "leave", "ask")
    assert (stopped, stopped_again) == ("False", "False")
    assert first != second


def test_it_stays_for_others_when_one_leaves(var):
    with Companion(var):
        assert run(var, "ask", "leave")[1] == "True"


def test_it_is_taken_over_from_a_killed_owner(var):
    with Companion(var) as companion:
        companion.kill()
        assert is_running(var)
        assert run(var, "ask") == [companion.server]
    assert not is_running(var)


def test_it_outlives_the_end_of_a_forked_child(var):
    first, after_fork, after_use = run(var, "ask", "fork", "fork_and_use")
    assert after_fork == first
    assert after_use == f"0 {first}"
    assert not is_running(var)


def test_it_comes_back_at_once_after_the_server_is_killed(var):
    first, second = run(var, "ask", "kill_server")
    assert first != second
    assert not is_running(var)


def test_it_is_not_fooled_by_a_stale_pid_that_a_stranger_has_now(var):
    with Companion(var) as companion:
        recorded = var / "postgresql-fast" / "data" / "postmaster.pid"
        content = recorded.read_text()
        companion.kill()
        os.kill(int(content.split()[0]), signal.SIGKILL)
    owner = recorded.parent.stat()
    # The stranger runs as the server's user: PostgreSQL itself would take its number for the server's.
    account = {"user": owner.st_uid, "group": owner.st_gid} if os.geteuid() == 0 else {}
    with subprocess.Popen(["/bin/sleep", "20"], **account) as stranger:
        recorded.write_text(content.replace(content.split()[0], str(stranger.pid), 1))
        assert run(var, "ask")[0] != companion.server
        assert stranger.poll() is None
        stranger.kill()


def test_it_discards_data_that_was_left_half_made(tmp_path):
    draft = tmp_path / "postgresql-fast" / "data.new"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n")
    assert len(run(tmp_path, "ask")) == 1
    assert not draft.exists()


def test_it_serves_two_folders_side_by_side_however_deep_and_odd(var, tmp_path):
    deep = tmp_path / 'a, "b" $c' / ("d" * 100)
    with Companion(var) as one, Companion(deep) as other:
        assert len({one.server, other.server, ""}) == 3
    assert not is_running(var)
    assert not is_running(deep)


def test_it_serves_as_a_role_that_owns_nothing(var):
    assert run(var, "role") == ["portal: permission denied for schema public"]


def test_it_gives_data_of_an_earlier_release_that_role(var):
    assert run(var, "one_role", "role")[1] == "portal: permission denied for schema public"


def test_it_makes_and_drops_test_databases(var):
    assert run(var, "test_database") == ["test_portal"]


def test_it_works_with_a_connection_pool(var):
    first, again = run(var, "pool", "ask", "reconnect")
    assert first == again
    assert not is_running(var)


def test_it_refuses_data_of_another_release(tmp_path):
    data = tmp_path / "postgresql" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("12\n")
    with pytest.raises(ImproperlyConfigured, match="PostgreSQL 12"):
        Server(tmp_path / "postgresql").start()


def test_it_keeps_unsafe_data_apart(monkeypatch, tmp_path):
    monkeypatch.setenv("PORTAL_DATABASE_UNSAFE_FAST", "0")
    safe = configuration(None, tmp_path)
    monkeypatch.setenv("PORTAL_DATABASE_UNSAFE_FAST", "1")
    fast = configuration("", tmp_path)
    assert safe["EMBEDDED_DURABLE"]
    assert not fast["EMBEDDED_DURABLE"]
    assert safe["EMBEDDED_DIRECTORY"] != fast["EMBEDDED_DIRECTORY"]


def test_it_takes_a_postgresql_url(tmp_path):
    entry = configuration("postgresql://user:p%40ss@db.example:6432/portal?sslmode=require", tmp_path)
    assert entry["ENGINE"] == "django.db.backends.postgresql"
    assert (entry["HOST"], entry["PORT"], entry["PASSWORD"]) == ("db.example", 6432, "p@ss")
    assert entry["OPTIONS"] == {"sslmode": "require"}
    assert entry["CONN_HEALTH_CHECKS"]


@pytest.mark.parametrize(
    "url",
    [
        "mysql://user:secret@host/portal",
        "sqlite:///secret.db",
        "sqlite://:memory:",
        "postgresql://user:secret@host",
        "postgresql://user:secret@host:port/portal",
        "secret",
    ],
)
def test_it_refuses_any_other_url_without_repeating_it(url, tmp_path):
    with pytest.raises(ImproperlyConfigured, match="postgresql://user:password@") as refusal:
        configuration(url, tmp_path)
    assert "secret" not in str(refusal.value)
