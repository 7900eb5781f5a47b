"""How often the pages of the admin ask the database: seldom, and no more often for more rows."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faq.models import Citation, Figure, ReviewRequest
from faq.models.workflow import Status
from portal.audit.models import Entry
from portal.lib.admin import change_url
from tests import cast
from tests.faq.administering import LIST, page
from tests.faq.crowding import make_crowded
from tests.portal.furnishing import make_one_of_everything

pytestmark = pytest.mark.django_db

MOST = 19
CLOCK = "/admin/faq/reviewrequest/clock/"


@pytest.fixture
def staff(client):
    """Somebody with every right of a group, whose rights are looked up."""
    client.force_login(cast.administrator())
    return client


def cost(client, address):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(captured)


def costs(client, addresses):
    return {address: cost(client, address) for address in addresses}


def grown(few, many):
    """The pages that cost too much, or more than they did."""
    return {address: (few[address], now) for address, now in many.items() if now > min(MOST, few[address])}


def everything(request):
    """The list of each kind that is registered, the page of its first row, and the one that adds a row."""
    addresses = [reverse("admin:index"), CLOCK]
    for model, page_of in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        if page_of.has_module_permission(request) and page_of.has_view_permission(request):
            row = page_of.get_queryset(request).first()
            addresses += [reverse(f"{name}_changelist"), change_url(row)]
            addresses += [reverse(f"{name}_add")] if page_of.has_add_permission(request) else []
    return addresses


def test_no_page_asks_more_often_when_there_are_more_rows(client):
    client.force_login(cast.superuser())
    for number in (1, 2):
        make_one_of_everything(number)
    addresses = everything(client.get(LIST).wsgi_request)
    costs(client, addresses)
    few = costs(client, addresses)
    for number in range(3, 8):
        make_one_of_everything(number)
    assert len(addresses) > 80
    assert not grown(few, costs(client, addresses))


@pytest.mark.parametrize("status", list(Status))
def test_a_version_asks_no_more_often_the_more_its_page_shows(staff, status):
    few, many = page(make_crowded(status, 2)), page(make_crowded(status, 5))
    cost(staff, few)
    assert cost(staff, many) == cost(staff, few) <= MOST


def around(version):
    """The pages about a version, its question, and what it is made of."""
    source = Citation.objects.filter(version=version).first().reference
    figure = Figure.objects.filter(version=version).first()
    rows = [version.faq, version.faq.drug, source, figure, ReviewRequest.objects.filter(faq=version.faq).first()]
    entry = Entry.objects.filter(place__startswith=f"faq:{version.faq_id}/version:{version.pk}/").first()
    day = version.published_at.date().isoformat()
    asked = f"market={version.faq.market_id}&day={day}&content_id="
    return [
        *map(change_url, [*rows, *([entry] if entry else [])]),
        *(f"{LIST}{version.pk}/{name}/" for name in ("preview", "preview/page", "compare", "reviews")),
        f"{LIST}as-of/?{asked}{version.faq.content_id}",
        f"{LIST}as-of/?{asked}",
        f"{LIST}?q=stored",
        f"{reverse('admin:faq_faq_changelist')}?q=stored",
    ]


def test_what_stands_around_a_version_asks_no_more_often_the_more_there_is(staff):
    few, many = around(make_crowded(Status.PUBLISHED, 2)), around(make_crowded(Status.PUBLISHED, 5))
    costs(staff, few)
    before, after = [list(costs(staff, addresses).values()) for addresses in (few, many)]
    assert not grown(dict(zip(many, before, strict=True)), dict(zip(many, after, strict=True)))
