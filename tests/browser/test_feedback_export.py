"""Votes and remarks as a reviewer takes them away: the list narrowed, the file fetched, the trail of it."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import places
from tests.browser.staff import enter
from tests.faq.exporting import ALL_FORMATS, REMARKS, VOTES, numbers, read

pytestmark = pytest.mark.browser

BUTTONS = {"csv": "CSV", "xlsx": "Excel", "jsonl": "JSON Lines"}
# What a spreadsheet would compute, and what a page would run.
WORDS = '=HYPERLINK("https://evil.example","<b>dose</b>")'
AGENTS = {
    "Yes": "Mozilla/5.0 (Windows NT 10.0; export) Chrome/150.0.0.0 Safari/537.36",
    "No": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X; export) Safari/604.1",
}


@pytest.fixture(scope="module")
def said(portal, browser):
    """A vote for the answer from a computer, and one against it from a phone, with a reason and words below it."""
    for answer, agent in AGENTS.items():
        context = browser.new_context(base_url=portal.origin, user_agent=agent)
        page = context.new_page()
        page.goto(places.answer(places.SPANNING))
        page.get_by_role("button", name=answer, exact=True).click()
        expect(page.get_by_role("heading", name="Would you tell us why?")).to_be_visible()
        if answer == "No":
            page.get_by_label("Evidence or references are missing").check()
            page.get_by_label("Anything you would like to add?").fill(WORDS)
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.get_by_role("heading", name="Thank you", exact=True)).to_be_visible()
        context.close()


@pytest.fixture
def reviewer(staff_page, portal, said):
    enter(staff_page, portal, "demo")
    return staff_page


def listed(page):
    """The numbers of the rows that a list shows."""
    return sorted(int(box.get_attribute("value")) for box in page.locator("#result_list input.action-select").all())


def fetched(page, press):
    with page.expect_download() as download:
        press()
    return Path(download.value.path()).read_bytes()


def narrow(page, title, value):
    """Presses one of the choices of a filter beside the list."""
    choices = page.locator("#changelist-filter details", has_text=f"By {title}")
    with page.expect_navigation():
        choices.get_by_role("link", name=value, exact=True).click()


@pytest.mark.parametrize("form", ALL_FORMATS)
def test_a_file_holds_the_votes_that_the_list_shows(reviewer, form):
    reviewer.goto(VOTES)
    everything = listed(reviewer)
    narrow(reviewer, "satisfied", "No")
    narrow(reviewer, "device", "Phone")
    shown = listed(reviewer)
    content = fetched(reviewer, reviewer.get_by_role("button", name=BUTTONS[form], exact=True).click)
    assert numbers(content, form) == shown
    assert 0 < len(shown) < len(everything)
    assert {(row["device"], row["satisfied"] in (False, "no")) for row in read(content, form)} == {("phone", True)}


@pytest.mark.parametrize(("form", "words"), [("csv", f"'{WORDS}"), ("xlsx", f"'{WORDS}"), ("jsonl", WORDS)])
def test_words_are_text_in_the_list_and_in_the_file_and_say_what_safety_made_of_them(reviewer, form, words):
    reviewer.goto(REMARKS)
    reviewer.locator("#searchbar").fill("HYPERLINK")
    reviewer.keyboard.press("Enter")
    expect(reviewer.locator("#result_list")).to_contain_text(WORDS)
    expect(reviewer.locator("#result_list b")).to_have_count(0)
    content = fetched(reviewer, reviewer.get_by_role("button", name=BUTTONS[form], exact=True).click)
    assert numbers(content, form, "remark") == listed(reviewer)
    assert [(row["text"], row["safety"]) for row in read(content, form)] == [(words, "open")]


def test_the_trail_tells_who_took_what(reviewer):
    reviewer.goto(VOTES)
    narrow(reviewer, "satisfied", "No")
    fetched(reviewer, reviewer.get_by_role("button", name="JSON Lines", exact=True).click)
    reviewer.goto("/admin/audit/entry/?q=Votes+as+jsonl")
    expect(reviewer.locator("#result_list")).to_contain_text("fetched")
    expect(reviewer.locator("#result_list tbody tr").first).to_contain_text("demo")


def test_the_dictionary_explains_every_column(reviewer):
    reviewer.goto(VOTES)
    content = fetched(reviewer, reviewer.get_by_role("button", name="JSON Lines", exact=True).click)
    reviewer.goto(VOTES)
    with reviewer.expect_navigation():
        reviewer.get_by_role("link", name="Data dictionary").click()
    told = reviewer.locator("tbody th").all_inner_texts()
    assert set(read(content, "jsonl")[0]) <= {name.strip() for name in told}


def test_whoever_has_no_right_to_export_is_offered_none(author_page, said):
    author_page.goto(VOTES)
    expect(author_page.locator("#result_list")).to_be_visible()
    expect(author_page.get_by_role("region", name="Export")).to_have_count(0)
    token = author_page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    form = {"csrfmiddlewaretoken": token, "format": "csv"}
    assert author_page.request.post(f"{VOTES}export/", form=form).status == 403
    assert author_page.request.get(f"{VOTES}export/dictionary/").status == 403
