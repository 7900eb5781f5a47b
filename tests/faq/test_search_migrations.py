"""The index in its new form, there and back."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from faq.search.models import Synonym

BEFORE = [("search", "0001_initial")]
AFTER = [("search", "0002_index_by_own_tokens")]
SYNONYMS = [("search", "0003_first_synonyms")]
TRIGGERS = {"search_add_words", "search_change_words", "search_remove_words"}


@pytest.fixture
def migrate(db):
    """Goes to a state of the migrations; the test's own transaction takes all of it back."""
    with connection.cursor() as cursor:
        # No table changes while rows of it wait to be checked.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return lambda targets: MigrationExecutor(connection).migrate(targets)


def held():
    """The tables and triggers of search, and how many of its functions there are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'search_searchentry'::regclass AND NOT tgisinternal"
        )
        triggers = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT count(*) FROM pg_proc WHERE proname LIKE 'search_%_words'")
        functions = cursor.fetchone()[0]
    tables = {name for name in connection.introspection.table_names() if name.startswith("search_")}
    return tables, triggers, functions


def test_it_can_be_undone_and_done_again(migrate):
    migrate(BEFORE)
    assert held() == ({"search_searchentry"}, set(), 0)
    migrate(AFTER)
    tables, triggers, functions = held()
    assert {"search_searchentry", "search_searchword", "search_searchname", "search_rebuild"} <= tables
    assert (triggers, functions) == (TRIGGERS, 4)


def test_the_first_synonyms_are_there_once_however_often_they_are_written(migrate):
    before = Synonym.objects.count()
    migrate(AFTER)
    migrate(SYNONYMS)
    assert Synonym.objects.count() == before > 0
