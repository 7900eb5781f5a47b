"""The schedule: what has its turn when, and that each turn is taken once, whatever happens."""

from datetime import UTC, datetime, time, timedelta
from threading import Barrier, Event, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import timezone

from portal.clock import checks, keeping, state
from portal.clock.models import Chore
from portal.clock.schedule import SCHEDULE, Turn
from portal.lib.locks import held_alone
from tests import cast

HOURLY = Turn("resend_inquiries", every=timedelta(hours=1))
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def ran(monkeypatch):
    """The commands that ran, instead of running; what is put into `ran.refusal` is raised."""

    class Ran(list):
        refusal = None

    found = Ran()

    def call(command, **_options):
        found.append(command)
        if found.refusal:
            raise found.refusal

    monkeypatch.setattr(keeping, "call_command", call)
    return found


def chore():
    return Chore.objects.get()


@pytest.mark.parametrize(
    ("turn", "begun", "due"),
    [
        (Turn("x", every=timedelta(minutes=5)), NOON, NOON + timedelta(minutes=5)),
        (Turn("x", at=time(5)), NOON, datetime(2027, 3, 2, 5, tzinfo=UTC)),
        (Turn("x", at=time(5)), datetime(2027, 3, 1, 4, 59, tzinfo=UTC), datetime(2027, 3, 1, 5, tzinfo=UTC)),
        (Turn("x", at=time(5)), datetime(2027, 3, 1, 5, tzinfo=UTC), datetime(2027, 3, 2, 5, tzinfo=UTC)),
        (Turn("x", at=time(5)), None, None),
    ],
)
def test_a_turn_comes_again_in_time(turn, begun, due):
    assert turn.next(begun) == due


def test_what_failed_is_tried_again_within_the_hour():
    assert Turn("x", at=time(5)).next(NOON, failed=True) == NOON + timedelta(hours=1)
    assert Turn("x", every=timedelta(minutes=5)).next(NOON, failed=True) == NOON + timedelta(minutes=5)


def test_the_schedule_is_sound_and_says_its_hours():
    assert checks.problems(SCHEDULE) == []
    assert {turn.command: str(turn) for turn in SCHEDULE}["review_clock"] == "daily at 05:00 UTC"


@pytest.mark.parametrize(
    ("schedule", "problem"),
    [
        ((Turn("nothing", at=time(5)),), "There is no command 'nothing' to run."),
        ((HOURLY, HOURLY), "'resend_inquiries' is scheduled 2 times."),
        ((Turn("check_index"),), "either every so often or at one hour"),
        ((Turn("check_index", every=timedelta(1), at=time(5)),), "either every so often or at one hour"),
        ((Turn("check_index", at=time(5, tzinfo=UTC)),), "either every so often or at one hour"),
        ((Turn("check_index", every=timedelta(0)),), "more often than once a second"),
    ],
)
def test_a_schedule_that_cannot_be_kept_is_refused(schedule, problem):
    assert problem in checks.problems(schedule)[0]


@pytest.mark.django_db
def test_a_command_runs_in_its_turn_and_not_before(ran, monkeypatch):
    assert keeping.waited(HOURLY) is None
    assert timedelta(minutes=59) < keeping.waited(HOURLY) <= timedelta(hours=1)
    later = timezone.now() + timedelta(minutes=61)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert keeping.waited(HOURLY) is None
    assert ran == ["resend_inquiries"] * 2


@pytest.mark.django_db
def test_a_failure_is_kept_without_the_words_of_an_error(ran):
    ran.refusal = CommandError("Inquiries that could still not be mailed: 2.")
    keeping.waited(HOURLY)
    assert chore().problem == "Inquiries that could still not be mailed: 2."
    Chore.objects.all().delete()
    ran.refusal = RuntimeError("My patient Jane Doe fell ill.")
    keeping.waited(HOURLY)
    assert (chore().problem, chore().ended_at is not None) == ("RuntimeError", True)


@pytest.mark.django_db
def test_what_was_cut_off_runs_again(ran):
    nightly = Turn("check_index", at=time(5))
    begun = timezone.now() - timedelta(minutes=61)
    Chore.objects.create(command="check_index", begun_at=begun, machine="killed")
    assert keeping.waited(nightly) is None
    assert ran == ["check_index"]


@pytest.mark.django_db
def test_once_runs_what_has_its_turn_and_says_what_failed(ran):
    call_command("run_clock", once=True)
    assert sorted(ran) == sorted(turn.command for turn in SCHEDULE)
    Chore.objects.all().delete()
    ran.refusal = CommandError("no")
    with pytest.raises(CommandError, match="review_clock: no"):
        call_command("run_clock", once=True)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_several_machines_run_a_command_once(ran):
    barrier, results = Barrier(4), []

    def machine():
        barrier.wait()
        results.append(keeping.waited(HOURLY))
        connection.close()

    threads = [Thread(target=machine) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ran == ["resend_inquiries"]
    assert results.count(None) == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_lock_is_one_machine_s_and_ends_with_its_block():
    found = []

    def other():
        with held_alone("x") as is_held:
            found.append(is_held)
        connection.close()

    def ask():
        thread = Thread(target=other)
        thread.start()
        thread.join()

    with held_alone("x") as is_held:
        assert is_held
        ask()
    ask()
    assert found == [False, True]


def test_a_database_that_went_away_ends_nothing(monkeypatch, caplog):
    stop, looks = Event(), []

    def look(_turn):
        looks.append(1)
        if len(looks) == 3:
            stop.set()
        raise OperationalError("gone")

    monkeypatch.setattr(keeping, "waited", look)
    monkeypatch.setattr(keeping, "PAUSE", timedelta(0))
    keeping._attend(HOURLY, stop)
    assert len(looks) == 3
    assert "could not be attended to" in caplog.text


@pytest.mark.django_db
def test_monitoring_is_told_what_failed_what_is_late_and_what_never_ran(client, settings):
    settings.CLOCK = True
    now = timezone.now()
    for turn in SCHEDULE:
        Chore.objects.create(command=turn.command, begun_at=now, ended_at=now, machine="one")
    assert state.told() == "ok"
    Chore.objects.filter(command="review_clock").update(problem="A secret.")
    Chore.objects.filter(command="publish_due").update(begun_at=now - timedelta(hours=2))
    Chore.objects.filter(command="check_index").delete()
    response = client.get("/readyz")
    assert response.json()["chores"] == "publish_due is late, check_index never ran, review_clock failed"
    assert "secret" not in response.content.decode()


def test_monitoring_is_told_that_something_else_keeps_the_schedule(settings):
    settings.CLOCK = False
    assert state.told() == "off: switched off by CLOCK"


@pytest.mark.django_db
def test_an_administrator_sees_when_each_command_ran(client):
    now = timezone.now()
    Chore.objects.create(command="review_clock", begun_at=now, ended_at=now, machine="one", problem="No server.")
    Chore.objects.create(command="check_index", begun_at=now, machine="one")
    client.force_login(cast.administrator())
    page = client.get(reverse("admin:clock_chore_changelist")).content.decode()
    assert "daily at 05:00 UTC" in page
    assert "Failed</span>" in page
    assert "Running</span>" in page
    failed = Chore.objects.get(command="review_clock")
    assert "No server." in client.get(reverse("admin:clock_chore_change", args=[failed.pk])).content.decode()
    client.force_login(cast.author())
    assert client.get(reverse("admin:clock_chore_changelist")).status_code == 403
