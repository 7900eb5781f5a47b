"""The desk as a reviewer works at it: what visitors wrote, read and given on; figures as a chart and as a table."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.staff import enter
from tests.browser.test_admin import give
from tests.browser.test_keyboard import focus
from tests.browser.test_pages import WIDER_THAN_THE_SCREEN

pytestmark = pytest.mark.browser

CONTENT_ID = "US_cFAQ_PRA001_RENAL_HEPATIC_IMPAIRMENT_ON"
QUEUE, FIGURES = "/admin/faq/remark/", "/admin/faq/feedback/desk/"
READ, ASSIGNED, TASK, KEYS = (f"Table {number} stops at moderate impairment." for number in (2, 3, 4, 5))
# Votes of three weeks, one of them without any that says yes, and words below some.
SAID = f"""
from datetime import timedelta
from django.utils import timezone
from faq import voting
from faq.models import FaqVersion, Feedback
from portal.accounts.models import User
version = FaqVersion.objects.published().get(faq__content_id="{CONTENT_ID}")
for days, yes, no in ((0, 3, 4), (20, 5, 1), (41, 0, 2)):
    at = timezone.now() - timedelta(days=days)
    said = [True] * yes + [False] * no
    Feedback.objects.bulk_create(Feedback(version=version, satisfied=each, given_at=at) for each in said)
for words in {(READ, ASSIGNED, TASK, KEYS)!r}:
    vote = Feedback.objects.filter(version=version, satisfied=False, remarks=None).order_by("-given_at").first()
    voting.explain(vote, reasons=["no-unanswered"], text=words)
User.objects.create_user("stranger", password="PASSWORD", is_staff=True)
"""
NUMBERS = re.compile(r"(\d+) %(?:.*?)(\d+) (\d+) (\d+)$")


@pytest.fixture(scope="module")
def said(portal):
    portal.manage("shell", "--verbosity", "0", "--command", SAID.replace("PASSWORD", portal.password))


@pytest.fixture
def reviewer(staff_page, portal, said):
    enter(staff_page, portal, "demo")
    return staff_page


def narrow(page, title, value):
    """Presses one of the choices of a filter beside the list."""
    choices = page.locator("#changelist-filter details", has_text=f"By {title}")
    choices.get_by_role("link", name=value, exact=True).click()


def row(page, words):
    return page.locator("#result_list tbody tr", has_text=words)


def choose(page, words, action):
    """Ticks the remark with these words, and begins something with it."""
    page.goto(QUEUE)
    row(page, words).locator("input.action-select").check()
    page.get_by_label("Action:").select_option(label=action)
    page.get_by_role("button", name="Go", exact=True).click()


def test_what_was_read_leaves_the_new_ones(reviewer):
    choose(reviewer, READ, "Mark as read")
    expect(reviewer.locator(".messagelist")).to_contain_text("Marked as read: 1 of 1 chosen.")
    narrow(reviewer, "state", "New")
    expect(row(reviewer, TASK)).to_be_visible()
    expect(row(reviewer, READ)).to_have_count(0)
    narrow(reviewer, "state", "Read")
    expect(row(reviewer, READ)).to_contain_text("demo")


def test_filters_narrow_the_queue_and_times_name_their_zone(reviewer):
    reviewer.goto(QUEUE)
    narrow(reviewer, "reason", "No: It did not answer my question")
    expect(row(reviewer, TASK)).to_contain_text(re.compile(r"\d{4}, \d\d:\d\d E[SD]T"))
    narrow(reviewer, "satisfied", "Yes")
    expect(row(reviewer, TASK)).to_have_count(0)


def test_a_remark_is_given_to_somebody(reviewer):
    choose(reviewer, ASSIGNED, "Assign …")
    reviewer.get_by_label("To whom?").select_option(label="demo (demo)")
    reviewer.get_by_role("button", name="Assign", exact=True).click()
    expect(reviewer.locator(".messagelist")).to_contain_text("Assigned: 1 of 1 chosen.")
    narrow(reviewer, "assigned", "To me")
    expect(reviewer.locator("#result_list tbody tr")).to_have_count(1)
    expect(row(reviewer, ASSIGNED)).to_be_visible()


def test_a_remark_becomes_a_task_that_its_author_finds(reviewer, portal):
    choose(reviewer, TASK, "Ask the author for a review …")
    reviewer.get_by_label("What should the author look at?").fill("Say the dose in severe impairment.")
    reviewer.get_by_role("button", name="Ask for a review").click()
    expect(row(reviewer, TASK)).to_contain_text("Review asked for")
    reviewer.context.clear_cookies()
    enter(reviewer, portal, "author")
    reviewer.goto("/admin/faq/reviewrequest/")
    reviewer.locator("#result_list tbody tr", has_text=CONTENT_ID).get_by_role("link").first.click()
    expect(reviewer.locator("#content")).to_contain_text("Say the dose in severe impairment.")
    expect(reviewer.locator("blockquote")).to_contain_text(TASK)


@give(java_script_enabled=False)
def test_the_keyboard_marks_a_remark_as_read_without_a_script(reviewer):
    reviewer.goto(QUEUE)
    row(reviewer, KEYS).locator(".remark__head a").click()
    focus(reviewer, reviewer.get_by_role("button", name="Mark as read"))
    reviewer.keyboard.press("Enter")
    expect(reviewer.locator(".moves-state")).to_contain_text("Read by demo")


def test_the_chart_draws_the_numbers_of_its_table(reviewer):
    reviewer.goto(f"/admin/faq/faq/?q={CONTENT_ID}")
    reviewer.locator("#result_list tbody th a").first.click()
    reviewer.get_by_role("link", name="Feedback", exact=True).last.click()
    reviewer.get_by_text("The same as a table").click()
    reviewer.wait_for_load_state()
    lines = reviewer.get_by_role("region", name="Week by week").locator("tbody tr").all_inner_texts()
    told = [NUMBERS.search(" ".join(line.split())) for line in reversed(lines)]
    shares = {place: int(found[1]) for place, found in enumerate(told) if found}
    numbers = {place: int(found[2]) for place, found in enumerate(told) if found}
    assert [*numbers.values()] == [2, 6, 7]
    dots = re.findall(r"M([\d.]+) ([\d.]+)h0", reviewer.locator(".chart__dots").get_attribute("d"))
    assert {int(float(x)): round(100 - float(y)) for x, y in dots} == shares
    bars = re.findall(r"M([\d.]+) 100h0.7v-([\d.]+)", reviewer.locator(".chart__bar").get_attribute("d"))
    assert {int(float(x)): round(float(height) * 7 / 100) for x, height in bars} == numbers


@pytest.mark.parametrize("width", [PHONE["width"], 768, 1440])
def test_no_page_of_the_desk_is_wider_than_the_screen(reviewer, width):
    reviewer.set_viewport_size({"width": width, "height": 900})
    reviewer.goto(QUEUE)
    remark = row(reviewer, READ).locator(".remark__head a").get_attribute("href")
    key = remark.split("/")[-3]
    errands = [f"{QUEUE}do/{name}/?chosen={key}" for name in ("assign", "duplicate", "review")]
    for address in (QUEUE, remark, *errands, FIGURES, f"{FIGURES}market/1/", "/admin/faq/feedback/"):
        reviewer.goto(address)
        assert reviewer.evaluate(WIDER_THAN_THE_SCREEN) == 0, address


def test_whoever_may_not_is_refused(staff_page, portal, said):
    enter(staff_page, portal, "author")
    staff_page.goto(QUEUE)
    remark = row(staff_page, READ).locator(".remark__head a").get_attribute("href").removesuffix("change/")
    assert staff_page.get_by_label("Action:").count() == 0
    token = next(one["value"] for one in staff_page.context.cookies() if "csrf" in one["name"])
    form = {"csrfmiddlewaretoken": token}
    assert staff_page.request.post(f"{remark}spam/", form=form).status == 403
    assert staff_page.request.post(f"{QUEUE}do/assign/", form={**form, "chosen": "1", "do": "yes"}).status == 403
    staff_page.context.clear_cookies()
    enter(staff_page, portal, "stranger")
    for address in (QUEUE, remark, FIGURES):
        assert staff_page.request.get(address).status == 403, address
