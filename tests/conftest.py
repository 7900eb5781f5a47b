"""What all tests share beside the cast and the factories."""

import pytest
from django.core.cache import cache
from django.db import connection

_GUARDS = "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE '%_is_never_truncated'"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    # Tests that commit end with TRUNCATE; one that proves its refusal enables the trigger first.
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(_GUARDS)
        for table, trigger in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")


@pytest.fixture(autouse=True)
def _nothing_remembered():
    # The list of own hosts outlives a test's rollback in the process's cache.
    cache.clear()
