"""Every table tells whoever keeps pages that it changed, or says here why no kept page shows it."""

import re

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from portal.lib.wholepages.announcing import TRIGGER, Announce
from tests.architecture.test_audit import tables

QUIET = {
    "accounts_user": "no page names staff",
    "accounts_user_groups": "rights of staff",
    "accounts_user_user_permissions": "rights of staff",
    "audit_entry": "read by staff",
    "auth_group": "rights of staff",
    "auth_group_permissions": "rights of staff",
    "auth_permission": "rights of staff",
    "chrome_consent": "what visitors chose",
    "clock_chore": "when a command last ran",
    "contact_inquiry": "what visitors wrote",
    "faq_comment": "read by reviewers",
    "faq_exportpart": "read by staff",
    "faq_faqversion_writers": "no page names staff",
    "faq_feedback": "what visitors said",
    "faq_feedbackexport": "read by staff",
    "faq_invitation": "opens a preview, which is never kept",
    "faq_presence": "read by staff",
    "faq_remark": "what visitors wrote",
    "faq_reviewreminder": "whom the review clock told what",
    "faq_sendback": "read by staff",
    "faq_signature": "no page names staff",
    "faq_tally": "derived from votes",
    "faq_wordimport": "read by staff",
    "faq_wordpicture": "waits for a Word file to become a draft",
    "retention_retentionperiod": "read by commands",
    "safety_safetyevent": "read by staff",
    "safety_safetyflag": "read by staff",
    "search_rebuild": "how far a rebuild came",
    "search_searchevent": "what visitors searched for",
    "search_searchgap": "read by staff",
}


def announced():
    nodes = MigrationLoader(None, ignore_no_migrations=True).disk_migrations.values()
    return {operation.table for node in nodes for operation in node.operations if isinstance(operation, Announce)}


def test_every_table_is_announced_or_says_why_not():
    missing = tables() - announced() - set(QUIET)
    hint = "add portal.lib.wholepages.Announce to a migration of its app, or the table and the reason to QUIET"
    assert missing == set(), hint


def test_what_is_announced_is_there_and_not_quiet():
    assert announced() <= tables()
    assert not announced() & set(QUIET)
    assert set(QUIET) <= tables()


@pytest.mark.django_db
def test_the_database_has_every_trigger():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [TRIGGER])
        found = {re.sub(r"^.*\.", "", table) for (table,) in cursor.fetchall()}
    assert found == announced()
