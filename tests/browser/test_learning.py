"""What visitors do with a search reaches the staff, who make search know what it did not."""

import pytest
from playwright.sync_api import expect

from tests.browser import places
from tests.browser.staff import enter
from tests.browser.test_journey import vote

pytestmark = pytest.mark.browser

LISTS = "/admin/search/"


def answer(page, question=places.QUESTION):
    return page.locator(".results").get_by_role("link", name=question)


def row(page, text):
    return page.locator("#result_list tbody tr").filter(has_text=text)


def test_it_tells_the_staff_that_an_answer_did_not_satisfy_who_had_searched(page, staff_page, portal):
    # Of an answer on which no other test votes: all do so from one address, and votes of a crowd tell of no search.
    page.goto("/us/search/?q=crushed+in+a+feeding+tube")
    # Where this fails, the message tells what was shown instead.
    expect(page.locator("main")).to_contain_text(places.CRUSHED)
    answer(page, places.CRUSHED).click()
    vote(page, "No")
    enter(staff_page, portal, "demo")
    staff_page.goto(f"{LISTS}unsatisfiedsearch/")
    found = row(staff_page, "crushed in a feeding tube")
    expect(found.locator(".field-satisfied_part")).to_contain_text("0 of 1")
    expect(found.locator(".field-opened_part")).to_contain_text("1 · 100 %")


def test_the_staff_make_a_synonym_of_a_question_that_found_nothing(page, staff_page, portal):
    page.goto("/us/search/?q=zorblification")
    expect(page.locator("main")).to_contain_text("No answer was found")
    enter(staff_page, portal, "demo")
    staff_page.goto(f"{LISTS}searchgap/")
    row(staff_page, "zorblification").get_by_role("link", name="Add synonym").click()
    expect(staff_page.get_by_label("Typed")).to_have_value("zorblification")
    staff_page.get_by_label("Meant").fill("blood-brain barrier")
    staff_page.get_by_role("button", name="Save", exact=True).click()
    expect(staff_page.locator(".messagelist")).to_contain_text("was added successfully")
    expect(row(staff_page, "zorblification")).to_have_count(0)
    page.goto("/us/search/?q=zorblification")
    expect(answer(page)).to_be_visible()
