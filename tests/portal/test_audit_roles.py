"""What the role that serves can and cannot do."""

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection, connections

from faq import publishing
from faq.models import FaqVersion
from portal.audit import checks, note
from portal.audit.guarding import guard
from portal.lib.database import SERVING, configuration, has_two_roles, owner
from tests import cast
from tests.factories import make_draft, make_figure, make_published
from tests.portal.auditing import entries, only, refused, run, serving

pytestmark = pytest.mark.django_db

OWNER = "postgresql://owner:secret@db.example/portal"
URL = "postgresql://portal:secret@db.example/portal"


@pytest.mark.parametrize("table", ["audit_entry", "faq_faqversion", "faq_citation"])
@pytest.mark.parametrize(
    ("statement", "answer"),
    [
        ("TRUNCATE {} CASCADE", "permission denied"),
        ("ALTER TABLE {} DISABLE TRIGGER ALL", "must be owner"),
        ("ALTER TABLE {} ADD COLUMN x int", "must be owner"),
        ("DROP TABLE {} CASCADE", "must be owner"),
        ("CREATE TRIGGER x BEFORE INSERT ON {} EXECUTE FUNCTION faq_refuse()", "permission denied"),
    ],
)
def test_it_owns_no_table(table, statement, answer):
    with serving():
        assert answer in refused(statement.format(table))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor = 'x'",
        "DELETE FROM audit_entry",
        "INSERT INTO audit_entry (position) VALUES (1)",
        "INSERT INTO audit_pending (actor) VALUES ('x')",
        "DELETE FROM audit_pending",
        "DELETE FROM audit_seal",
        "SELECT audit_record('published', 'faq_faqversion', '1', '', '', NULL, NULL, '', false)",
        "SET session_replication_role = replica",
        "SET ROLE postgres",
        "DELETE FROM django_migrations",
        "CREATE TABLE own (id int)",
    ],
)
def test_it_cannot_write_the_trail_past_the_triggers(statement):
    with serving():
        assert "permission denied" in refused(statement)


@pytest.mark.parametrize(
    ("statement", "answer"),
    [
        ("DROP TRIGGER entries_never_change ON audit_entry", "must be owner"),
        ("DROP TRIGGER frozen_versions_never_change ON faq_faqversion", "must be owner"),
        ("CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE sql AS ''", "permission denied"),
        ("DROP FUNCTION faq_guard_version() CASCADE", "must be owner"),
    ],
)
def test_it_cannot_lift_what_guards(statement, answer):
    with serving():
        assert answer in refused(statement)


def test_it_cannot_change_published_wording():
    version = make_published()
    with serving():
        assert "cannot be changed" in refused(f"UPDATE faq_faqversion SET body = 'x' WHERE id = {version.pk}")
        assert "cannot be deleted" in refused(f"DELETE FROM faq_faqversion WHERE id = {version.pk}")


def test_it_cannot_deceive_a_trigger_by_a_table_of_the_same_name():
    draft = make_draft(body='<p>Text</p><figure data-figure="curve"></figure>')
    make_figure(draft)
    make_published(draft=draft)
    with serving():
        run("CREATE TEMPORARY TABLE faq_faqversion AS SELECT id, 'draft' AS status FROM public.faq_faqversion")
        assert "cannot be changed" in refused("UPDATE public.faq_figure SET title = 'x'")


def test_it_cannot_speak_through_a_table_of_its_own():
    with serving():
        run("CREATE TEMPORARY TABLE own (id int)")
        made = "CREATE TRIGGER x AFTER INSERT ON own FOR EACH ROW EXECUTE FUNCTION audit_watch_faq_drug()"
        assert "permission denied for function" in refused(made)


def test_it_does_all_that_serving_takes():
    draft = make_draft()
    with serving():
        publishing.submit(draft, by=cast.author())
        publishing.approve(draft, by=cast.approver())
        draft.refresh_from_db()
        publishing.publish(draft, by=cast.approver())
        call_command("rebuild_index", all=True, verbosity=0)
        call_command("check_index", verbosity=0)
        note("exported", "feedback", "Feedback as CSV")
        assert FaqVersion.objects.published().get() == draft
        assert [entry.action for entry in entries(kind="faq_faqversion")][-1] == "published"
    assert only(kind="feedback").via.startswith(SERVING)


def test_it_says_how_well_the_trail_is_guarded():
    assert not guard(connection).is_whole
    assert "guarded by triggers only" in str(guard(connection))
    with serving():
        found = guard(connection)
        assert found.is_whole
        assert str(found) == "the role portal can add to it by its acts and cannot change it"


def test_the_embedded_server_has_two_roles(tmp_path):
    entry = configuration(None, tmp_path)
    assert (entry["USER"], owner(entry)["USER"]) == (SERVING, "postgres")


def test_a_database_elsewhere_has_two_where_its_owner_is_named(tmp_path):
    entry = configuration(URL, tmp_path, OWNER)
    assert (entry["USER"], owner(entry)["USER"], owner(entry)["NAME"]) == ("portal", "owner", "portal")
    assert has_two_roles(entry)
    assert not has_two_roles(configuration(URL, tmp_path))
    assert not has_two_roles(configuration(URL, tmp_path, URL))


@pytest.mark.parametrize(
    ("url", "owner_url", "problem"),
    [
        (None, OWNER, "DATABASE_URL must be set"),
        (URL, OWNER.replace("/portal", "/other"), "must name the same database"),
        (URL, "sqlite:///secret.db", "MIGRATION_DATABASE_URL must name a PostgreSQL database"),
    ],
)
def test_it_refuses_an_owner_of_something_else(url, owner_url, problem, tmp_path):
    with pytest.raises(ImproperlyConfigured, match=problem) as refusal:
        configuration(url, tmp_path, owner_url)
    assert "secret" not in str(refusal.value)


def test_a_deployment_with_one_role_is_warned(monkeypatch, tmp_path):
    monkeypatch.setattr(connections["default"], "settings_dict", configuration(URL, tmp_path))
    assert [found.id for found in run_checks(include_deployment_checks=True) if found.id == "audit.W001"]
    monkeypatch.setattr(connections["default"], "settings_dict", configuration(URL, tmp_path, OWNER))
    assert checks.two_roles() == []
