"""What the device remembers of reading: with consent only, of published answers only, and not after a refusal."""

import pytest
from playwright.sync_api import expect

from tests.browser import places
from tests.browser.choosing import CHOICES, SIGNAL, refuse, save, visitor

__all__ = ["visitor"]
pytestmark = pytest.mark.browser

ON = "On: keep the list"
DRAWER = "recent /us/"
GONE = "/us/products/answers/no-such-answer-999999/"
READ = "(drawer) => JSON.parse(localStorage.getItem(drawer))"
WRITE = "([drawer, entries]) => localStorage.setItem(drawer, JSON.stringify(entries))"


def remembered(page):
    return page.evaluate(READ, DRAWER)


def alter(page, **changes):
    """Changes what is remembered of the answer that was read last."""
    first, *others = remembered(page)
    page.evaluate(WRITE, [DRAWER, [{**first, **changes}, *others]])


def read(page, *content_ids):
    for content_id in content_ids or (places.BRAIN, places.SPANNING):
        page.goto(places.answer(content_id))


def listed(page):
    """The titles that the home page shows, once it has asked for all of them."""
    page.goto(places.HOME)
    page.wait_for_load_state("networkidle")
    return page.locator("[data-recent-list]:visible li").all_inner_texts()


@pytest.fixture
def reader(visitor):
    """Somebody who switched the list on."""
    page = visitor()
    save(page, ON)
    return page


@pytest.fixture
def noisy_reader(portal, browser):
    """As `reader`, where the console may tell of addresses that are gone."""
    context = browser.new_context(base_url=portal.origin)
    page = context.new_page()
    save(page, ON)
    yield page
    context.close()


def test_it_lists_what_was_read_last(reader):
    read(reader)
    question = reader.locator("h1").inner_text()
    read(reader, places.BRAIN)
    assert listed(reader) == [places.QUESTION, question]
    reader.locator("[data-recent-list]").get_by_role("link", name=places.QUESTION).click()
    expect(reader.locator("h1")).to_have_text(places.QUESTION)


def test_it_remembers_eight(reader):
    read(reader, places.BRAIN)
    entry = remembered(reader)[0]
    reader.evaluate(WRITE, [DRAWER, [{**entry, "address": f"{entry['address']}?{n}"} for n in range(8)]])
    read(reader, places.SPANNING)
    assert len(remembered(reader)) == 8
    assert remembered(reader)[0]["title"] == reader.locator("h1").inner_text()


@pytest.mark.parametrize("choose", [None, refuse])
def test_it_remembers_nothing_without_consent(choose, visitor):
    page = visitor()
    if choose:
        choose(page)
    read(page)
    assert listed(page) == []
    assert page.evaluate("localStorage.length") == 0


def test_it_remembers_under_the_signal_too_for_nothing_is_shared(visitor):
    page = visitor(extra_http_headers=SIGNAL)
    save(page, ON)
    read(page, places.BRAIN)
    assert listed(page) == [places.QUESTION]


def test_it_forgets_all_where_the_consent_is_withdrawn(reader):
    read(reader)
    refuse(reader)
    assert reader.evaluate("localStorage.length") == 0
    assert listed(reader) == []


@pytest.mark.parametrize("address", [places.HOME, "/us/contact/"])
def test_it_forgets_all_where_the_consent_is_gone(reader, address):
    read(reader)
    reader.context.clear_cookies()
    reader.goto(address)
    assert reader.evaluate("localStorage.length") == 0


def test_it_forgets_all_where_the_text_is_newer(reader):
    read(reader)
    cookie = reader.context.cookies()[0]
    reader.context.add_cookies([{**cookie, "value": cookie["value"].replace("text=1", "text=0")}])
    assert listed(reader) == []
    assert reader.evaluate("localStorage.length") == 0


def test_it_forgets_on_demand_and_says_so(reader):
    read(reader)
    reader.goto(CHOICES)
    button = reader.get_by_role("button", name="Delete what this device remembers")
    button.focus()
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("status")).to_contain_text(["Deleted"])
    expect(reader.locator("[data-recent-deleted]")).to_be_focused()
    expect(button).to_be_hidden()
    assert remembered(reader) is None
    read(reader, places.BRAIN)
    assert listed(reader) == [places.QUESTION]


def test_it_offers_to_delete_only_what_is_there(reader):
    reader.goto(CHOICES)
    expect(reader.get_by_role("button", name="Delete what this device remembers")).to_be_hidden()


def test_it_shows_no_answer_that_is_gone_and_forgets_it(noisy_reader):
    read(noisy_reader, places.SPANNING, places.BRAIN)
    alter(noisy_reader, address=GONE, title="Withdrawn words")
    shown = listed(noisy_reader)
    assert len(shown) == 1
    assert "Withdrawn words" not in shown
    assert [entry["address"] for entry in remembered(noisy_reader) if entry["address"] == GONE] == []


def test_it_shows_no_answer_that_it_cannot_ask_for_and_keeps_it(noisy_reader):
    read(noisy_reader, places.BRAIN)
    noisy_reader.route("**/products/answers/**", lambda route: route.abort())
    assert listed(noisy_reader) == []
    assert [entry["title"] for entry in remembered(noisy_reader)] == [places.QUESTION]


def test_it_shows_a_question_as_it_is_worded_today(reader):
    read(reader, places.BRAIN)
    alter(reader, title="Words of an older version", published=1)
    assert listed(reader) == [places.QUESTION]
    assert remembered(reader)[0]["published"] > 1


@pytest.mark.parametrize("rubbish", ["{", "null", '"text"', "7"])
def test_it_bears_whatever_the_drawer_holds(reader, rubbish):
    reader.goto(places.HOME)
    reader.evaluate("([drawer, text]) => localStorage.setItem(drawer, text)", [DRAWER, rubbish])
    assert listed(reader) == []
    read(reader, places.BRAIN)
    assert listed(reader) == [places.QUESTION]


def test_one_market_does_not_show_what_was_read_in_another(reader):
    read(reader, places.BRAIN)
    reader.evaluate("localStorage.setItem('recent /elsewhere/', '[{}]')")
    assert listed(reader) == [places.QUESTION]
    assert reader.evaluate("localStorage.getItem('recent /elsewhere/')") == "[{}]"
