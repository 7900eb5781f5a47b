"""What the page of an answer does when something goes wrong: a refused clipboard, a figure closed under a card."""

import pytest
from playwright.sync_api import expect

from tests.browser import places
from tests.browser.conftest import DESK

pytestmark = pytest.mark.browser

REFUSED = "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }"
CLOSES_UNDER_THE_POINTER = """
(dialog) => {
    const cited = document.querySelector(".prose p sup.cite").cloneNode(true);
    dialog.querySelector(".figure-dialog__words").append(cited);
    const over = { bubbles: true, pointerType: "mouse" };
    cited.querySelector("a").dispatchEvent(new PointerEvent("pointerover", over));
    dialog.close();
}
"""
ESCAPES = """
() => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }))
"""


@pytest.fixture
def page(open_page):
    page = open_page(viewport=DESK, reduced_motion="reduce")
    page.goto(places.answer(places.BRAIN))
    return page


def test_it_offers_the_text_beside_the_button_where_the_clipboard_is_refused(page):
    page.evaluate(REFUSED)
    button = page.get_by_role("button", name="Copy citation")
    button.click()
    field = page.get_by_role("textbox", name="Copy citation")
    expect(field).to_be_focused()
    expect(field).to_have_value(button.get_attribute("data-copy"))
    assert page.evaluate("getSelection().toString()") == button.get_attribute("data-copy")
    page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    expect(button).to_be_focused()
    expect(button).to_have_text("Copy citation")


def test_a_closed_figure_takes_the_card_of_its_citation_along(page):
    page.locator(".figure__image").first.press("Enter")
    dialog = page.locator(".figure-dialog")
    dialog.evaluate(CLOSES_UNDER_THE_POINTER)
    expect(dialog).to_be_hidden()
    # Longer than a pointer rests before a card opens.
    page.wait_for_timeout(400)
    assert page.evaluate(ESCAPES), "An Escape was swallowed although nothing is open."
