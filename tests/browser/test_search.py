"""Search as visitors use it: by keyboard, while typing, on a phone, and without a script."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser import places
from tests.browser.conftest import PHONE
from tests.browser.test_pages import WIDER_THAN_THE_SCREEN

pytestmark = pytest.mark.browser

SEARCH = "/us/search/"
RESULTS = "/us/search/?q=dose"
USED = re.compile("/search/used/$")
# Where the list of suggestions is, against the form that it belongs to.
PLACED = """
() => {
    const boxes = (name) => [...document.querySelectorAll(name)].map((part) => part.getBoundingClientRect());
    const [[list], [form], rows] = ["#suggestions", "[data-search]", "[role=option]"].map(boxes);
    return {
        sides: [list.left - form.left, list.right - form.right],
        isBelow: list.top >= form.bottom,
        share: list.height / innerHeight,
        row: Math.min(...rows.map((row) => row.height)),
    };
}
"""
# Of what stands outside of the results: these may come long after the last key.
SHIFT = """
() => new Promise((resolve) => new PerformanceObserver((list) => resolve(
    list.getEntries().filter((entry) => !entry.hadRecentInput)
        .filter(({ sources }) => sources.map(({ node }) => node?.closest ? node : node?.parentElement)
            .some((element) => element?.isConnected && !element.closest(".found, .site-footer")))
        .map((entry) => entry.value)
)).observe({type: "layout-shift", buffered: true}) || setTimeout(() => resolve([]), 300))
"""


def field(page):
    return page.locator("[data-search-field]")


def options(page):
    return page.get_by_role("listbox").get_by_role("option")


def said(page):
    """What the live regions of the search say."""
    return page.locator("[role=status]")


def write(page, words):
    field(page).click()
    page.keyboard.type(words)


@pytest.fixture
def home(page):
    page.goto(places.HOME)
    return page


@pytest.fixture
def told(page):
    """What the page tells the server of a search, in order."""
    bodies = []
    page.on("request", lambda request: USED.search(request.url) and bodies.append(parse_qs(request.post_data)))
    return bodies


def test_it_suggests_and_says_how_much(home):
    combobox = home.get_by_role("combobox")
    expect(combobox).to_have_attribute("aria-expanded", "false")
    write(home, "corv")
    expect(options(home).first).to_contain_text("Corvadune")
    expect(options(home).first).to_contain_text("Medicine")
    expect(combobox).to_have_attribute("aria-expanded", "true")
    expect(home.get_by_role("listbox", name="Suggestions")).to_have_id(combobox.get_attribute("aria-controls"))
    expect(said(home)).to_have_text(f"{options(home).count()} suggestions")


@pytest.mark.parametrize("key", ["Escape", "Tab", "Alt+ArrowUp"])
def test_it_says_nothing_of_a_list_that_is_closed(home, key):
    write(home, "corv")
    expect(said(home)).to_have_text(re.compile("suggestion"))
    home.keyboard.press(key)
    expect(options(home).first).to_be_hidden()
    expect(said(home)).to_have_text("")
    field(home).focus()
    home.keyboard.press("ArrowDown")
    expect(said(home)).to_have_text(re.compile("suggestion"))


def test_it_is_walked_by_keys(home):
    combobox = home.get_by_role("combobox")
    write(home, "corv")
    expect(options(home).first).to_be_visible()
    last = options(home).count() - 1
    for key, active in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", -1), ("ArrowUp", last)):
        home.keyboard.press(key)
        named = combobox.get_attribute("aria-activedescendant")
        assert named == (f"suggestion-{active}" if active >= 0 else None), key
        assert home.locator("[role=option][aria-selected=true]").count() == (active >= 0)
    home.keyboard.press("Home")
    assert combobox.get_attribute("aria-activedescendant") is None
    home.keyboard.type("x")
    expect(combobox).to_have_value("xcorv")
    expect(combobox).to_be_focused()


def test_escape_closes_the_list_and_then_clears_the_field(home):
    write(home, "corv")
    expect(options(home).first).to_be_visible()
    home.keyboard.press("Escape")
    expect(options(home).first).to_be_hidden()
    expect(field(home)).to_have_value("corv")
    home.keyboard.press("Alt+ArrowDown")
    expect(options(home).first).to_be_visible()
    home.keyboard.press("Alt+ArrowUp")
    home.keyboard.press("Escape")
    expect(field(home)).to_have_value("")


def test_enter_opens_the_suggestion_that_is_active_and_else_searches(home):
    write(home, "corv")
    expect(options(home).first).to_be_visible()
    home.keyboard.press("ArrowDown")
    home.keyboard.press("Enter")
    expect(home.locator("h1")).to_have_text("Corvadune")
    write(home, "feeding tube")
    home.keyboard.press("Enter")
    expect(home.locator(".results")).to_contain_text("feeding tube")
    assert parse_qs(urlsplit(home.url).query)["drug"] == ["corvadune"]


def test_a_suggestion_is_opened_by_hand(home):
    write(home, "crushed")
    options(home).filter(has_text="crushed").first.click()
    expect(home.locator("h1")).to_contain_text("crushed")


def test_the_tab_key_leaves_the_list(home):
    write(home, "corv")
    expect(options(home).first).to_be_visible()
    home.keyboard.press("Tab")
    expect(options(home).first).to_be_hidden()
    expect(home.get_by_role("button", name="Search")).to_be_focused()


def test_keys_that_compose_a_character_are_none_of_the_list(home):
    write(home, "corv")
    expect(options(home).first).to_be_visible()
    composing = "(field) => field.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowDown', isComposing: true}))"
    field(home).evaluate(composing)
    assert field(home).get_attribute("aria-activedescendant") is None


def test_the_list_fits_a_phone(open_page):
    page = open_page(viewport=PHONE, has_touch=True)
    page.goto(places.answer(places.SPANNING))
    write(page, "adverse reactions")
    expect(options(page).first).to_be_visible()
    placed = page.evaluate(PLACED)
    assert placed["sides"] == [0, 0]
    assert placed["isBelow"]
    assert placed["share"] < 0.7
    assert placed["row"] >= 44
    assert page.evaluate(WIDER_THAN_THE_SCREEN) == 0


def test_it_shows_results_while_somebody_types_and_tells_of_them(page, told):
    page.goto(SEARCH)
    write(page, "blood brain barrier")
    link = page.locator(".results").get_by_role("link", name=places.QUESTION)
    expect(link).to_be_visible()
    expect(said(page).filter(has_text=re.compile(r"^\d+ answers?"))).to_have_count(1)
    assert parse_qs(urlsplit(page.url).query) == {"q": ["blood brain barrier"]}
    assert page.title().startswith("blood brain barrier | Search | ")
    expect(field(page)).to_be_focused()
    page.wait_for_event("request", lambda request: USED.search(request.url) is not None)
    # What is shown and noted already is not asked for again.
    page.keyboard.press("Enter")
    expect(page.locator("#results")).to_be_focused()
    number = link.get_attribute("data-hit")
    link.click()
    expect(page.locator("h1")).to_have_text(places.QUESTION)
    assert told == [
        {"q": ["blood brain barrier"], "live": ["1"]},
        {"q": ["blood brain barrier"], "opened": [number]},
    ]
    page.go_back()
    expect(link).to_be_visible()
    expect(field(page)).to_have_value("blood brain barrier")


def test_it_tells_at_once_of_an_answer_that_is_opened_while_typing(page, told):
    page.goto(SEARCH)
    write(page, "blood brain barrier")
    link = page.locator(".results").get_by_role("link", name=places.QUESTION)
    number = link.get_attribute("data-hit")
    link.click()
    expect(page.locator("h1")).to_have_text(places.QUESTION)
    assert told == [{"q": ["blood brain barrier"], "opened": [number], "live": ["1"]}]


def test_it_tells_which_answer_of_a_page_was_opened(page, told):
    page.goto(f"{RESULTS}&drug=weslumira")
    link = page.locator("[data-hit]").first
    number = link.get_attribute("data-hit")
    link.click()
    expect(page.locator(".answer")).to_be_visible()
    assert told == [{"q": ["dose"], "drug": ["weslumira"], "opened": [number]}]


def test_it_admits_that_there_is_no_answer_once_the_typing_rests(page):
    page.goto(RESULTS)
    shown = page.locator(".results")
    write(page, " zzxqw")
    page.wait_for_timeout(700)
    expect(shown).to_be_visible()
    field(page).fill("zzxqw")
    expect(page.get_by_role("heading", name="No answer was found")).to_be_visible()
    expect(said(page).filter(has_text="No answer was found")).to_have_count(1)
    field(page).fill("")
    expect(page.get_by_text("Type a question in your own words")).to_be_visible()
    assert urlsplit(page.url).query == ""


def test_results_that_come_while_typing_move_nothing_above_them(page):
    page.goto(SEARCH)
    above = [field(page), page.get_by_role("heading", name="Search", exact=True), page.get_by_label("Adverse events")]
    before = [part.bounding_box()["y"] for part in above]
    write(page, "dose")
    expect(page.locator(".results")).to_be_visible()
    assert [part.bounding_box()["y"] for part in above] == before
    assert sum(page.evaluate(SHIFT)) < 0.1


def test_it_works_as_ever_where_the_network_fails_the_script(open_page, portal, browser):
    context = browser.new_context(base_url=portal.origin)
    page = context.new_page()
    page.goto(SEARCH)
    page.route("**/*", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_())
    write(page, "blood brain barrier")
    page.wait_for_timeout(500)
    expect(options(page)).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator(".results")).to_contain_text(places.QUESTION)
    context.close()


def test_it_needs_no_script(open_page):
    page = open_page(java_script_enabled=False, viewport=PHONE)
    page.goto(RESULTS)
    page.get_by_text("Narrow the results").click()
    page.get_by_role("link", name=re.compile("Off-label")).click()
    expect(page.locator(".hit .tag")).to_have_text(["Off-label"] * page.locator(".hit").count())
    page.get_by_role("link", name=re.compile("Without Off-label")).click()
    expect(page.locator(".hit").nth(1)).to_be_visible()


def test_a_phone_shows_the_first_answer_at_once(open_page):
    page = open_page(viewport=PHONE)
    page.goto("/us/search/?q=does+imlunestrant+cross+the+blood+brain+barrier")
    answer = page.locator(".hit__answer").first
    assert answer.bounding_box()["y"] < PHONE["height"] * 0.65
    expect(answer).to_be_in_viewport()


def test_choices_stand_beside_the_results_of_a_wide_screen(page):
    page.goto(RESULTS)
    expect(page.locator(".narrow").get_by_role("link", name=re.compile("Off-label"))).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".narrow").get_by_role("link", name=re.compile("Off-label"))).to_be_hidden()
