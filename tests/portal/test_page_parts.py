"""Parts that pages share: when they are made anew, and what they may know of the page."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from portal.chrome.models import Market, NavLink
from portal.lib.wholepages.parts import Parts
from tests.factories import make_market
from tests.portal.whole_pages import Turned


@pytest.fixture
def parts(settings, monkeypatch):
    settings.PAGE_PARTS_KEPT = True
    monkeypatch.setattr("portal.lib.wholepages.parts.time.time", lambda: 90.0)
    parts = Parts(Turned())
    monkeypatch.setattr("portal.leaving.templatetags.leaving.parts", parts)
    return parts


def make_next():
    made = iter(range(100))
    return lambda: next(made)


def test_it_makes_a_part_once(parts):
    make = make_next()
    assert [parts.of("a", make), parts.of("a", make), parts.of("b", make)] == [0, 0, 1]


def test_it_makes_a_part_anew_when_something_changed(parts):
    make = make_next()
    parts.of("a", make)
    parts._revision.number = 2
    assert parts.of("a", make) == 1


def test_it_makes_a_part_anew_in_the_next_minute(parts, monkeypatch):
    make = make_next()
    parts.of("a", make)
    monkeypatch.setattr("portal.lib.wholepages.parts.time.time", lambda: 120.0)
    assert parts.of("a", make) == 1


def test_it_keeps_no_part_that_was_made_while_something_changed(parts):
    make = make_next()

    def turning():
        parts._revision.number += 1
        return make()

    parts.of("a", turning)
    assert parts.of("a", make) == 1


def test_it_makes_every_part_while_the_database_cannot_be_heard(parts):
    make = make_next()
    parts.of("a", make)
    parts._revision.number = None
    assert [parts.of("a", make), parts.of("a", make)] == [1, 2]


def test_it_forgets_what_was_asked_longest_ago(parts, monkeypatch):
    monkeypatch.setattr("portal.lib.wholepages.parts.MOST", 2)
    make = make_next()
    for key in "abac":
        parts.of(key, make)
    assert [parts.of("a", make), parts.of("b", make)] == [0, 3]


def page(market, path, **told):
    words = '{% load leaving %}{% kept "chrome/_nav.html" section %}'
    context = {"market": market, "request": RequestFactory().get(path), "crumbs": [{"address": "/us/a/"}], **told}
    return Template(words).render(Context(context))


def navigated(**link):
    NavLink.objects.create(market=make_market(), place="header", label="Here", **link)
    return Market.objects.with_chrome().get()


@pytest.mark.django_db
def test_a_part_tells_the_page_that_it_is_from_all_others(parts):
    market = navigated(address="/us/a/")
    assert 'aria-current="page"' not in page(market, "/us/b/")
    assert 'aria-current="page"' in page(market, "/us/a/")
    assert "main-nav__section" in page(market, "/us/b/", section="/us/a/")
    assert page(market, "/us/b/?x=1") == page(market, "/us/c/")


@pytest.mark.django_db
def test_a_part_that_leads_to_other_sites_leads_back_to_its_page(parts):
    market = navigated(address="https://example.org/")
    assert page(market, "/us/b/") != page(market, "/us/c/")
