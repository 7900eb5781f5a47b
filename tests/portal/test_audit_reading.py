import pytest
from django.utils import timezone

from portal.audit import reading
from portal.audit.models import Entry


def entry(kind, before, after):
    return Entry(position=1, at=timezone.now(), kind=kind, action="update", before=before, after=after)


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("faq_faqversion", "Version"),
        ("accounts_user_groups", "User and group"),
        ("faq_faq_topics", "FAQ and topic"),
        ("audit", "Audit"),
        ("gone_table", "Gone table"),
    ],
)
def test_a_table_is_called_what_its_rows_are(table, name):
    assert reading.kind(table) == name


@pytest.mark.parametrize(
    ("column", "value", "name", "shown"),
    [
        ("status", "in_review", "Status", "In review"),
        ("next_review", None, "Next review", "—"),
        ("published_at", "2026-03-01T08:05:00+00:00", "Published at", "1 March 2026, 08:05:00"),
        ("author_id", 7, "Author", "no. 7"),
        ("long_gone", ["a", {"b": 1}], "Long gone", "- a\n  b: 1"),
        ("short_answer", "<p>Yes.</p>", "Short answer", "<p>Yes.</p>"),
    ],
)
def test_a_value_is_said_in_words(column, value, name, shown):
    [change] = reading.changes(entry("faq_faqversion", {column: ""}, {column: value}))
    assert (change.name, change.before, change.after) == (name, "—", shown)


def test_a_list_shows_a_long_text_where_it_differs():
    text = "It is stored in the refrigerator, in its own carton, and never frozen, whatever the season. "
    [change] = reading.summary(entry("faq_drug", {"summary": text + "Old end"}, {"summary": text + "New end"}))
    assert (change.before, change.after) == ("…whatever the season. Old end", "…whatever the season. New end")


def test_a_list_tells_no_columns_of_a_row_that_came_whole():
    assert reading.summary(entry("faq_drug", None, {"name": "A"})) == []
