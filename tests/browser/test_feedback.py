"""The question below an answer as people use it: with and without a script, by keyboard, on every screen."""

import pytest
from playwright.sync_api import expect

from tests.browser import places
from tests.browser.conftest import PHONE
from tests.browser.test_keyboard import focus
from tests.browser.test_pages import WIDER_THAN_THE_SCREEN, assert_accessible, assert_sound

pytestmark = pytest.mark.browser

WITH_AND_WITHOUT_SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
ANSWER = places.answer(places.BRAIN)
WORDS = "Which dose was it?"


@pytest.fixture
def open_answer(open_page):
    """Opens an answer as somebody whom nobody else's vote is taken for."""

    def open_answer(name, address=ANSWER, **options):
        agent = f"Mozilla/5.0 (Windows NT 10.0; {name}) Chrome/150.0.0.0 Safari/537.36"
        page = open_page(user_agent=agent, **options)
        page.goto(address)
        return page

    return open_answer


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def comment(page):
    return page.get_by_label("Anything you would like to add?")


def heading(page, words):
    return page.get_by_role("heading", name=words, exact=True)


@WITH_AND_WITHOUT_SCRIPT
def test_it_asks_why_and_takes_reasons_and_words(open_answer, script):
    page = open_answer(f"why {script}", java_script_enabled=script)
    address = page.url
    press(page, "No")
    expect(page.get_by_role("status").filter(has_text="Your answer “No” has been stored")).to_be_visible()
    assert (page.url == address) == script
    page.get_by_label("Evidence or references are missing").check()
    comment(page).fill(WORDS)
    press(page, "Send")
    expect(page.get_by_role("status").filter(has_text="What you told us has been stored")).to_be_visible()
    assert (page.url == address) == script


@WITH_AND_WITHOUT_SCRIPT
def test_a_change_of_mind_offers_other_reasons_and_keeps_the_words(open_answer, script):
    page = open_answer(f"change {script}", java_script_enabled=script)
    press(page, "Yes")
    comment(page).fill(WORDS)
    press(page, "Change it to “No”")
    expect(page.get_by_label("It was hard to understand")).to_be_visible()
    expect(page.get_by_label("It was easy to understand")).to_have_count(0)
    expect(comment(page)).to_have_value(WORDS)
    press(page, "Change it to “Yes”")
    expect(page.get_by_label("It was easy to understand")).to_be_visible()


@WITH_AND_WITHOUT_SCRIPT
def test_who_asks_for_contact_finds_the_form_filled_in(open_answer, script):
    page = open_answer(f"contact {script}", java_script_enabled=script)
    press(page, "No")
    comment(page).fill(WORDS)
    press(page, "Send, and ask us to contact me")
    expect(page.locator("h1")).to_have_text("Contact medical information")
    expect(page.get_by_label("Your question")).to_have_value(WORDS)
    expect(page.get_by_label("Product (optional)")).to_have_value("imlunestrant")
    expect(page.locator(".about")).to_contain_text(places.BRAIN)
    assert "dose" not in page.url


def test_the_keyboard_alone_votes_ticks_writes_and_sends(open_answer):
    page = open_answer("keyboard")
    page.locator("#feedback-title").click()
    focus(page, page.get_by_role("button", name="Yes", exact=True))
    page.keyboard.press("Enter")
    expect(heading(page, "Would you tell us why?")).to_be_focused()
    focus(page, page.get_by_label("It answered my question"))
    page.keyboard.press("Space")
    expect(page.get_by_label("It answered my question")).to_be_checked()
    focus(page, comment(page))
    page.keyboard.type(WORDS)
    focus(page, page.get_by_role("button", name="Send", exact=True))
    page.keyboard.press("Enter")
    expect(heading(page, "Thank you")).to_be_focused()


def test_the_enter_key_in_a_box_sends_and_does_not_change_the_answer(open_answer):
    page = open_answer("enter")
    press(page, "Yes")
    page.get_by_label("It answered my question").check()
    page.keyboard.press("Enter")
    expect(heading(page, "Thank you")).to_be_focused()


def test_it_counts_and_cuts_nothing_off_that_is_too_long(open_answer):
    page = open_answer("count")
    press(page, "No")
    expect(page.get_by_text("Up to 4,000 characters")).to_be_visible()
    comment(page).fill("x" * 3999)
    expect(page.locator("#feedback-limit")).to_have_text("Characters left: 1")
    comment(page).fill("x" * 4003)
    expect(page.locator("#feedback-limit")).to_have_text("Characters too many: 3")
    press(page, "Send")
    expect(comment(page)).to_be_focused()
    assert len(comment(page).input_value()) == 4003
    comment(page).fill("x")
    press(page, "Send")
    expect(heading(page, "Thank you")).to_be_visible()


def test_a_line_that_breaks_loses_nothing(open_answer):
    page = open_answer("broken")
    press(page, "No")
    comment(page).fill(WORDS)
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('broken')) }")
    press(page, "Send")
    expect(page.get_by_role("alert").filter(has_text="The connection broke")).to_be_visible()
    expect(comment(page)).to_have_value(WORDS)
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_enabled()


def test_a_refusal_shows_the_words_again_with_the_phone_for_safety(open_answer):
    page = open_answer("refused")
    press(page, "No")
    comment(page).fill(WORDS)
    page.locator("input[name=vote]").evaluate("input => { input.value = 'forged' }")
    # Out of reach of the script: what is refused to one, the browser notes as an error.
    page.evaluate("document.querySelector('[data-feedback]').replaceWith(document.querySelector('.feedback__form'))")
    press(page, "Send")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("does not say which vote it belongs to")
    expect(alert).to_contain_text("1-800-555-0143")
    expect(page.get_by_label("Your text")).to_have_value(WORDS)
    assert_sound(page, "refused feedback")
    press(page, "Take it to a safety report")
    expect(page.get_by_label("Your question")).to_have_value(WORDS)


def test_the_follow_up_is_sound_in_the_page(open_answer):
    page = open_answer("sound", viewport=PHONE)
    press(page, "No")
    expect(heading(page, "Would you tell us why?")).to_be_visible()
    for width in (320, 390, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(WIDER_THAN_THE_SCREEN) == 0
    assert_accessible(page, "an answer with its follow-up")


def test_the_follow_up_and_the_thanks_are_sound_pages(open_answer):
    page = open_answer("pages", java_script_enabled=False)
    press(page, "No")
    address = page.url
    press(page, "Send")
    thanks = page.url
    seen = open_answer("pages seen", address)
    assert_sound(seen, "follow-up of a vote")
    seen.goto(thanks)
    assert_sound(seen, "thanks for feedback")


def test_it_speaks_german(open_answer):
    page = open_answer("deutsch", places.GERMAN_BRAIN)
    press(page, "Ja")
    expect(heading(page, "Möchten Sie uns sagen, warum?")).to_be_focused()
    page.locator("#feedback-text").fill("x" * 1000)
    expect(page.locator("#feedback-limit")).to_have_text("Zeichen übrig: 3.000")
    press(page, "Senden")
    expect(heading(page, "Vielen Dank")).to_be_visible()
