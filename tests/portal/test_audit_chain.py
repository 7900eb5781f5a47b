"""Whatever is done to the trail, the command names the first entry that is wrong."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from portal.audit import chain
from portal.audit.models import Entry
from portal.leaving.models import ExternalSite
from tests.portal.auditing import broken, entries, only, refused, run, tamper, verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def first():
    """The position of the first of five entries."""
    before = len(entries())
    for number in range(5):
        ExternalSite.objects.create(host=f"{number}.org", name="Ünïcode, “quoted” \\ \n and more")
        connection.check_constraints()
    return before + 1


def test_it_finds_a_trail_whole_and_says_where_it_ends(first):
    said = verified()
    last = entries(kind="leaving_externalsite")[-1]
    assert f"{first + 4} entries" in said.replace(",", "")
    assert f"Head: {last.position}:{last.hash}" in said


def test_it_records_that_it_was_verified(first):
    verified()
    note = only(kind="audit")
    assert (note.action, note.after["position"]) == ("verified", first + 4)


def test_it_names_an_entry_that_was_changed(first):
    tamper("UPDATE audit_entry SET actor = 'somebody else' WHERE position = %s", first + 2)
    assert f"entry {first + 2} was changed" in broken()
    assert only(kind="audit").action == "found broken"


@pytest.mark.parametrize(
    "change",
    [
        "at = at + interval '1 microsecond'",
        "actor_id = 7",
        "via = 'x'",
        "action = 'x'",
        "kind = 'x'",
        "key = 'x'",
        "place = 'x'",
        "label = 'x'",
        "before = '{}'",
        "after = after || '{\"is_own\": true}'",
        "reason = 'x'",
        "is_note = NOT is_note",
        "previous = hash",
        "hash = previous",
    ],
)
def test_it_notices_a_change_of_any_column(first, change):
    tamper(f"UPDATE audit_entry SET {change} WHERE position = %s", first + 1)
    assert f"entry {first + 1} was changed" in broken()


def test_it_names_an_entry_that_was_taken_out(first):
    tamper("DELETE FROM audit_entry WHERE position = %s", first + 1)
    assert f"entry {first + 1} is missing" in broken()


def test_it_names_several_that_were_taken_out(first):
    tamper("DELETE FROM audit_entry WHERE position IN (%s, %s)", first + 1, first + 2)
    assert f"entries {first + 1} to {first + 2} are missing" in broken()


def test_it_names_the_beginning_that_was_taken_away(first):
    tamper("DELETE FROM audit_entry WHERE position <= %s", first)
    assert ("entry 1 is" if first == 1 else f"entries 1 to {first} are") + " missing" in broken()


def test_it_notices_an_end_that_was_cut_by_a_head_kept_elsewhere(first):
    head = verified().split("Head: ")[1].strip()
    tamper("DELETE FROM audit_entry WHERE position >= %s", first + 3)
    assert "is whole" in verified()
    tamper("DELETE FROM audit_entry WHERE position >= %s", first + 3)
    assert f"entries {first + 3} to {first + 4} are missing: the end was cut" in broken("--head", head)


def test_it_notices_an_entry_that_was_replaced_with_a_fitting_hash(first):
    row = next(row for row in chain.rows() if row.position == first + 2)
    forged = row._replace(actor="somebody else")
    tamper("UPDATE audit_entry SET actor = 'somebody else', hash = %s WHERE position = %s", forged.computed, first + 2)
    assert f"entry {first + 3} is out of order: it does not follow on what stands before it" in broken()


def test_it_notices_a_history_that_was_rewritten_to_its_end(first):
    head = verified().split("Head: ")[1].strip()
    connection.check_constraints()
    for row in list(chain.rows()):
        if row.position >= first + 2:
            previous = Entry.objects.get(position=row.position - 1).hash
            forged = row._replace(reason="another", previous=previous)
            values = "UPDATE audit_entry SET reason = 'another', previous = %s, hash = %s WHERE position = %s"
            tamper(values, previous, forged.computed, row.position)
    assert "is whole" in verified()
    assert f"entry {first + 4} is another one than was noted" in broken("--head", head)


def test_it_names_what_was_never_chained(first):
    run("ALTER TABLE audit_seal DISABLE TRIGGER entries_are_chained")
    ExternalSite.objects.create(host="secret.org", name="Secret")
    run("UPDATE audit_pending SET xact = '3'")
    run("ALTER TABLE audit_seal ENABLE TRIGGER entries_are_chained")
    assert f"1 changes after entry {first + 4} are unchained" in broken()


def test_it_names_a_table_that_is_not_recorded_any_more(first):
    run("ALTER TABLE leaving_externalsite DISABLE TRIGGER changes_are_recorded")
    assert "nothing is recorded or guarded any more in leaving_externalsite" in broken()


def test_it_names_the_trail_without_its_guard(first):
    run("ALTER TABLE audit_entry DISABLE TRIGGER entries_never_change")
    assert "guarded any more in audit_entry" in broken()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry", "DELETE FROM audit_entry WHERE false"],
)
@pytest.mark.parametrize("pretence", ["origin", "replica"])
def test_the_trail_is_never_changed(first, statement, pretence):
    run(f"SET LOCAL session_replication_role = {pretence}")
    assert "of the audit trail is refused" in refused(statement)


def test_the_trail_is_never_truncated(first):
    # Lifted for tests that commit (tests/conftest.py).
    run("ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_is_never_truncated")
    assert "TRUNCATE of the audit trail is refused" in refused("TRUNCATE audit_entry")


def test_the_form_that_is_hashed_is_written_down_here():
    moment = datetime(2026, 3, 1, 8, 5, 0, 7, tzinfo=UTC)
    named = (None, "Ä", "", "update", "t", "1", "t:1/", "T")
    told = chain.Row(2, "a" * 64, "", moment, *named, '{"a": 1}', None, "", False)
    expected = f"64:{'a' * 64},1:2,27:2026-03-01T08:05:00.000007Z,-,2:Ä,0:,6:update,1:t,1:1,4:t:1/,1:T,"
    expected += '8:{"a": 1},-,0:,5:false'
    assert chain.canonical(told) == expected.encode()


@pytest.mark.parametrize("head", ["12", "x:y", f"-1:{'0' * 64}"])
def test_it_refuses_what_is_no_head(head):
    with pytest.raises(Exception, match="a head is a position"):
        verified(f"--head={head}")
