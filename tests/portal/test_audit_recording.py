import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction

from portal import audit
from portal.accounts.models import User
from portal.chrome.models import Market
from portal.leaving.models import ExternalSite
from tests import cast
from tests.factories import make_drug, make_market
from tests.portal.auditing import entries, only, run

pytestmark = pytest.mark.django_db

NOTICES = {"leavingnotice_set-TOTAL_FORMS": 0, "leavingnotice_set-INITIAL_FORMS": 0}
SITE = {"host": "doi.org", "name": "DOI", **NOTICES}


def make_site(host="doi.org"):
    return ExternalSite.objects.create(host=host, name="A site")


def test_it_records_a_new_row_whole():
    site = make_site()
    entry = only(kind="leaving_externalsite")
    assert (entry.action, entry.key, entry.label, entry.before) == ("insert", str(site.pk), "doi.org", None)
    assert entry.after == {"id": site.pk, "host": "doi.org", "name": "A site", "is_own": False}
    assert entry.place == f"externalsite:{site.pk}/"


def test_it_records_of_an_update_what_changed():
    make_site()
    ExternalSite.objects.update(name="Another name")
    entry = only(kind="leaving_externalsite", action="update")
    assert (entry.before, entry.after) == ({"name": "A site"}, {"name": "Another name"})


def test_it_records_what_was_deleted():
    make_site().delete()
    entry = only(kind="leaving_externalsite", action="delete")
    assert entry.before["host"] == "doi.org"
    assert entry.after is None


def test_it_passes_over_an_update_that_changes_nothing():
    make_market()
    Market.objects.get().save()
    assert [entry.action for entry in entries(kind="chrome_market")] == ["insert"]


def test_it_records_bulk_writers_and_plain_sql():
    ExternalSite.objects.bulk_create([ExternalSite(host="a.org", name="A"), ExternalSite(host="b.org", name="B")])
    run("UPDATE leaving_externalsite SET is_own = true WHERE host = 'b.org'")
    run("DELETE FROM leaving_externalsite WHERE host = 'a.org'")
    assert [entry.action for entry in entries(kind="leaving_externalsite")] == ["insert", "insert", "update", "delete"]


def test_it_forgets_what_was_rolled_back():
    with transaction.atomic():
        make_site("gone.org")
        transaction.set_rollback(True)
    make_site("kept.org")
    assert only(kind="leaving_externalsite").label == "kept.org"


def test_it_names_who_acts_and_why():
    user = cast.author()
    with audit.acting(user, reason="asked by telephone"):
        make_site()
    entry = only(kind="leaving_externalsite")
    assert (entry.actor_id, entry.actor, entry.reason) == (user.pk, "Ada (ada)", "asked by telephone")


def test_it_names_the_role_of_the_database_where_nobody_acts():
    make_site()
    entry = only(kind="leaving_externalsite")
    assert (entry.actor_id, entry.actor) == (None, "")
    assert entry.via.startswith("postgres")


def test_it_forgets_who_acted():
    with audit.acting(cast.author()):
        make_site("a.org")
    make_site("b.org")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE leaving_externalsite SET name = 'B'")
    acted = [(entry.label, entry.actor) for entry in entries(kind="leaving_externalsite")]
    assert acted == [("a.org", "Ada (ada)"), ("b.org", ""), ("a.org", ""), ("b.org", "")]


def test_it_adds_an_inner_reason_to_the_person_outside():
    with audit.acting(cast.author()):
        with audit.acting(None, reason="tidying up"):
            make_site("a.org")
        make_site("b.org")
    told = [(entry.actor, entry.reason) for entry in entries(kind="leaving_externalsite")]
    assert told == [("Ada (ada)", "tidying up"), ("Ada (ada)", "")]


def test_it_names_staff_who_save_a_form(client):
    client.force_login(cast.administrator())
    client.post("/admin/leaving/externalsite/add/", SITE)
    assert only(kind="leaving_externalsite").actor == "Emil (emil)"


def test_it_names_nobody_for_the_next_request(client):
    client.force_login(cast.administrator())
    client.post("/admin/leaving/externalsite/add/", SITE)
    make_site("b.org")
    assert [entry.actor for entry in entries(kind="leaving_externalsite")] == ["Emil (emil)", ""]


def test_a_note_says_what_changes_no_row():
    with audit.acting(cast.administrator(), reason="for an inspection"):
        audit.note("exported", "feedback", "Feedback as CSV", facts={"rows": 12})
    entry = only(kind="feedback")
    assert (entry.action, entry.actor, entry.reason, entry.is_note) == (
        "exported",
        "Emil (emil)",
        "for an inspection",
        True,
    )
    assert (entry.before, entry.after) == (None, {"rows": 12})


def test_it_never_holds_a_password():
    user = User.objects.create_user("gert", "gert@example.com", "a long secret", is_staff=True)
    before = user.password
    user.set_password("another long secret")
    user.save()
    made, changed = entries(kind="accounts_user")
    assert (changed.before, changed.after) == ({"password": "(hidden)"}, {"password": "(hidden)"})
    assert before not in str(made.after) + str(changed.after)


def test_it_records_rights_that_are_given_and_taken():
    group = Group.objects.get(name="Approver")
    user = cast.author()
    user.groups.add(group)
    user.groups.remove(group)
    told = [(entry.action, entry.label) for entry in entries(kind="accounts_user_groups")]
    assert told == [("insert", "ada: Author"), ("insert", "ada: Approver"), ("delete", "ada: Approver")]


def test_it_leaves_visitors_and_their_sign_ins_alone(client):
    visitor = User.objects.create_user("visitor@example.com", password="a long secret")
    client.force_login(visitor)
    assert entries(kind="accounts_user") == []


def test_it_records_a_visitor_who_is_made_staff():
    visitor = cast.stranger()
    visitor.is_staff = True
    visitor.save()
    assert only(kind="accounts_user").after == {"is_staff": True}


def test_it_keeps_the_name_of_a_row_that_is_renamed():
    drug = make_drug(name="Oldname")
    drug.name = "Newname"
    drug.save()
    assert [entry.label for entry in entries(kind="faq_drug")] == ["us Oldname", "us Newname"]


def test_it_forgets_who_acted_after_a_failure_inside_a_transaction():
    make_site("a.org")
    with audit.acting(cast.author()):
        make_site("b.org")
        with pytest.raises(IntegrityError), transaction.atomic():
            make_site("a.org")
    make_site("c.org")
    acted = [(entry.label, entry.actor) for entry in entries(kind="leaving_externalsite")]
    assert acted == [("a.org", ""), ("b.org", "Ada (ada)"), ("c.org", "")]
