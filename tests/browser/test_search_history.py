"""Where back and forward lead whoever searches while typing."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser import places
from tests.browser.test_search import RESULTS, SEARCH, field, options, told, write

pytestmark = pytest.mark.browser

__all__ = ["told"]


def typed(page, words):
    """Types `words` in the place of what the field holds, and waits for their results."""
    field(page).fill("")
    write(page, words)
    expect(page.locator(f'[data-results][data-text="{words}"]')).to_be_visible()


def shows(page, words):
    """Whether field, address, title and results are of one question."""
    expect(page.locator(f'[data-results][data-text="{words}"]')).to_be_visible()
    expect(field(page)).to_have_value(words)
    assert page.title().startswith(f"{words} | ")
    assert urlsplit(page.url).query.startswith("q=" + words.replace(" ", "+"))


def test_back_leads_to_where_somebody_was_before_searching(page):
    page.goto(places.HOME)
    page.goto(SEARCH)
    typed(page, "dose")
    typed(page, "blood brain barrier")
    page.go_back()
    assert urlsplit(page.url).path == places.HOME
    page.go_forward()
    shows(page, "blood brain barrier")


def test_back_from_an_answer_shows_the_results_as_they_were_left(page):
    page.goto(SEARCH)
    typed(page, "dose")
    link = page.locator("[data-hit]").nth(4)
    link.click()
    expect(page.locator(".answer")).to_be_visible()
    page.go_back()
    shows(page, "dose")
    expect(link).to_be_in_viewport()


def test_a_search_that_was_sent_is_not_lost_to_the_next(page, told):
    page.goto(RESULTS)
    typed(page, "crushed")
    typed(page, "blood brain barrier")
    page.go_back()
    shows(page, "dose")
    expect(options(page)).to_have_count(0)
    page.go_forward()
    shows(page, "blood brain barrier")
    page.wait_for_timeout(3000)
    assert told == []


def test_a_search_that_was_used_is_not_lost_to_the_next(page):
    page.goto(SEARCH)
    typed(page, "blood brain barrier")
    page.locator("[data-hit]").first.click()
    expect(page.locator(".answer")).to_be_visible()
    page.go_back()
    shows(page, "blood brain barrier")
    typed(page, "crushed")
    page.go_back()
    shows(page, "blood brain barrier")


def test_back_finds_the_page_the_choice_and_the_drug(page):
    page.goto("/us/search/?q=dose&drug=weslumira")
    page.get_by_label("Search in", exact=True).select_option("All medicines")
    typed(page, "crushed")
    assert "weslumira" not in page.url
    page.go_back()
    expect(page.get_by_role("heading", name="about Weslumira")).to_be_visible()
    expect(page.get_by_label("Search in", exact=True)).to_have_value("weslumira")
    page.goto(f"{RESULTS}&status=off-label&page=1")
    typed(page, "crushed")
    page.go_back()
    expect(page.get_by_role("link", name="Without Off-label")).to_be_visible()


def test_a_place_on_the_page_is_no_other_search(page):
    page.goto(RESULTS)
    asked = []
    page.on("request", lambda request: "/search/" in request.url and asked.append(request.url))
    page.evaluate("location.hash = 'main'")
    page.go_back()
    page.wait_for_timeout(300)
    assert asked == []
