"""Help panel, menu and market switch."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import places
from tests.browser.conftest import PHONE
from tests.browser.test_pages import assert_sound

pytestmark = pytest.mark.browser

PANELS = [".help-panel", ".market-switch"]


def test_it_says_how_to_reach_us_and_whether_somebody_is_there(page):
    page.goto(places.answer(places.BRAIN))
    page.locator(".help-panel summary").click()
    panel = page.get_by_role("region", name="How can we help?")
    expect(panel.locator(".phone").first).to_have_attribute("href", re.compile(r"^tel:"))
    expect(panel.locator(".hours__state")).to_contain_text(re.compile("Open now, until|Closed now"))
    expect(panel.locator(".hours__days")).to_contain_text("Monday to Friday")
    panel.get_by_role("link", name="Send us a question").click()
    expect(page.get_by_role("combobox", name="Product")).to_have_value("imlunestrant")


def test_it_opens_without_javascript(open_page):
    page = open_page(java_script_enabled=False)
    page.goto(places.HOME)
    page.locator(".help-panel summary").click()
    expect(page.locator(".help-panel .phone").first).to_be_visible()


@pytest.mark.parametrize("panel", PANELS)
def test_it_closes_by_escape_and_gives_the_focus_back(panel, page):
    page.goto(places.HOME)
    page.locator(f"{panel} summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"{panel} a").first).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator(f"{panel} a").first).to_be_hidden()
    expect(page.locator(f"{panel} summary")).to_be_focused()


@pytest.mark.parametrize("panel", PANELS)
def test_it_closes_by_a_click_beside_it(panel, page):
    page.goto(places.HOME)
    page.locator(f"{panel} summary").click()
    page.locator("h1").click()
    expect(page.locator(f"{panel} a").first).to_be_hidden()


@pytest.mark.parametrize("panel", PANELS)
def test_it_fits_every_screen_and_everyone_when_open(panel, page):
    page.goto(places.HOME)
    page.locator(f"{panel} summary").click()
    assert_sound(page, panel)


def test_the_button_covers_nothing_that_has_the_focus(open_page):
    page = open_page(viewport=PHONE)
    page.goto(places.DRUG)
    for link in page.locator("main a:visible").all():
        link.focus()
        assert not page.evaluate(LIES_UNDER_THE_BUTTON), link.inner_text()


LIES_UNDER_THE_BUTTON = """
() => {
    const button = document.querySelector('.help-panel summary').getBoundingClientRect();
    const focused = document.activeElement.getBoundingClientRect();
    return focused.left >= button.left && focused.right <= button.right
        && focused.top >= button.top && focused.bottom <= button.bottom;
}
"""


def test_the_switch_leads_to_the_same_page_of_another_market(page):
    page.goto(places.answer(places.BRAIN))
    page.locator(".market-switch summary").click()
    page.get_by_role("link", name="Deutschland").click()
    page.wait_for_url("**/de/products/answers/**")
    assert page.locator("html").get_attribute("lang") == "de-DE"
    expect(page.locator(".breadcrumb")).to_contain_text("Imlunestrant")
