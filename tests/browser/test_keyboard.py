"""The site without a mouse: everything can be reached, seen and used from the keyboard."""

import itertools

import pytest
from playwright.sync_api import expect

from tests.browser import places
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser

# More than any page of the demonstration has.
STOPS = 300
# What the keyboard stands on: where it is in the document, and whether and how its outline can be seen.
STOP = """
() => {
    const element = document.activeElement;
    if (element === document.body) return null;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const hidden = [];
    for (let parent = element.parentElement; parent; parent = parent.parentElement) {
        if (parent === document.body || getComputedStyle(parent).overflow === "visible") continue;
        const frame = parent.getBoundingClientRect();
        if (box.top - 2 < frame.top || box.bottom + 2 > frame.bottom) hidden.push(parent.outerHTML.slice(0, 60));
    }
    const all = [...document.querySelectorAll("*:not(.citation-card, .citation-card *)")];
    return {
        name: element.outerHTML.slice(0, 120),
        order: all.indexOf(element),
        // What is there only for a while: the reference that a citation shows, the way back to the contents.
        passing: Boolean(element.closest(".citation-card, .to-contents")),
        main: document.querySelector("main").contains(element),
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        hidden,
        onScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        top: box.top + scrollY,
        bottom: box.bottom + scrollY,
    };
}
"""
FOCUSABLE = """
() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter((element) => element.checkVisibility({visibilityProperty: true}) && element.tabIndex >= 0)
    .filter((element) => !element.matches(".to-contents")).length
"""


def stops(page):
    """Every place where the Tab key stops, in its order."""
    found = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            return found
        found.append(stop)
    raise AssertionError("The Tab key never leaves the page.")


@pytest.fixture(params=[1440, 390])
def answer_page(request, open_page):
    page = open_page(viewport={"width": request.param, "height": 844}, reduced_motion="reduce")
    page.goto(places.answer(places.BRAIN))
    return page


def test_it_shows_where_the_keyboard_stands_all_over_the_answer(answer_page):
    focusable = answer_page.evaluate(FOCUSABLE)
    found = stops(answer_page)
    assert len([stop for stop in found if not stop["passing"]]) == focusable
    assert [stop["name"] for stop in found if not stop["outlined"]] == []
    assert [stop["name"] for stop in found if not stop["onScreen"]] == []
    assert [(stop["name"], stop["hidden"]) for stop in found if stop["hidden"]] == []


def test_it_moves_the_keyboard_as_the_page_reads(open_page):
    page = open_page(viewport=PHONE, reduced_motion="reduce")
    page.goto(places.answer(places.BRAIN))
    found = [stop for stop in stops(page) if not stop["passing"]]
    order = [stop["order"] for stop in found]
    assert order == sorted(order)
    inside = [stop for stop in found if stop["main"]]
    upwards = [after["name"] for before, after in itertools.pairwise(inside) if after["bottom"] < before["top"]]
    assert upwards == []


def test_it_skips_to_the_content(page):
    page.goto(places.HOME)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def focus(page, locator):
    """Walks to an element with the Tab key."""
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        if locator.evaluate("(element) => element === document.activeElement"):
            return
    raise AssertionError(f"The Tab key does not reach {locator}.")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_it_opens_the_menu_of_a_phone(open_page, script):
    page = open_page(viewport=PHONE, java_script_enabled=script)
    page.goto(places.HOME)
    focus(page, page.locator(".menu summary"))
    page.keyboard.press("Enter")
    link = page.locator(".menu").get_by_role("link", name="Contact")
    expect(link).to_be_visible()
    focus(page, link)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Contact medical information")


def test_it_searches(page):
    page.goto(places.HOME)
    focus(page, page.locator("[data-search-field]"))
    page.keyboard.type("blood brain barrier")
    page.keyboard.press("Enter")
    focus(page, page.locator(".results").get_by_role("link", name=places.QUESTION))
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(places.QUESTION)


def test_it_searches_within_the_drug_or_everywhere(page):
    page.goto(places.DRUG)
    scope = page.get_by_label("Search in")
    focus(page, scope)
    page.keyboard.press("ArrowDown")
    expect(scope).to_have_value("")
    page.keyboard.press("Tab")
    page.keyboard.type("warfarin")
    page.keyboard.press("Enter")
    expect(page.locator(".results")).to_contain_text("Corvadune")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_it_takes_feedback_and_says_so_where_the_keyboard_is(open_page, script):
    page = open_page(java_script_enabled=script)
    page.goto(places.answer(places.BRAIN))
    # From here the Tab key goes on.
    page.locator("#feedback-title").click()
    focus(page, page.get_by_role("button", name="Yes", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Thank you")).to_be_visible()
    if script:
        expect(page.locator("#feedback-title")).to_be_focused()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_it_opens_a_table_of_values(page, key):
    page.goto(places.answer(places.BRAIN))
    figure = page.locator("#figure-3")
    figure.locator("figcaption").click(position={"x": 2, "y": 2})
    focus(page, figure.locator("summary"))
    page.keyboard.press(key)
    expect(figure.locator("table")).to_be_visible()


def test_it_scrolls_a_wide_table(open_page):
    page = open_page(viewport={"width": 320, "height": 800}, reduced_motion="reduce")
    page.goto(places.answer(places.SPANNING))
    frame = page.locator(".prose .table-scroll").first
    focus(page, frame)
    page.keyboard.press("ArrowRight")
    page.wait_for_function("(frame) => frame.scrollLeft > 0", arg=frame.element_handle())
