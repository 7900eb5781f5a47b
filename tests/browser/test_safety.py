"""Safety triage as people do it: what visitors wrote arrives, an officer reads it, forwards it or dismisses it."""

import re

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser import places
from tests.browser.conftest import PHONE
from tests.browser.staff import enter
from tests.browser.test_contact import ask, send
from tests.browser.test_keyboard import focus
from tests.browser.test_pages import AXE, WIDER_THAN_THE_SCREEN

pytestmark = pytest.mark.browser

QUEUE = "/admin/safety/safetyflag/"
SUMS = f"{QUEUE}reconciliation/"
FAINTED = "My patient fainted two hours after the first tablet."
VOMITED = "A patient of mine vomited blood after the second dose."
# The newest flag was due as soon as its text was received.
LATE = """
from datetime import timedelta
from django.db.models import F
from portal.safety.models import SafetyFlag
newest = SafetyFlag.objects.filter(pk=SafetyFlag.objects.latest("pk").pk)
newest.update(due_at=F("received_at") + timedelta(milliseconds=1))
"""
COLOUR = "each => getComputedStyle(each).color"
RED = {"light": "rgb(141, 29, 20)", "dark": "rgb(248, 189, 182)"}
# What of a page the portal makes: the frame around it, the filters and the search are Django's.
AXE_HERE = """rules => axe.run({include:
    ["#result_list", ".actions", ".moves", ".flag-case", ".flag-history", ".reconciliation"]
    .filter(part => document.querySelector(part)).map(part => [part])}, rules)"""
# What scrolls by itself within the page.
SCROLLED = """[...document.querySelectorAll(".results, .due-table__frame")]
    .filter(each => each.scrollWidth > each.clientWidth).map(each => each.className)"""


@pytest.fixture
def officer(staff_page, portal):
    """Somebody who reads what visitors wrote, and decides about it."""
    enter(staff_page, portal, "demo")
    return staff_page


def ask_something(page, words):
    page.goto("/us/contact/")
    ask(page, words)
    send(page)
    expect(page.locator("h1")).to_have_text("Your question has been received")


def remark(open_page, words):
    """One vote of a browser that nobody else has, with words below it; on an answer without many votes."""
    page = open_page(user_agent="Mozilla/5.0 (Windows NT 10.0; safety) Chrome/150.0.0.0 Safari/537.36")
    page.goto(places.answer(places.SPANNING))
    page.get_by_role("button", name="No", exact=True).click()
    page.get_by_label("Anything you would like to add?").fill(words)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("heading", name="Thank you", exact=True)).to_be_visible()


def row(page, words):
    return page.locator("#result_list tbody tr").filter(has_text=words)


def open_flag(page, words):
    page.goto(QUEUE)
    row(page, words).get_by_role("link", name=words).click()


def do(page, summary, button, **typed):
    """Opens one of the offered forms, fills it in and sends it."""
    page.get_by_text(summary, exact=True).click()
    for label, words in typed.items():
        page.get_by_label(label.replace("_", " ")).fill(words)
    page.get_by_role("button", name=button, exact=True).click()


def sums(page):
    """What a period of the sums adds up to: received, forwarded, dismissed, open."""
    page.goto(SUMS)
    expect(page.locator(".reconciliation__sum")).to_contain_text("The sums are right")
    cells = page.locator("section", has=page.get_by_role("heading", name="Flags")).locator("tbody tr").all()
    numbers = [[int(number) for number in row.locator(".due-table__number").all_inner_texts()[:4]] for row in cells]
    return [sum(column) for column in zip([0] * 4, *[row for row in numbers if row], strict=True)]


def assert_accessible_here(page, name):
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(Axe().axe_script)
    # To fetch the style sheets itself, axe would have to write styles into the page.
    results = AxeResults(page.evaluate(AXE_HERE, {**AXE, "preload": False}))
    assert results.violations_count == 0, f"{name}: {results.generate_report()}"


def test_what_visitors_wrote_is_read_forwarded_dismissed_and_adds_up(page, open_page, officer):
    before = sums(officer)
    ask_something(page, FAINTED)
    remark(open_page, VOMITED)
    officer.goto(QUEUE)
    for words, kind in ((FAINTED, "Inquiry"), (VOMITED, "Remark on an answer")):
        expect(row(officer, words)).to_contain_text(kind)
        expect(row(officer, words).locator(".field-clock")).to_have_text(re.compile(r"in \d+.*\d{2}:\d{2} E[SD]T"))
    open_flag(officer, FAINTED)
    expect(officer.locator(".flag-whole mark").filter(has_text="fainted")).to_be_visible()
    officer.get_by_text("Assign …", exact=True).click()
    officer.get_by_role("button", name="Assign", exact=True).click()
    expect(officer.locator(".field-assigned")).to_contain_text("demo")
    do(officer, "Forward to safety …", "It was forwarded", Reference_number="AE-2027-17")
    expect(officer.locator(".moves-state")).to_contain_text("Forwarded to safety as AE-2027-17 by demo")
    open_flag(officer, VOMITED)
    do(officer, "Dismiss …", "Dismiss", Why_does_this_text="The same case as AE-2027-17.")
    expect(officer.locator(".moves-state")).to_contain_text("Dismissed by demo: The same case as AE-2027-17.")
    received, forwarded, dismissed, left = [now - then for now, then in zip(sums(officer), before, strict=True)]
    assert (received, forwarded, dismissed, left) == (2, 1, 1, 0)


@pytest.mark.parametrize("staff_page", [{"java_script_enabled": False}], indirect=True)
def test_without_a_script_it_is_all_there(page, officer):
    ask_something(page, f"{FAINTED} She is well now.")
    open_flag(officer, "She is well now.")
    do(officer, "Dismiss …", "Dismiss", Why_does_this_text="A test of the form.")
    expect(officer.locator(".moves-state")).to_contain_text("Dismissed by demo")


def test_the_keyboard_alone_opens_a_flag_and_forwards_it(page, officer):
    ask_something(page, f"{FAINTED} It was her third day.")
    officer.goto(QUEUE)
    focus(officer, row(officer, "It was her third day.").get_by_role("link"))
    officer.keyboard.press("Enter")
    focus(officer, officer.locator(".move--forward summary"))
    officer.keyboard.press("Enter")
    focus(officer, officer.get_by_label("Reference number"))
    officer.keyboard.type("AE-2027-18")
    officer.keyboard.press("Enter")
    expect(officer.locator(".moves-state")).to_contain_text("Forwarded to safety as AE-2027-18")


def test_its_pages_fit_every_screen_and_everyone(page, officer):
    ask_something(page, f"{FAINTED} She fell.")
    open_flag(officer, "She fell.")
    for address in (QUEUE, officer.url, SUMS):
        officer.goto(address)
        for width in (PHONE["width"], 768, 1440):
            officer.set_viewport_size({"width": width, "height": 900})
            assert officer.evaluate(WIDER_THAN_THE_SCREEN) == 0, (address, width)
            assert officer.evaluate(SCROLLED) == [], (address, width)
            assert_accessible_here(officer, (address, width))


def test_what_is_overdue_comes_first_in_red_and_is_counted(page, portal, officer):
    ask_something(page, f"{FAINTED} Nobody called her.")
    portal.manage("shell", "-v", "0", "-c", LATE)
    for scheme, red in RED.items():
        officer.emulate_media(color_scheme=scheme)
        officer.goto(QUEUE)
        first = officer.locator("#result_list tbody tr").first
        expect(first).to_contain_text("Nobody called her.")
        expect(first.locator(".badge--due-overdue")).to_have_text(re.compile("Overdue by"))
        assert first.locator(".badge--due-overdue").evaluate(COLOUR) == red
    officer.goto("/admin/")
    officer.get_by_role("link", name="Overdue safety flags").click()
    expect(officer.locator("#result_list tbody tr")).to_have_count(1)
    assert '"safety": "overdue flags: 1"' in portal.get("/readyz")[1]
    row(officer, "Nobody called her.").get_by_role("link").click()
    do(officer, "Forward to safety …", "It was forwarded", Reference_number="AE-2027-19")
    expect(officer.locator(".moves-state .late")).to_have_text("after it was due")


def test_several_are_dismissed_at_once_only_with_a_reason_and_without_a_clock(page, officer):
    harmless = ["May the tablet be crushed?", "How is it stored after opening?", f"{FAINTED} She slept."]
    for words in harmless:
        ask_something(page, words)
    for reason, told in (("", "Say why these texts need no"), ("Questions alone.", "Done with 2 of 3 selected flags.")):
        officer.goto(QUEUE)
        for words in harmless:
            row(officer, words).get_by_role("checkbox").check()
        officer.get_by_label("Action:").select_option(label="Dismiss selected flags that are not raised")
        officer.get_by_label("Reason:").fill(reason)
        officer.get_by_role("button", name="Go").click()
        expect(officer.locator(".messagelist")).to_contain_text(told)
    expect(row(officer, harmless[0])).to_have_count(0)
    expect(row(officer, harmless[2])).to_have_count(1)


def test_who_may_not_see_flags_is_turned_away(author_page):
    for address in (QUEUE, SUMS, f"{QUEUE}1/change/"):
        assert author_page.request.get(address).status == 403
