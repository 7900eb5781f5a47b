import csv
import io
import json

import pytest
from django.urls import reverse

from portal import audit
from portal.audit import chain
from portal.audit.models import Entry
from portal.leaving.models import ExternalSite
from tests import cast
from tests.factories import make_draft, make_drug
from tests.portal.auditing import LIST, entries, only, tamper, verified

pytestmark = pytest.mark.django_db
EXPORT = f"{LIST}export/"


@pytest.fixture
def site():
    """One site, made by nobody, renamed by Ada for a reason, removed by Emil."""
    row = ExternalSite.objects.create(host="doi.org", name="<b>A</b> site")
    with audit.acting(cast.author(), reason="its owner asked"):
        ExternalSite.objects.update(name="A site of others")
    with audit.acting(cast.administrator()):
        row.delete()
    return entries(kind="leaving_externalsite")


@pytest.fixture
def administrator(client):
    client.force_login(cast.administrator())
    return client


def shown(client, **asked):
    """The labels and actions of the entries that the list shows."""
    response = client.get(LIST, asked)
    assert response.status_code == 200
    return [(entry.label, entry.action) for entry in response.context["cl"].result_list]


def test_it_shows_who_did_what_from_what_to_what_and_why(administrator, site):
    page = administrator.get(LIST, {"kind": "leaving_externalsite"}).content.decode()
    for words in ("Ada (ada)", "changed", "External site", "doi.org", "A site of others", "its owner asked"):
        assert words in page
    assert "&lt;b&gt;A&lt;/b&gt; site" in page
    assert "<b>A</b>" not in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"action": "update"}, ["update"]),
        ({"who": "nobody"}, ["insert"]),
        ({"since": "2000-01-01", "until": "2100-01-01"}, ["delete", "update", "insert"]),
        ({"since": "2100-01-01"}, []),
        ({"until": "2000-01-01"}, []),
        ({"since": "no day"}, []),
        ({"q": "DOI.org"}, ["delete", "update", "insert"]),
        ({"q": "another"}, []),
    ],
)
def test_it_narrows_the_list(administrator, site, asked, found):
    assert shown(administrator, kind="leaving_externalsite", **asked) == [("doi.org", action) for action in found]


def test_it_narrows_the_list_to_a_person(administrator, site):
    assert shown(administrator, kind="leaving_externalsite", who=cast.author().pk) == [("doi.org", "update")]


def test_it_narrows_the_list_to_a_row_and_its_parts(administrator):
    draft = make_draft()
    make_draft()
    entries()
    found = shown(administrator, place=f"faq:{draft.faq_id}/")
    assert {label.split()[0] for label, _ in found} == {draft.faq.content_id}
    assert (f"{draft.faq.content_id} v1", "insert") in found


def test_an_entry_shows_both_sides_with_what_differs(administrator, site):
    page = administrator.get(f"{LIST}{site[1].pk}/change/").content.decode()
    assert "<del>&lt;b&gt;A&lt;/b&gt; site</del>" in page
    assert "<ins>A site of others</ins>" in page
    assert "its owner asked" in page
    assert site[1].hash in page


def test_an_entry_names_the_rows_behind_its_numbers(administrator):
    drug = make_drug()
    [entry] = [entry for entry in entries(kind="faq_drug") if entry.key == str(drug.pk)]
    page = administrator.get(f"{LIST}{entry.pk}/change/").content.decode()
    assert drug.category.name in page


@pytest.mark.parametrize("address", ["add/", "1/delete/"])
def test_nobody_adds_or_removes_an_entry(client, site, address):
    client.force_login(cast.superuser())
    assert client.get(f"{LIST}{address}").status_code == 403


def test_nobody_changes_an_entry(client, site):
    client.force_login(cast.superuser())
    assert client.post(f"{LIST}{site[0].pk}/change/", {"actor": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("person", "sees", "exports"), [("administrator", 200, 200), ("approver", 200, 403), ("author", 403, 403)]
)
def test_seeing_and_exporting_are_rights_of_their_own(client, site, person, sees, exports):
    client.force_login(getattr(cast, person)())
    assert client.get(LIST).status_code == sees
    assert client.post(f"{EXPORT}csv/").status_code == exports


def test_it_exports_exactly_what_the_list_shows(administrator, site):
    response = administrator.post(f"{EXPORT}jsonl/?kind=leaving_externalsite&action=update")
    [line] = response.getvalue().decode().splitlines()
    told = json.loads(line)
    assert (told["position"], told["before"], told["reason"]) == (
        site[1].position,
        {"name": "<b>A</b> site"},
        "its owner asked",
    )


def test_an_export_holds_what_the_hash_was_made_of(administrator, site):
    text = administrator.post(f"{EXPORT}csv/?kind=leaving_externalsite").getvalue().decode("utf-8-sig")
    told = list(csv.DictReader(io.StringIO(text)))
    rows = {str(row.position): row for row in chain.rows()}
    assert [row["before"] or None for row in told] == [rows[row["position"]].before for row in told]
    assert [row["hash"] for row in told] == [entry.hash for entry in site]


def test_an_export_computes_nothing_in_a_spreadsheet(administrator):
    with audit.acting(cast.author(), reason="=1+1"):
        make_drug()
    entries()
    text = administrator.post(f"{EXPORT}csv/?kind=faq_drug").getvalue().decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text))
    assert row["reason"] == "'=1+1"


def test_an_export_is_an_entry_itself(administrator, site):
    administrator.post(f"{EXPORT}csv/?kind=leaving_externalsite").getvalue()
    entry = only(kind="audit", action="exported")
    assert entry.actor == "Emil (emil)"
    assert entry.after["entries"] == 3
    assert entry.after["kind"] == "leaving_externalsite"


def test_an_export_is_asked_for_by_a_button(administrator, site):
    assert administrator.get(f"{EXPORT}csv/").status_code == 405
    assert administrator.post(f"{EXPORT}xml/").status_code == 404


def test_it_says_when_the_trail_was_last_verified(administrator, site):
    assert "Nobody has verified this trail yet" in administrator.get(LIST).content.decode()
    verified()
    entries()
    assert "verified and whole up to then" in administrator.get(LIST).content.decode()


def test_it_says_that_the_trail_was_found_broken(administrator, site):
    tamper("UPDATE audit_entry SET actor = 'x' WHERE position = %s", site[0].position)
    with pytest.raises(Exception, match="broken"):
        verified()
    entries()
    page = administrator.get(LIST).content.decode()
    assert "found broken" in page
    assert f"ntry {site[0].position} was changed" in page


def test_it_takes_few_queries_however_many_entries_there_are(administrator, django_assert_max_num_queries):
    for _ in range(40):
        make_drug()
    entries()
    with django_assert_max_num_queries(19):
        administrator.get(LIST)
    with django_assert_max_num_queries(19):
        administrator.get(f"{LIST}{Entry.objects.first().pk}/change/")


def test_an_answer_leads_to_its_trail(administrator):
    draft = make_draft()
    version = administrator.get(reverse("admin:faq_faqversion_change", args=[draft.pk])).content.decode()
    question = administrator.get(reverse("admin:faq_faq_change", args=[draft.faq_id])).content.decode()
    assert f"{LIST}?place=faq%3A{draft.faq_id}%2Fversion%3A{draft.pk}%2F" in version
    assert f"{LIST}?place=faq%3A{draft.faq_id}%2F" in question


def test_an_answer_leads_nobody_to_a_trail_that_they_may_not_read(client):
    draft = make_draft()
    client.force_login(cast.author())
    for name, key in (("faqversion", draft.pk), ("faq", draft.faq_id)):
        page = client.get(reverse(f"admin:faq_{name}_change", args=[key])).content.decode()
        assert LIST not in page
