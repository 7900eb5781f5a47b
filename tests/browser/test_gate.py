"""The gate of a market, as visitors meet it."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import assert_sound

pytestmark = pytest.mark.browser

HOME = "/uk/"
DEEP = "/uk/medical-information/"

FOCUS_IS_NOT_BEHIND = """
() => document.activeElement === document.body || document.activeElement.closest('.gate') !== null
"""


@pytest.fixture
def visitor(open_page):
    """Somebody who passes a gate, which leaves a cookie."""
    opened = []

    def visitor(**options):
        opened.append(open_page(**options))
        return opened[-1]

    yield visitor
    for page in opened:
        page.context.clear_cookies()


def test_it_holds_the_focus_and_does_not_close_by_escape(page):
    page.goto(HOME)
    gate = page.get_by_role("dialog", name="healthcare professional")
    expect(gate).to_be_visible()
    for _ in range(2):
        page.keyboard.press("Escape")
        expect(gate).to_be_visible()
    for _ in range(8):
        page.keyboard.press("Tab")
        # From the last control the browser leads to its own bars and then back, never to the page behind.
        assert page.evaluate(FOCUS_IS_NOT_BEHIND)
    behind = page.locator(".site-header a").first
    assert behind.evaluate("(link) => { link.focus(); return document.activeElement !== link; }")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_it_leads_to_the_page_that_was_wanted_and_is_remembered(script, visitor):
    page = visitor(java_script_enabled=script)
    page.goto(DEEP)
    page.get_by_role("button", name="I am a UK healthcare professional").click()
    page.wait_for_url(f"**{DEEP}")
    expect(page.locator(".gate")).to_have_count(0)
    page.goto(HOME)
    expect(page.locator(".gate")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_declining_leads_to_a_page_for_everybody(script, open_page):
    page = open_page(java_script_enabled=script)
    page.goto(DEEP)
    page.locator(".gate").get_by_role("link", name="I am not").click()
    page.wait_for_url("**/uk/pages/public-information/")
    expect(page.locator(".gate")).to_have_count(0)


def test_it_fits_every_screen_and_everyone(page):
    page.goto(HOME)
    assert_sound(page, "gate")


def test_another_market_is_reached_past_the_gate(open_page):
    page = open_page(java_script_enabled=False)
    page.goto(HOME)
    page.locator(".gate").get_by_role("link", name="Deutschland").click()
    page.wait_for_url("**/de/")
    assert page.locator("html").get_attribute("lang") == "de-DE"
