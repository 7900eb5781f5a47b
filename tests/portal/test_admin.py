"""Who may open what in the admin, and that every page of it opens."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from faq.admin import presence
from faq.models import ExportPart, Feedback, FeedbackExport, Invitation, Remark, SendBack, Signature, Tally, WordImport
from faq.models.word import WordPicture
from portal.accounts.models import User
from portal.contact.models import Inquiry
from portal.lib.admin import is_used
from tests import cast
from tests.factories import make_category, make_draft, make_drug, make_faq
from tests.portal.contacting import make_inquiry
from tests.portal.furnishing import make_one_of_everything

pytestmark = pytest.mark.django_db

OURS = ("faq", "search", "chrome", "leaving", "contact", "accounts", "clock")
# These have no list of their own: they stand on the page of their version, of the desk, or of an export.
ON_VERSIONS = {ExportPart, FeedbackExport, Invitation, Signature, SendBack, Tally, WordImport, WordPicture}
OWN = [model for model in apps.get_models() if model._meta.app_label in OURS and model not in ON_VERSIONS]
MODELS = [*OWN, Group]


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def first_of(model, request):
    """A row that the model's list shows."""
    return admin.site._registry[model].get_queryset(request).first()


def client_of(client, user):
    client.force_login(user)
    return client


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_it_shows_every_model(client, model):
    assert model in admin.site._registry
    make_one_of_everything()
    client_of(client, cast.superuser())
    assert client.get(url(model, "changelist"), {"q": "a"}).status_code == 200
    response = client.get(url(model, "changelist"))
    assert response.status_code == 200
    row = first_of(model, response.wsgi_request)
    assert client.get(url(model, "change", row.pk)).status_code == 200
    assert client.get(url(model, "history", row.pk)).status_code == 200
    may_add = admin.site._registry[model].has_add_permission(response.wsgi_request)
    assert client.get(url(model, "add")).status_code == (200 if may_add else 403)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_it_offers_no_bulk_delete(client, model):
    make_one_of_everything()
    response = client_of(client, cast.superuser()).get(url(model, "changelist"))
    assert "delete_selected" not in response.content.decode()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_it_never_offers_a_delete_that_the_database_refuses(client, model):
    make_one_of_everything()
    client_of(client, cast.superuser())
    row = first_of(model, client.get(url(model, "changelist")).wsgi_request)
    page = client.get(url(model, "change", row.pk)).content.decode()
    if 'class="deletelink"' in page:
        assert client.post(url(model, "delete", row.pk), {"post": "yes"}).status_code == 302
        assert not model._default_manager.filter(pk=row.pk).exists()
    else:
        assert client.post(url(model, "delete", row.pk), {"post": "yes"}).status_code == 403


def test_a_draft_can_be_deleted_while_somebody_has_it_open(client):
    draft = make_draft()
    presence.tell(draft, cast.author())
    client_of(client, cast.superuser()).post(url(type(draft), "delete", draft.pk), {"post": "yes"})
    assert not type(draft).objects.exists()


SEARCHES = [model._meta.model_name for model in MODELS if model._meta.app_label == "search"]
ROLES = {
    # cast member: (may open, may not open)
    "author": (
        ["faq", "faqversion", "drug", "reference", "figure", "page", "feedback", "remark", *SEARCHES],
        ["inquiry", "user"],
    ),
    "approver": (
        ["faq", "faqversion", "feedback", "remark", "reviewrequest", "reviewreminder", *SEARCHES],
        ["inquiry", "user", "navlink"],
    ),
    "feedback_reviewer": (["feedback", "remark", "faqversion", *SEARCHES], ["inquiry", "user", "page"]),
    "inquiry_handler": (["inquiry"], ["feedback", "remark", "faqversion", "user", *SEARCHES]),
    "administrator": (
        ["faq", "faqversion", "feedback", "inquiry", "user", "market", "leavingnotice", *SEARCHES],
        ["group"],
    ),
}


@pytest.mark.parametrize("role", ROLES)
def test_it_opens_to_each_role_what_is_its_own(client, role):
    make_one_of_everything()
    client_of(client, getattr(cast, role)())
    by_name = {model._meta.model_name: model for model in MODELS}
    allowed, refused = ROLES[role]
    assert [client.get(url(by_name[name], "changelist")).status_code for name in allowed] == [200] * len(allowed)
    assert [client.get(url(by_name[name], "changelist")).status_code for name in refused] == [403] * len(refused)


def test_it_is_closed_to_those_who_are_no_staff(client):
    response = client_of(client, cast.stranger()).get(reverse("admin:index"))
    assert response.status_code == 302
    assert "login" in response.url


@pytest.mark.parametrize("model", [Feedback, Remark, Inquiry])
def test_it_leaves_what_visitors_sent_as_it_was_sent(client, model):
    make_one_of_everything()
    client_of(client, cast.superuser())
    row = model.objects.get()
    assert client.get(url(model, "add")).status_code == 403
    assert client.post(url(model, "change", row.pk), {"question": "Other words"}).status_code == 403
    assert client.post(url(model, "delete", row.pk), {"post": "yes"}).status_code == 403


def test_it_marks_one_inquiry_as_answered(client):
    handler, inquiry = cast.inquiry_handler(), make_inquiry()
    client_of(client, handler)
    assert b"Mark as answered" in client.get(url(Inquiry, "change", inquiry.pk)).content
    client.post(url(Inquiry, "answered", inquiry.pk))
    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.answered_by) == ("answered", handler)
    assert b"Mark as answered" not in client.get(url(Inquiry, "change", inquiry.pk)).content
    assert client.get(url(Inquiry, "answered", inquiry.pk)).status_code == 405


def test_it_marks_selected_inquiries_as_answered_and_counts_them(client):
    chosen = [make_inquiry().pk, make_inquiry(state="answered").pk]
    data = {"action": "mark_answered", "_selected_action": chosen}
    response = client_of(client, cast.inquiry_handler()).post(url(Inquiry, "changelist"), data, follow=True)
    assert [str(message) for message in response.context["messages"]] == [
        "Marked as answered: 1 of the selected inquiries."
    ]


def test_it_lets_no_other_role_mark_an_inquiry(client):
    inquiry = make_inquiry()
    client_of(client, cast.feedback_reviewer()).post(url(Inquiry, "answered", inquiry.pk))
    inquiry.refresh_from_db()
    assert inquiry.state == "new"


def test_it_lets_no_administrator_rise_above_the_groups(client):
    administrator, root = cast.administrator(), cast.superuser()
    client_of(client, administrator)
    page = client.get(url(User, "change", administrator.pk)).content.decode()
    assert 'name="is_superuser"' not in page
    assert 'name="user_permissions"' not in page
    assert 'name="groups"' in page
    assert client.post(url(User, "change", root.pk), {"username": "mine"}).status_code == 403
    assert client.get(f"/admin/accounts/user/{root.pk}/password/").status_code == 403


def test_it_says_beside_the_field_that_a_slug_is_taken(client):
    taken, other = make_category(slug="taken"), make_category(slug="free")
    data = {"slug": taken.slug, "name": "Other", "order": 0}
    response = client_of(client, cast.superuser()).post(url(type(other), "change", other.pk), data)
    assert response.status_code == 200
    assert "already exists" in response.content.decode()


def test_it_takes_an_address_without_a_scheme_for_https(client):
    drug = make_drug()
    data = {
        "category": drug.category_id,
        "name": drug.name,
        "slug": drug.slug,
        "status": drug.status,
        "prescribing_information_url": "example.com/label.pdf",
        "names-TOTAL_FORMS": 0,
        "names-INITIAL_FORMS": 0,
    }
    response = client_of(client, cast.superuser()).post(url(type(drug), "change", drug.pk), data)
    assert response.status_code == 302
    drug.refresh_from_db()
    assert drug.prescribing_information_url == "https://example.com/label.pdf"


def test_it_knows_what_is_in_use():
    faq = make_faq()
    assert is_used(faq.drug)
    assert not is_used(faq)
