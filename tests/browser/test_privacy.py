"""Privacy in the browser: nothing before a choice, refusing by one button, and a signal that is seen to be honoured."""

import pytest
from playwright.sync_api import expect

from tests.browser import places
from tests.browser.choosing import CHOICES, SIGNAL, pass_gate, refuse, save, visitor
from tests.browser.portal import PROJECT
from tests.browser.test_pages import PAGES, assert_sound

__all__ = ["visitor"]
pytestmark = pytest.mark.browser

MARKETS = sorted(site.parent.name for site in (PROJECT / "fixtures").glob("*/site.yaml"))
HONOURED = "Opt-out request honored"
# Signing in cannot do without a cookie, and is nothing that a visitor meets unasked.
UNASKED = {name: address for name, address in PAGES.items() if not address.startswith("/accounts/")}
STORED = "({ local: localStorage.length, session: sessionStorage.length, cookie: document.cookie })"
NOTHING = {"local": 0, "session": 0, "cookie": ""}
WITH_AND_WITHOUT_SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])


def options(page):
    """The labels of what is marked."""
    return [radio.locator("xpath=..").inner_text().strip() for radio in page.locator("main input:checked").all()]


@pytest.mark.parametrize("name", UNASKED)
def test_it_stores_nothing_before_a_choice(name, page):
    page.goto(UNASKED[name])
    assert page.evaluate(STORED) == NOTHING
    assert page.context.cookies() == []


@WITH_AND_WITHOUT_SCRIPT
def test_it_saves_what_was_chosen(script, visitor):
    page = visitor(java_script_enabled=script)
    page.goto(CHOICES)
    assert options(page) == ["Off: keep nothing", "No, I do not opt out"]
    save(page, "On: keep the list", "Yes, I opt out")
    assert options(page) == ["On: keep the list", "Yes, I opt out"]
    cookie = page.context.cookies()[0]
    assert (cookie["name"], cookie["path"], cookie["sameSite"]) == ("privacy_choices", "/us/", "Lax")
    receipt = page.locator(".choices__receipt .code").inner_text()
    assert cookie["value"] == f"text=1&remember=1&optout=1&receipt={receipt}"


@WITH_AND_WITHOUT_SCRIPT
def test_it_takes_one_button_to_refuse(script, visitor):
    page = visitor(java_script_enabled=script)
    refuse(page)
    assert options(page) == ["Off: keep nothing", "Yes, I opt out"]


def test_it_gives_both_buttons_the_same_look(page):
    page.goto(CHOICES)
    looks = [
        button.evaluate(
            "(e) => { const s = getComputedStyle(e); return [s.backgroundColor, s.color, s.font, s.width] }"
        )
        for button in page.locator(".choices__ways button").all()
    ]
    assert len(looks) == 2
    assert looks[0] == looks[1]


def test_it_can_be_chosen_by_keyboard_and_says_so_where_the_keyboard_is(visitor):
    page = visitor()
    page.goto(f"{CHOICES}#cookies")
    page.get_by_label("Off: keep nothing").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator("#saved")).to_be_focused()
    assert options(page) == ["On: keep the list", "Yes, I opt out"]


def test_it_asks_once_more_where_the_text_is_another(visitor):
    page = visitor()
    page.goto(CHOICES)
    page.locator("input[name=text]").evaluate("(field) => { field.value = '0' }")
    page.get_by_role("button", name="Refuse all").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was stored")
    assert page.context.cookies() == []


@pytest.mark.parametrize("name", UNASKED)
def test_it_shows_that_the_signal_was_honoured(name, open_page):
    page = open_page(extra_http_headers=SIGNAL)
    page.goto(UNASKED[name])
    status = page.locator(".privacy-footer__signal")
    expect(status).to_be_visible()
    page.reload()
    expect(status).to_be_visible()
    assert page.evaluate(STORED) == NOTHING


def test_it_shows_the_signal_to_those_only_who_send_it(open_page):
    page, plain = open_page(extra_http_headers=SIGNAL), open_page()
    first = page.goto(places.HOME)
    plain.goto(places.HOME)
    expect(page.locator(".site-footer")).to_contain_text(HONOURED)
    expect(plain.locator(".site-footer")).not_to_contain_text(HONOURED)
    again = page.request.get(places.HOME, headers={**SIGNAL, "If-None-Match": first.headers["etag"]})
    other = plain.request.get(places.HOME, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status, other.status) == (304, 200)
    assert "Sec-GPC" in first.headers["vary"]


@WITH_AND_WITHOUT_SCRIPT
def test_it_shows_the_opt_out_of_the_signal_as_made(script, visitor):
    page = visitor(java_script_enabled=script, extra_http_headers=SIGNAL)
    page.goto(CHOICES)
    expect(page.get_by_label("Yes, I opt out")).to_be_checked()
    expect(page.get_by_label("No, I do not opt out")).to_be_disabled()
    expect(page.locator("main")).to_contain_text("Your browser sends Global Privacy Control")
    save(page, "On: keep the list")
    assert options(page) == ["On: keep the list", "Yes, I opt out"]


def kinds_of_pages(page, market):
    """An address of every kind of page of a market whose gate, if it has one, is passed."""
    pass_gate(page, f"/{market}/")
    page.goto(f"/{market}/medical-information/")
    drug = page.locator(".drug-list a").first.get_attribute("href")
    page.goto(drug)
    answer = page.locator(".answer-list a").first.get_attribute("href")
    names = ("medical-information", "search", "contact", "report-safety", "sitemap", "science", "privacy-choices")
    legal = ("pages/privacy-statement", "pages/consumer-health-privacy", "nothing-is-here")
    return [f"/{market}/", drug, answer, *(f"/{market}/{name}/" for name in names + legal)]


@pytest.mark.parametrize("market", MARKETS)
def test_every_footer_leads_to_the_choices_and_to_the_notice_on_health_data(market, visitor):
    page = visitor()
    for address in kinds_of_pages(page, market):
        page.goto(address)
        footer = page.locator(".site-footer")
        for target in ("privacy-choices/#choices", "privacy-choices/#cookies", "pages/consumer-health-privacy/"):
            assert footer.locator(f'a[href="/{market}/{target}"]:visible').count(), f"{address}: {target}"
        expect(footer.locator(".privacy-footer__choices svg")).to_be_visible()


@pytest.mark.parametrize("market", MARKETS)
def test_every_market_asks_before_its_gate(market, open_page):
    page = open_page()
    page.goto(f"/{market}/privacy-choices/#choices")
    expect(page.locator(".gate")).to_have_count(0)
    expect(page.locator("#choices button[type=submit]")).to_have_count(2)
    assert page.locator("#cookies").count() == 1


def plain(page):
    page.goto(CHOICES)


def answered(page):
    save(page, "On: keep the list")
    page.goto(places.answer(places.BRAIN))
    page.goto(CHOICES)
    expect(page.get_by_role("button", name="Delete what this device remembers")).to_be_visible()


def just_saved(page):
    save(page, "Yes, I opt out")


def outdated(page):
    page.goto(CHOICES)
    page.locator("input[name=text]").evaluate("(field) => { field.value = '0' }")
    page.get_by_role("button", name="Refuse all").click()


def home_with_list(page):
    answered(page)
    page.goto(places.HOME)
    expect(page.locator("[data-recent-list] li")).to_have_count(1)


@pytest.mark.parametrize("arrive", [plain, answered, just_saved, outdated, home_with_list])
def test_it_fits_every_screen_and_everyone(arrive, visitor):
    page = visitor()
    arrive(page)
    assert_sound(page, arrive.__name__)


@pytest.mark.parametrize("market", MARKETS)
def test_it_fits_every_screen_under_the_signal_in_every_market(market, open_page):
    page = open_page(extra_http_headers=SIGNAL)
    page.goto(f"/{market}/privacy-choices/")
    assert_sound(page, market)
