"""Settings read from environment variables."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.lib.environment import flag, local_secret, names


@pytest.mark.parametrize(
    ("value", "meant"),
    [("1", True), ("true", True), (" YES ", True), ("on", True), ("0", False), ("", False), ("no", False)],
)
def test_it_reads_a_flag(monkeypatch, value, meant):
    monkeypatch.setenv("A_FLAG", value)
    assert flag("A_FLAG") is meant


def test_it_takes_a_missing_flag_for_no(monkeypatch):
    monkeypatch.delenv("A_FLAG", raising=False)
    assert flag("A_FLAG") is False


@pytest.mark.parametrize(("value", "meant"), [("", True), ("off", False), ("on", True)])
def test_it_takes_an_empty_flag_for_its_default(monkeypatch, value, meant):
    monkeypatch.setenv("A_FLAG", value)
    assert flag("A_FLAG", default=True) is meant


@pytest.mark.parametrize(
    ("value", "found"), [("a.example, b.example ,", ["a.example", "b.example"]), ("", []), (" , ", [])]
)
def test_it_reads_names(monkeypatch, value, found):
    monkeypatch.setenv("SOME_NAMES", value)
    assert names("SOME_NAMES") == found


def test_it_makes_a_secret_once(tmp_path):
    path = tmp_path / "deep" / "secret"
    first = local_secret(path)
    assert len(first) >= 50
    assert local_secret(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret"]


def test_it_gives_processes_that_start_together_one_secret(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(lambda _: local_secret(tmp_path / "secret"), range(32)))
    assert len(secrets) == 1


@pytest.mark.parametrize(
    ("variables", "missing"),
    [
        ({"EMAIL_HOST": "mail.example"}, "SECRET_KEY must be set"),
        ({"SECRET_KEY": "x" * 50}, "EMAIL_HOST (or EMAIL_BACKEND) must be set"),
        ({"SECRET_KEY": "x" * 50, "EMAIL_HOST": "mail.example"}, ""),
    ],
)
def test_it_refuses_to_start_in_production_without_what_it_needs(tmp_path, variables, missing):
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("EMAIL", "SECRET"))}
    environment = {**inherited, "ALLOWED_HOSTS": "portal.example", "PORTAL_VAR": str(tmp_path), **variables}
    script = "import portal.settings"
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) == (not missing)
    assert missing in done.stderr
