"""The life of an answer as its people see it: written, sent back, corrected, signed, found, replaced, withdrawn."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.editing import empty, pick, text_of
from tests.browser.staff import enter

pytestmark = pytest.mark.browser

RIS = """TY  - JOUR
AU  - Harrow, Ines
TI  - Cardiac repolarization in healthy volunteers
JO  - Clin Invent Pharmacol
PY  - 2025
VL  - 12
SP  - 201
EP  - 209
DO  - 10.5555/cip.2025.0123
ER  -
"""
CONTENT_ID = "US_cFAQ_IML900_QT"
QUESTION = "Does imlunestrant prolong the QT interval?"
SEARCH = "/us/search/?q=does+imlunestrant+prolong+the+QT+interval"
SHORT = "The largest mean change of the QTc interval was 3.1 ms (90% CI, 1.2-5.0)."


@pytest.fixture
def approver(portal, browser):
    """Another person beside the author, in a browser of their own."""
    context = browser.new_context(base_url=portal.origin)
    page = context.new_page()
    enter(page, portal, "approver")
    yield page
    context.close()


def choose(page, path, name, typed):
    """Takes the first of what an autocomplete offers for what is typed."""
    page.goto(path)
    page.locator(".select2-selection").first.click()
    page.keyboard.insert_text(typed)
    page.locator(".select2-results__option--highlighted", has_text=re.compile(name, re.IGNORECASE)).wait_for()
    page.keyboard.press("Enter")


def add_reference(page):
    page.goto("/admin/faq/reference/import/")
    page.locator("textarea").fill(RIS)
    page.locator("#content form [type=submit]").last.click()
    expect(page.locator("#content")).to_contain_text("Harrow I. Cardiac repolarization in healthy volunteers.")
    page.locator("#content form [type=submit]").last.click()
    expect(page.locator("#content")).to_contain_text("1 reference added")


def begin(page):
    """A question and its first draft; returns the draft's address."""
    choose(page, "/admin/faq/faq/add/", "imlunestrant", "imlun")
    page.locator("#id_content_id").fill(CONTENT_ID)
    page.locator("#id_slug").fill("imlunestrant-heart-rhythm")
    page.locator("#id_label_status").select_option("investigational")
    page.locator("[name=_continue]").click()
    page.get_by_role("button", name="New version").click()
    text_of(page, "Body").wait_for()
    return page.url


def cite(page):
    page.keyboard.press("Alt+Shift+c")
    pick(page, "harrow")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)


def write(page, short, what_changed=""):
    page.locator("#id_question").fill(QUESTION)
    empty(page, "Short answer")
    page.keyboard.insert_text(short)
    cite(page)
    empty(page, "Body")
    page.keyboard.press("Control+Alt+2")
    page.keyboard.insert_text("Study in healthy volunteers")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("Single doses of 400 mg were compared with placebo.")
    cite(page)
    page.locator("#id_last_reviewed").fill("2026-11-20")
    page.locator("#id_next_review").fill("2028-11-20")
    page.locator("#id_what_changed").fill(what_changed)


def submit(page):
    page.get_by_role("button", name="Save and submit for review").click()
    said(page, "Submitted for review")


def said(page, words):
    expect(page.locator(".messagelist")).to_contain_text(words)


def sign(page, draft, password):
    page.goto(draft)
    page.locator(".moves input[type=password]").fill(password)
    page.get_by_role("button", name="Sign and approve").click()


def publish(page):
    page.get_by_role("button", name=re.compile("^Publish")).first.click()
    said(page, "Published")


def test_an_answer_goes_from_nothing_to_its_withdrawal(author_page, approver, portal):
    author = author_page
    add_reference(author)
    draft = begin(author)
    write(author, SHORT)
    submit(author)
    send_back(approver, draft)
    author.goto(draft)
    expect(author.locator(".moves")).to_contain_text("Say that they were healthy.")
    write(author, f"In healthy volunteers: {SHORT}")
    submit(author)
    sign(approver, draft, "not the password")
    expect(approver.locator(".messagelist")).to_contain_text("assword")
    sign(approver, draft, portal.password)
    said(approver, "Approved")
    assert QUESTION not in portal.get(SEARCH)[1]
    publish(approver)
    answer = answer_of(portal)
    assert "In healthy volunteers: " in portal.get(answer)[1]
    replaced(author, approver, draft, portal, answer)
    withdrawn(approver, portal, answer)


def send_back(page, draft):
    page.goto(draft)
    page.locator("summary", has_text="Send back").click()
    page.locator("#words-send-back").fill("Say that they were healthy.")
    page.get_by_role("button", name="Send back", exact=True).click()
    said(page, "Sent back")


def answer_of(portal):
    """The address under which search finds the answer, in the second in which it was published."""
    found = re.search(r"/us/products/answers/imlunestrant-heart-rhythm-\d+/", portal.get(SEARCH)[1])
    assert found
    return found[0]


def replaced(author, approver, draft, portal, answer):
    author.goto(draft)
    author.get_by_role("button", name=re.compile("New version|Correct")).first.click()
    text_of(author, "Body").wait_for()
    write(author, f"As of 2026: {SHORT}", "The year of the data is named.")
    newer = author.url
    submit(author)
    sign(approver, newer, portal.password)
    publish(approver)
    assert "As of 2026: " in portal.get(answer)[1]
    assert "In healthy volunteers: " not in portal.get(answer)[1]
    approver.goto(draft)
    expect(approver.locator(".moves-state")).to_contain_text("Superseded")
    approver.goto(newer)


def withdrawn(page, portal, answer):
    page.locator("summary", has_text="Withdraw").click()
    page.locator("#words-withdraw").fill("A number is disputed.")
    page.locator(".move--withdraw [type=checkbox]").check()
    page.get_by_role("button", name="Withdraw now").click()
    said(page, "Withdrawn")
    status, text = portal.get(answer)
    assert (status, "3.1 ms" in text) == (410, False)
    assert answer not in portal.get(SEARCH)[1]
    assert answer not in portal.get("/sitemap.xml")[1]
