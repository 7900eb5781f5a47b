"""The dialog between a link and another site: with keyboard and mouse, on every screen, and when it cannot open."""

import re
from datetime import datetime

import pytest
from playwright.sync_api import expect

from tests.browser import places
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_pages import WIDER_THAN_THE_SCREEN, assert_accessible

pytestmark = pytest.mark.browser

DOI = "https://doi.org/10.1158/0008-5472.CAN-24-2608"
NOTICE = re.compile("/us/leaving/")
POPOVER = """
(link) => {
    const popover = document.createElement("div");
    Object.assign(popover, { id: "popped-up", popover: "auto" });
    popover.append(link.cloneNode(true));
    document.body.append(popover);
    popover.showPopover();
}
"""
NEVER = "(_, { signal }) => new Promise((_, give_up) => signal.addEventListener('abort', give_up))"
WIDE_TABLE = """
(link) => {
    const [frame, table] = [document.createElement("div"), document.createElement("table")];
    frame.className = "table-scroll";
    frame.append(table);
    const row = table.insertRow();
    for (let column = 0; column < 20; column += 1) row.insertCell().textContent = "Administration";
    row.insertCell().append(link.cloneNode(true));
    document.querySelector("main").append(frame);
}
"""
BESIDE = {"x": 5, "y": 5}


def reference(page):
    """The link to the first reference of the answer, on its page."""
    page.goto(places.answer(places.BRAIN))
    return page.locator("#ref-1").get_by_role("link", name="DOI")


def dialog(page):
    return page.get_by_role("dialog")


def opened(page):
    """The link, with the dialog over it that the keyboard opened."""
    link = reference(page)
    link.press("Enter")
    expect(dialog(page)).to_be_visible()
    return link


def elsewhere(page):
    """Answers in the place of the other site; returns what it was asked."""
    asked = []

    def answer(route):
        asked.append(route.request)
        route.fulfill(content_type="text/html", body="<title>Elsewhere</title>")

    page.context.route("https://doi.org/**", answer)
    return asked


def test_it_says_where_the_link_leads_before_it_leads_there(page):
    opened(page)
    notice = page.get_by_role("dialog", name="You are leaving", exact=False)
    expect(notice).to_contain_text(re.compile(r"Where the link leads: \w.* \(doi\.org\)"))
    expect(notice).to_contain_text(DOI)
    expect(notice.get_by_role("heading", name="You are leaving")).to_be_focused()
    expect(page).not_to_have_url(NOTICE)


@pytest.mark.parametrize("way", ["Escape", "Return by key", "Return by mouse", "beside"])
def test_it_gives_the_focus_back_to_the_link(page, way):
    link = opened(page)
    if way == "Escape":
        page.keyboard.press("Escape")
    elif way == "beside":
        page.mouse.click(**BESIDE)
    else:
        button = dialog(page).get_by_role("button", name="Return")
        button.press("Enter") if way == "Return by key" else button.click()
    expect(dialog(page)).to_be_hidden()
    expect(link).to_be_focused()
    expect(page).not_to_have_url(NOTICE)


def test_it_gives_the_focus_to_a_link_that_was_clicked_without_getting_it(page):
    # As Safari does by mouse.
    link = reference(page)
    link.evaluate("(link) => link.click()")
    expect(dialog(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_it_holds_the_keyboard(page, key):
    opened(page)
    names = []
    for _ in range(4):
        page.keyboard.press(key)
        names.append(page.evaluate("document.activeElement.closest('dialog') && document.activeElement.innerText"))
    assert names[0] != names[1]
    assert names[:2] == names[2:]
    assert {name.split()[0] for name in names} == {"Continue", "Return"}


def test_it_goes_on_in_a_new_tab_and_says_so(page):
    asked = elsewhere(page)
    link = opened(page)
    way = dialog(page).get_by_role("link", name="Continue (opens in a new tab)")
    expect(way).to_contain_text("opens in a new tab")
    with page.context.expect_page() as tab:
        way.click()
    expect(tab.value).to_have_title("Elsewhere")
    assert tab.value.evaluate("window.opener") is None
    assert [(request.url, request.headers.get("referer")) for request in asked] == [(DOI, None)]
    expect(dialog(page)).to_be_hidden()
    expect(link).to_be_focused()


def test_it_catches_links_that_appear_later(page):
    reference(page).evaluate(POPOVER)
    link = page.locator("#popped-up a")
    link.click()
    expect(dialog(page)).to_contain_text("doi.org")
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_it_returns_to_the_open_menu(open_page):
    page = open_page(viewport=PHONE)
    clone = reference(page).evaluate_handle("(link) => link.cloneNode(true)")
    menu = page.locator(".menu")
    menu.locator("ul").evaluate("(list, link) => list.append(link)", clone)
    menu.locator("summary").click()
    link = menu.get_by_role("link", name="DOI")
    link.click()
    dialog(page).get_by_role("button", name="Return").click()
    expect(link).to_be_focused()


@pytest.mark.parametrize("way", ["Escape", "mouse"])
def test_it_returns_to_the_card_of_a_citation(page, way):
    reference(page)
    page.locator("sup.cite a").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    link = page.locator(".citation-card a.external").first
    link.press("Enter")
    expect(dialog(page)).to_be_visible()
    page.keyboard.press("Escape") if way == "Escape" else dialog(page).get_by_role("button", name="Return").click()
    expect(dialog(page)).to_be_hidden()
    expect(link).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()


@pytest.mark.parametrize("modifier", ["Control", "Shift"])
def test_it_leaves_clicks_alone_that_ask_for_another_tab(page, modifier):
    link = reference(page)
    with page.context.expect_page() as tab:
        link.click(modifiers=[modifier])
    expect(tab.value).to_have_url(NOTICE)
    expect(tab.value.get_by_role("heading", name="You are leaving")).to_be_visible()
    expect(dialog(page)).to_have_count(0)


def test_it_takes_a_double_click_for_one(page):
    reference(page).click()
    expect(dialog(page)).to_be_visible()
    page.mouse.move(**BESIDE)
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)
    expect(dialog(page)).to_be_visible()


@pytest.mark.parametrize("answer", ["() => Promise.reject(new TypeError())", "async () => new Response('Sign in.')"])
def test_it_goes_to_the_page_where_the_notice_cannot_be_had(page, answer):
    page.add_init_script(f"window.fetch = {answer}")
    reference(page).click()
    expect(page).to_have_url(NOTICE)
    expect(page.locator("h1")).to_contain_text("You are leaving")


def test_it_goes_to_the_page_where_the_notice_is_slow(page):
    page.clock.install(time=datetime(2026, 1, 1, 9))
    page.add_init_script(f"window.fetch = {NEVER}")
    link = reference(page)
    page.clock.pause_at(datetime(2026, 1, 1, 10))
    link.click()
    expect(link).to_have_attribute("aria-busy", "true")
    page.clock.fast_forward(2900)
    expect(page).not_to_have_url(NOTICE)
    page.clock.fast_forward(200)
    expect(page).to_have_url(NOTICE)


def test_it_forgets_the_link_when_something_else_is_chosen(page):
    page.add_init_script(f"window.fetch = {NEVER}")
    link = reference(page)
    link.click()
    page.locator("h1").click()
    expect(link).to_have_attribute("aria-busy", "true")
    page.locator(".help-panel summary").click()
    expect(link).not_to_have_attribute("aria-busy", "true")
    page.wait_for_load_state("networkidle")
    expect(page).not_to_have_url(NOTICE)


@pytest.fixture
def plain_page(browser, portal):
    """A page without script that nobody watches, so that it may go to where another site answers."""
    context = browser.new_context(base_url=portal.origin, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_it_announces_on_a_page_of_its_own_without_script(plain_page):
    asked = elsewhere(plain_page)
    reference(plain_page).click()
    expect(plain_page.locator("h1")).to_contain_text("You are leaving")
    plain_page.get_by_role("link", name="Continue").click()
    expect(plain_page).to_have_title("Elsewhere")
    assert [(request.url, request.headers.get("referer")) for request in asked] == [(DOI, None)]
    assert len(plain_page.context.pages) == 1
    plain_page.go_back()
    plain_page.get_by_role("link", name="Return").click()
    expect(plain_page.locator("h1")).to_have_text(places.QUESTION)


def test_it_names_links_for_a_screen_reader(page):
    link = reference(page)
    expect(link).to_have_accessible_name("DOI of reference 1 (external site)")
    mark = link.evaluate("(link) => getComputedStyle(link, '::after').maskImage")
    assert "external" in mark


def test_its_mark_widens_no_page_from_within_a_wide_table(open_page):
    page = open_page(viewport=PHONE)
    reference(page).evaluate(WIDE_TABLE)
    assert page.evaluate(WIDER_THAN_THE_SCREEN) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["390", "1440"])
def test_it_excludes_nobody_with_the_dialog_open(open_page, viewport, scheme):
    page = open_page(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    opened(page)
    assert_accessible(page, f"the dialog at {viewport['width']} px, {scheme}")


def test_it_fits_the_smallest_screen(open_page):
    page = open_page(viewport={"width": 320, "height": 480})
    opened(page)
    assert page.evaluate(WIDER_THAN_THE_SCREEN) == 0
    frame = dialog(page)
    assert frame.evaluate("(frame) => frame.scrollWidth <= frame.clientWidth")
    expect(frame.get_by_role("heading")).to_be_in_viewport()
    button = frame.get_by_role("button", name="Return")
    button.focus()
    expect(button).to_be_in_viewport(ratio=1)
