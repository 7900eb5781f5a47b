"""The first page of the admin: what waits for whom, and lists that show exactly what it counts."""

from datetime import date, timedelta

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from faq import publishing, remarks, reviewing
from faq.models import Faq, FaqVersion
from portal.lib import landing
from tests import cast
from tests.factories import make_draft, make_published
from tests.faq.administering import approved, in_review
from tests.faq.remarking import make_remark
from tests.faq.searching import miss
from tests.portal.contacting import make_inquiry

pytestmark = pytest.mark.django_db
EVERYBODY = ["author", "approver", "feedback_reviewer", "inquiry_handler", "administrator", "superuser"]


def in_days(number):
    return timezone.localdate() + timedelta(days=number)


def make_work():
    """Some of everything that can wait for somebody."""
    make_draft()
    make_draft(author=cast.superuser())
    publishing.send_back(in_review(), by=cast.approver(), comment="Say which dose.")
    in_review()
    in_review(author=cast.approver())
    approved()
    for number in (-200, -1, 0, 30, 31, 60, 61):
        make_published(last_reviewed=date(2024, 1, 1), next_review=in_days(number))
    version = make_published()
    reviewing.label_changed(version.faq.drug, reason="New.", by=cast.approver())
    reviewer = cast.feedback_reviewer()
    read, given, _ = [make_remark(version) for _ in range(3)]
    remarks.mark_read([read], by=reviewer)
    remarks.assign([given], to=reviewer, by=reviewer)
    miss("Does it glow?")
    make_inquiry()
    make_inquiry(state="answered")


def counted(client, person):
    """The numbers on the page, by their labels."""
    client.force_login(person)
    sections = landing.sections(person)
    page = client.get(reverse("admin:index")).content.decode()
    entries = [entry for section in sections for entry in section.entries]
    for entry in entries:
        assert f'href="{entry.address.replace("&", "&amp;")}"><strong>{entry.count}</strong>' in page
    return {entry.label: entry for entry in entries}


@pytest.mark.parametrize("role", EVERYBODY)
def test_each_number_is_that_of_the_list_it_leads_to(client, role):
    make_work()
    for label, entry in counted(client, getattr(cast, role)()).items():
        assert client.get(entry.address).context["cl"].result_count == entry.count, label


@pytest.mark.parametrize(
    ("role", "waiting"),
    [
        ("feedback_reviewer", {"Unread remarks": 2, "Remarks assigned to me": 1}),
        ("author", {"My drafts": 2, "Sent back to me": 1}),
        ("approver", {"Waiting for my review": 1, "Approved, waiting to be published": 1}),
    ],
)
def test_it_counts_what_waits_for_the_person(client, role, waiting):
    make_work()
    found = counted(client, getattr(cast, role)())
    assert {label: found[label].count for label in waiting} == waiting


def test_it_counts_what_is_due_and_what_visitors_sent(client):
    make_work()
    found = {label: entry.count for label, entry in counted(client, cast.superuser()).items()}
    due = {"Overdue": 2, "Due within 30 days": 3, "Due in 31 to 60 days": 2, "Review requests": 1}
    sent = {"Questions that found no answer": 1, "Unread remarks": 2, "Remarks assigned to me": 0, "New inquiries": 1}
    assert found | due | sent == found


def test_it_shows_to_each_role_what_its_permissions_allow(client):
    due = {"Overdue", "Due within 30 days", "Due in 31 to 60 days", "Review requests"}
    seen = {role: set(counted(client, getattr(cast, role)())) for role in EVERYBODY}
    assert seen["inquiry_handler"] == {"New inquiries"}
    drafts = {"My drafts", "Sent back to me"}
    assert seen["author"] == due | drafts | {"Questions that found no answer", "Unread remarks"}
    assert {"Unread remarks", "Remarks assigned to me"} <= seen["feedback_reviewer"]
    assert "Waiting for my review" not in seen["feedback_reviewer"]
    assert len(seen["superuser"]) == 12


def test_it_asks_for_all_numbers_at_once(django_assert_num_queries):
    person = cast.superuser()
    make_work()
    with django_assert_num_queries(1):
        landing.sections(person)


def test_it_stays_small_with_many_rows(client, django_assert_max_num_queries):
    make_work()
    client.force_login(cast.superuser())
    with django_assert_max_num_queries(8):
        client.get(reverse("admin:index"))


def test_everything_that_may_be_opened_stands_on_a_shelf(rf):
    request = rf.get("/admin/")
    request.user = cast.superuser()
    apps = admin.site.get_app_list(request)
    shown = [kind["model"] for _, kinds in landing.shelves(apps) for kind in kinds]
    assert sorted(map(str, shown)) == sorted(str(kind["model"]) for app in apps for kind in app["models"])
    assert [kind["model"] for kind in dict(landing.shelves(apps))["Answers"]][:2] == [Faq, FaqVersion]


def test_what_nobody_shelved_stands_at_the_end():
    class Stray:
        class _meta:
            label = "stray.Stray"

    shelves = landing.shelves([{"models": [{"model": Stray}, {"model": Faq}]}])
    assert [title for title, _ in shelves] == ["Answers", "More"]


def test_the_page_of_one_app_shows_that_app_alone(client):
    client.force_login(cast.superuser())
    page = client.get("/admin/faq/").content.decode()
    assert "/admin/faq/faqversion/" in page
    assert "Waiting for my review" not in page
    assert "/admin/contact/" not in page.partition('id="content-main"')[2]


def test_who_belongs_to_no_group_is_told_what_to_do(client):
    stranger = cast.stranger()
    stranger.is_staff = True
    stranger.save()
    client.force_login(stranger)
    assert "Ask an administrator for a role." in client.get(reverse("admin:index")).content.decode()
