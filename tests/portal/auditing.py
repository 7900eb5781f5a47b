"""What the tests of the audit trail share."""

from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from portal.audit.guarding import grant
from portal.audit.models import Entry
from portal.lib.database import SERVING

LIST = "/admin/audit/entry/"


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def entries(**wanted):
    """The entries from the oldest on, those of this test's own transaction chained as its commit would do it."""
    connection.check_constraints()
    return list(Entry.objects.filter(**wanted).order_by("position"))


def only(**wanted):
    [entry] = entries(**wanted)
    return entry


def tamper(statement, *values):
    """Changes the trail as only a superuser can, with its guard lifted for the moment."""
    connection.check_constraints()
    run("ALTER TABLE audit_entry DISABLE TRIGGER entries_never_change")
    run(statement, *values)
    run("ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER entries_never_change")


def verified(*options):
    """What the command says of a trail that is whole."""
    connection.check_constraints()
    said = StringIO()
    call_command("verify_audit", *options, stdout=said)
    return said.getvalue()


def broken(*options):
    """What the command says of a trail that is not."""
    with pytest.raises(CommandError) as refusal:
        verified(*options)
    assert refusal.value.returncode == 1
    return str(refusal.value)


@contextmanager
def serving():
    """Inside the block the test's session is the serving role's."""
    grant(connection, SERVING)
    run(f"SET SESSION AUTHORIZATION {SERVING}")
    try:
        yield
    finally:
        run("RESET SESSION AUTHORIZATION")


def refused(statement):
    """What the database says to a statement that it refuses."""
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        run(statement)
    return str(refusal.value)
