"""What an author typed survives: a closed page, the end of a session, somebody else at the same draft."""

import pytest
from playwright.sync_api import expect

from tests.browser.editing import begin, empty, text_of, value
from tests.browser.staff import enter, sign_in

pytestmark = pytest.mark.browser

QUESTION = "US_cFAQ_IML004_CNS_PROGRESSION"


@pytest.fixture
def draft(author_page):
    begin(author_page, QUESTION)
    return author_page


def write(page, words, name="Body"):
    empty(page, name)
    page.keyboard.type(words)
    # Until it lies on the machine.
    page.wait_for_function("words => Object.values({ ...localStorage }).some(kept => kept.includes(words))", arg=words)


def save(page):
    page.get_by_role("button", name="Save and continue editing").click()


def test_it_offers_what_was_typed_before_the_page_was_left(draft):
    write(draft, "Typed and never saved.")
    draft.reload()
    expect(draft.get_by_text("differs from what is stored: body.")).to_be_visible()
    assert "never saved" not in value(draft, "body")
    draft.get_by_role("button", name="Put it back").click()
    expect(text_of(draft, "Body")).to_have_text("Typed and never saved.")
    save(draft)
    expect(draft.locator(".messagelist")).to_contain_text("was changed successfully")
    assert value(draft, "body") == "<p>Typed and never saved.</p>"
    assert draft.evaluate("Object.keys(localStorage).filter(name => name.startsWith('draft/'))") == []


def test_it_keeps_the_text_when_the_session_has_ended(draft, portal):
    write(draft, "Typed for an hour.")
    draft.context.clear_cookies()
    save(draft)
    expect(draft.get_by_text("You are signed out, so nothing was saved.")).to_be_visible()
    other = draft.context.new_page()
    sign_in(other, portal)
    save(draft)
    expect(draft.locator(".messagelist")).to_contain_text("was changed successfully")
    assert value(draft, "body") == "<p>Typed for an hour.</p>"


def test_it_keeps_the_text_of_a_form_that_was_sent_without_asking(draft, portal):
    write(draft, "Sent without a script.")
    draft.context.clear_cookies()
    # As a browser without scripts sends it.
    draft.evaluate("document.getElementById('faqversion_form').submit()")
    expect(draft.get_by_role("alert")).to_contain_text("nothing is lost")
    other = draft.context.new_page()
    sign_in(other, portal)
    for _ in range(2):
        # The first time tells of the new sign-in, for which the form needs another token.
        draft.get_by_role("button", name="Save what I wrote").click()
    expect(draft.locator(".messagelist")).to_contain_text("was changed successfully")
    assert value(draft, "body") == "<p>Sent without a script.</p>"


def test_two_people_at_one_draft_see_each_other_and_lose_nothing(draft, portal, browser):
    others = browser.new_context(base_url=portal.origin)
    other = others.new_page()
    enter(other, portal, "demo")
    begin(other, QUESTION)
    expect(other.get_by_role("status").filter(has_text="has had this draft open since")).to_contain_text("author")
    draft.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(draft.get_by_role("status").filter(has_text="has had this draft open since")).to_contain_text("demo")
    empty(other, "Body")
    other.keyboard.type("What the other wrote.")
    empty(other, "Short answer")
    other.keyboard.type("Shorter.")
    save(other)
    expect(other.locator(".messagelist")).to_contain_text("was changed successfully")
    others.close()
    write(draft, "What I wrote.")
    save(draft)
    expect(draft.get_by_text("after you had opened it")).to_be_visible()
    # Only the other changed the short answer; both changed the body, and both wordings are shown.
    assert value(draft, "short_answer") == "<p>Shorter.</p>"
    clash = draft.get_by_role("region", name="Body", exact=True)
    expect(clash).to_contain_text("What I wrote.")
    expect(clash).to_contain_text("What the other wrote.")
    draft.get_by_role("button", name="Take theirs").click()
    expect(text_of(draft, "Body")).to_have_text("What the other wrote.")
    text_of(draft, "Body").focus()
    draft.keyboard.press("Control+z")
    expect(text_of(draft, "Body")).to_have_text("What I wrote.")
    save(draft)
    expect(draft.locator(".messagelist")).to_contain_text("was changed successfully")
    assert value(draft, "body") == "<p>What I wrote.</p>"
