"""`manage.py export_feedback`: the same files, from the machine's own hands."""

import io
import os
import signal
from datetime import date
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from faq.feedback_export.kinds import Counts
from faq.management.commands import export_feedback
from portal.accounts.models import User
from tests import cast
from tests.faq.exporting import ALL_FORMATS, GIVEN, logged, make_remark, make_version, make_vote, numbers, read

pytestmark = pytest.mark.django_db


def run(*words):
    said = io.StringIO()
    call_command("export_feedback", *words, stderr=said)
    return said.getvalue()


@pytest.fixture
def out(tmp_path):
    return tmp_path / "votes"


@pytest.mark.parametrize("form", ALL_FORMATS)
def test_it_writes_a_file_that_others_cannot_read(out, form):
    vote = make_vote(make_version())
    assert run("--format", form, "--output", str(out)).startswith("Exported 1 votes, in ")
    assert numbers(out.read_bytes(), form) == [vote.pk]
    assert out.stat().st_mode & 0o777 == 0o600
    assert list(out.parent.iterdir()) == [out]


def test_it_narrows_by_what_it_is_told(out):
    us, de = make_version(), make_version("de", "Europe/Berlin", drug="Tarvane")
    fits = make_vote(us, satisfied=False, reasons=["no-other"], device="phone")
    for version, changes in [(de, {}), (us, {"device": "tablet"}), (us, {"given_at": GIVEN.replace(day=1)})]:
        make_vote(version, **{"satisfied": False, "reasons": ["no-other"], "device": "phone", **changes})
    day = str(date(2026, 11, 23))
    words = ["--market", "us", "--drug", "lumorix", "--answer", "US_cFAQ_LUMORIX", "--from", day, "--to", day]
    run(
        *words,
        "--satisfied",
        "no",
        "--reason",
        "no-other",
        "--device",
        "phone",
        "--format",
        "jsonl",
        "--output",
        str(out),
    )
    assert numbers(out.read_bytes()) == [fits.pk]
    assert logged()[1][2]["filter"]["drug"] == "lumorix"


def test_it_exports_remarks_with_the_policy_of_their_market(out):
    shown = make_remark(make_vote(make_version()))
    make_remark(make_vote(make_version("de", "Europe/Berlin", drug="Tarvane", export_flagged="left-out")))
    said = run("--kind", "remarks", "--state", "new", "--format", "jsonl", "--output", str(out))
    assert said.startswith("Exported 1 remarks, 1 left out that wait for safety triage, in ")
    assert numbers(out.read_bytes(), name="remark") == [shown.pk]


def test_it_prints_where_no_file_is_named(capfdbinary, monkeypatch):
    vote = make_vote(make_version())
    printed = io.BytesIO()
    monkeypatch.setattr(export_feedback.sys, "stdout", SimpleNamespace(buffer=printed))
    run("--format", "csv")
    assert read(printed.getvalue(), "csv")[0]["vote"] == str(vote.pk)


def test_it_writes_the_dictionary_beside_it(out, tmp_path):
    make_vote(make_version())
    run("--output", str(out), "--dictionary", str(tmp_path / "dictionary.csv"))
    assert "number of rows,,1" in (tmp_path / "dictionary.csv").read_text()


def test_it_is_told_as_the_systems_with_the_account_that_ran_it(out, monkeypatch):
    monkeypatch.setattr(export_feedback.getpass, "getuser", lambda: "operator")
    run("--output", str(out))
    [_, (action, who, told)] = logged()
    assert (action, who, told["account"], told["output"]) == ("exported", "", "operator", str(out))


def test_it_is_told_as_the_persons_who_is_named(out):
    cast.feedback_reviewer()
    run("--output", str(out), "--by", "chen")
    assert {who for _, who, _ in logged()} == {"Chen (chen)"}


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["--by", "ada"], "'ada' has no right to export feedback."),
        (["--by", "finn"], "Nobody of staff signs in as 'finn'."),
        (["--by", "nobody"], "Nobody of staff signs in as 'nobody'."),
        (["--market", "xx"], "There is no market 'xx'."),
        (["--state", "new"], "Votes have no state; remarks do."),
        (["--reason", "because"], "invalid choice: 'because'"),
        (["--from", "yesterday"], "invalid fromisoformat value: 'yesterday'"),
        (["--output", "/nowhere/at/all"], "The export broke off: .*No such file"),
    ],
)
def test_it_refuses_what_cannot_be(words, problem):
    cast.author(), cast.stranger()
    with pytest.raises(CommandError, match=problem):
        run(*words)
    assert [action for action, *_ in logged()] in ([], ["export begun", "export broken off"])


def test_who_left_exports_nothing(out):
    cast.feedback_reviewer()
    User.objects.update(is_active=False)
    with pytest.raises(CommandError, match="Nobody of staff signs in as 'chen'"):
        run("--by", "chen", "--output", str(out))


def test_a_reader_that_goes_away_is_told(monkeypatch):
    make_vote(make_version())

    def gone(_piece):
        raise BrokenPipeError(32, "Broken pipe")

    monkeypatch.setattr(export_feedback, "_print", gone)
    with pytest.raises(CommandError, match="broke off"):
        run()
    assert logged()[-1][0] == "export broken off"


def test_a_file_that_was_there_stays_until_the_new_one_is_whole(out, monkeypatch):
    make_vote(make_version())
    out.write_text("before")
    monkeypatch.setattr(export_feedback, "write", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run("--output", str(out))
    assert out.read_text() == "before"
    assert list(out.parent.iterdir()) == [out]


def test_it_shows_how_far_it_is(out, capsys):
    make_vote(make_version())
    run("--output", str(out), "--progress")
    assert "1/1" in capsys.readouterr().err


def test_an_export_that_is_ended_from_outside_is_told(out, monkeypatch):
    make_vote(make_version())
    monkeypatch.setattr(Counts, "done", property(lambda _: os.kill(os.getpid(), signal.SIGTERM)))
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit):
        run("--output", str(out))
    assert logged()[-1][0] == "export broken off"
    assert list(out.parent.iterdir()) == []
    assert signal.getsignal(signal.SIGTERM) == before
