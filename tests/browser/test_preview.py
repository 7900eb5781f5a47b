"""Staff and an invited reviewer read a draft as visitors will see it, and comment on words of it."""

import re

import pytest

from tests.browser.conftest import PHONE
from tests.browser.editing import begin

pytestmark = pytest.mark.browser

# A question of which the editor's tests begin no draft.
QUESTION = "US_cFAQ_MEL002_ADVERSE_REACTIONS_ON"

SELECT = """article => {
  const texts = [...article.querySelectorAll(".prose p")].map(one => one.firstChild);
  const words = texts.find(one => one.nodeType === Node.TEXT_NODE && one.length > 40);
  const range = document.createRange();
  range.setStart(words, 0);
  range.setEnd(words, 40);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  return range.toString().trim();
}"""


@pytest.fixture
def preview(author_page):
    """The preview of a draft, before its author."""
    begin(author_page, QUESTION)
    author_page.click(".version-tools a:has-text('Preview')")
    author_page.locator("iframe").first.wait_for()
    return author_page


def invite(page):
    """Invites a reviewer; returns the link that is made for them."""
    page.fill("#id_reviewer", "Grace Example")
    page.click(".invitation-form button")
    return page.input_value(".invitation-link >> nth=0")


@pytest.fixture
def link(preview):
    return invite(preview)


def frame_of(page, title):
    return page.frame_locator(f"iframe[title*='{title}']")


def test_staff_see_it_at_two_widths_and_comment_on_selected_words(preview):
    page = preview
    for title, width in (("phone", 390), ("desktop", 1280)):
        banner = frame_of(page, title).locator(".preview-banner")
        banner.wait_for()
        assert "not approved" in banner.inner_text()
        inner = frame_of(page, title).locator("html").evaluate("page => page.clientWidth")
        assert width - 20 <= inner <= width
    words = frame_of(page, "desktop").locator("article.answer").evaluate(SELECT)
    page.click("text=Comment on the selected words")
    assert page.input_value("#comment-quote") == words
    page.fill("#comment-words", "Is this so?")
    page.click(".comment-form button[type=submit]")
    page.locator(".comment blockquote", has_text=words).first.wait_for()
    frame_of(page, "desktop").locator("mark.passage", has_text=words[:20]).first.wait_for()


def test_staff_invite_and_the_reviewer_comments_without_an_account(preview, open_page):
    page = open_page()
    page.goto(invite(preview))
    words = page.locator("article.answer").evaluate(SELECT)
    page.click("[data-preview-pick]")
    assert page.input_value("#comment-quote") == words
    page.fill("#comment-text", "Please say in which year.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("saved=1"))
    assert page.evaluate("document.activeElement.id") == "saved"
    assert page.locator(".preview-said", has_text="Please say in which year.").count() == 1


def test_a_reviewer_without_javascript_chooses_a_section_on_a_phone(link, open_page):
    page = open_page(java_script_enabled=False, viewport=PHONE)
    page.goto(link)
    page.select_option("#comment-place", index=2)
    part = page.input_value("#comment-place")
    page.fill("#comment-text", "Too long for a phone.")
    page.click(".preview-form button[type=submit]")
    thread = page.locator(".preview-thread", has_text="Too long for a phone.")
    assert part in thread.inner_text()


def test_links_of_the_preview_lead_nowhere(link, open_page):
    page = open_page()
    page.goto(link)
    before = page.url
    page.locator(".wordmark").click(force=True)
    page.locator(".feedback button").first.click(force=True)
    assert page.url == before
    page.keyboard.press("End")
    assert page.locator(".preview-banner").evaluate("bar => bar.getBoundingClientRect().top >= 0")
