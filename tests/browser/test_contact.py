"""The contact form as people use it: questions, reports, mistakes; by mouse, by keyboard, without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.staff import enter
from tests.browser.test_keyboard import focus
from tests.browser.test_pages import assert_sound

pytestmark = pytest.mark.browser

CONTACT = "/us/contact/"
REPORTING = "/us/contact/?topic=adverse-event"
WITH_AND_WITHOUT_SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
EVENT = "She fainted an hour after the dose."
SAFETY = ("An adverse event", "A complaint about the quality", "Exposure during pregnancy")


def topic(page, name):
    return page.get_by_role("group", name="What is it about?").get_by_role("radio", name=name)


def answer(page, question, words):
    page.get_by_role("radiogroup", name=question).get_by_label(words).check()


def first(page):
    return page.get_by_role("heading", name="Adverse event or complaint: please call, if you can")


def details(page):
    return page.get_by_role("group", name="What you know of it")


def send(page, name="Send question"):
    page.get_by_role("button", name=name).click()


def ask(page, words="May it be crushed?"):
    page.get_by_label("Your question").fill(words)
    for question in SAFETY:
        answer(page, question, "No")
    page.get_by_label("Profession", exact=True).select_option("pharmacist")
    page.get_by_label("Your name").fill("Robin Hale")
    page.get_by_label("E-mail").fill("robin@hospital.example")
    page.get_by_label("I ask on my own initiative").check()


def fill_report(page, email="kim@hospital.example"):
    page.get_by_label("Your question").fill(EVENT)
    page.get_by_label("E-mail").fill(email)


@WITH_AND_WITHOUT_SCRIPT
def test_it_says_what_to_do_first_to_who_comes_to_report(open_page, script):
    page = open_page(java_script_enabled=script)
    page.goto(REPORTING)
    expect(page.locator("h1")).to_have_text("Report an adverse event or a product complaint")
    expect(first(page)).to_be_visible()
    expect(details(page)).to_be_visible()
    expect(page.get_by_label("How urgent is it?")).to_be_hidden()
    fill_report(page)
    details(page).get_by_label("Lot number").fill("A1234")
    send(page, "Send report")
    expect(page.locator("h1")).to_have_text("Your report has been received")
    expect(details(page)).to_have_count(0)


def test_it_shows_the_report_as_soon_as_the_topic_is_chosen(page):
    page.goto(CONTACT)
    expect(first(page)).to_be_hidden()
    topic(page, "A product complaint").check()
    expect(first(page)).to_be_visible()
    expect(details(page)).to_be_visible()
    expect(page.get_by_label("I ask on my own initiative")).to_be_hidden()
    expect(page.get_by_role("button", name="Send report")).to_be_visible()
    topic(page, "A medical question").check()
    for part in (first(page), details(page)):
        expect(part).to_be_hidden()


def test_it_shows_the_report_as_soon_as_an_answer_is_yes(page):
    page.goto(CONTACT)
    answer(page, "Exposure during pregnancy", "Yes")
    expect(first(page)).to_be_visible()
    expect(page.get_by_label("Lot number")).to_be_enabled()
    answer(page, "Exposure during pregnancy", "No")
    expect(first(page)).to_be_hidden()
    expect(page.get_by_label("Lot number")).to_be_disabled()


def label(page, name):
    return page.locator(f"label[for=id_{name}], #label-{name}")


def test_it_says_what_is_optional_as_soon_as_it_is(page):
    needed = {"profession": "Profession", "name": "Your name", "email": "E-mail", "involves_exposure": "Exposure"}
    page.goto(CONTACT)

    def assert_optional(*optional):
        for name, words in needed.items():
            expect(label(page, name)).to_have_text(
                re.compile(rf"^{words}[^(]*{'[(]optional[)]' * (name in optional)}\s*$")
            )
            required = page.locator(f"[name={name}]").first.evaluate("input => input.required")
            assert required == (name not in optional)

    assert_optional()
    topic(page, "Something else").check()
    assert_optional("profession")
    topic(page, "An adverse event").check()
    assert_optional(*needed)
    topic(page, "A medical question").check()
    assert_optional()
    answer(page, "Exposure during pregnancy", "Yes")
    assert_optional(*needed)


def test_it_is_sent_once_however_often_the_button_is_pressed(page):
    page.goto(CONTACT)
    page.locator("[data-inquiry]").evaluate(
        "form => form.addEventListener('submit', (event) => event.preventDefault())"
    )
    send(page)
    button = page.get_by_role("button", name="Send question")
    expect(button).to_be_disabled()
    page.evaluate("() => window.dispatchEvent(new PageTransitionEvent('pageshow'))")
    expect(button).to_be_enabled()


def test_it_keeps_what_was_chosen_when_the_visitor_comes_back(page):
    page.goto(CONTACT)
    topic(page, "An adverse event").check()
    page.goto("/us/report-safety/")
    page.go_back()
    expect(topic(page, "An adverse event")).to_be_checked()
    expect(details(page)).to_be_visible()


def test_it_takes_a_report_in_two_steps_without_a_script(open_page):
    page = open_page(java_script_enabled=False)
    page.goto(CONTACT)
    topic(page, "An adverse event").check()
    fill_report(page)
    send(page)
    expect(page.locator("h1")).to_have_text("Your report has been received")
    expect(first(page)).to_be_visible()
    case = page.locator("strong.code").inner_text()
    page.get_by_label("How is the patient now?").select_option("recovering")
    page.get_by_label("When did it begin?").fill("Yesterday")
    send(page, "Add to my report")
    expect(page.locator("strong.code")).to_have_text(case)
    expect(details(page)).to_have_count(0)


@WITH_AND_WITHOUT_SCRIPT
def test_it_leads_from_each_mistake_to_its_field(open_page, script):
    page = open_page(java_script_enabled=script)
    page.goto(CONTACT)
    page.get_by_text("More about you", exact=True).click()
    page.get_by_label("License or registration number").fill("none")
    send(page)
    assert page.title().startswith("Error: Contact")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(page.get_by_label("License or registration number")).to_have_value("none")
    expect(page.get_by_label("License or registration number")).to_be_visible()
    for name in ("Your question", "An adverse event", "License or registration number", "I ask on my own"):
        summary.get_by_role("link", name=re.compile(f"^{name}")).click()
        mended = page.locator(":focus")
        expect(mended).to_be_in_viewport()
        expect(mended).to_have_attribute("aria-invalid", "true")


def test_it_folds_away_what_is_optional_and_empty(page):
    page.goto(CONTACT)
    for name in ("Indication or use", "License or registration number", "Name of your colleague"):
        expect(page.get_by_label(name)).to_be_hidden()
    page.get_by_text("I ask for a colleague", exact=True).click()
    page.get_by_label("Name of your colleague").fill("Kim Roe")
    send(page)
    expect(page.get_by_label("Name of your colleague")).to_be_visible()
    expect(page.get_by_label("Indication or use")).to_be_hidden()


def test_it_is_filled_in_and_sent_from_the_keyboard(page):
    page.goto(f"{CONTACT}?question=May+it+be+crushed%3F")
    focus(page, topic(page, "A medical question"))
    page.keyboard.press("ArrowDown")
    expect(topic(page, "An adverse event")).to_be_focused()
    focus(page, page.get_by_label("Your question"))
    page.keyboard.press("End")
    page.keyboard.type(" She was pregnant.")
    focus(page, page.get_by_role("radiogroup", name="Exposure during pregnancy").get_by_label("Yes"))
    page.keyboard.press("Space")
    focus(page, page.get_by_label("When did it begin?"))
    page.keyboard.type("March")
    focus(page, page.get_by_label("E-mail"))
    page.keyboard.type("lee@hospital.example")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Your report has been received")


@WITH_AND_WITHOUT_SCRIPT
def test_it_acknowledges_on_the_page_and_by_mail_without_the_question(open_page, portal, script):
    page = open_page(java_script_enabled=script)
    page.goto(CONTACT)
    words = f"May it be crushed {'with' if script else 'without'} water?"
    ask(page, words)
    send(page)
    case = page.locator("strong.code").inner_text()
    expect(page.locator(".receipt")).to_contain_text("A medical question")
    expect(page.locator(".receipt")).to_contain_text("two business days")
    mails = re.split(r"^Content-Type: ", portal.log(), flags=re.MULTILINE)
    to_staff, to_visitor = [mail for mail in mails if case in mail]
    assert words in to_staff
    assert "To: robin@hospital.example" in to_visitor
    assert f"Subject: We have received your message: {case}" in to_visitor
    assert words not in to_visitor


def report_by_answer(page):
    page.goto(CONTACT)
    answer(page, "An adverse event", "Yes")
    for group in page.locator("details.group > summary").all():
        group.click()


def report_with_mistakes(page):
    page.goto(REPORTING)
    send(page, "Send report")
    expect(page.get_by_role("alert")).to_be_visible()


def received(page):
    page.goto(REPORTING)
    fill_report(page, "jo@hospital.example")
    send(page, "Send report")
    expect(page.locator("h1")).to_have_text("Your report has been received")


@pytest.mark.parametrize("arrive", [report_by_answer, report_with_mistakes, received])
def test_it_fits_every_screen_and_everyone(arrive, page):
    arrive(page)
    assert_sound(page, arrive.__name__)


def test_staff_see_what_concerns_safety(page, staff_page, portal):
    received(page)
    case = page.locator("strong.code").inner_text()
    enter(staff_page, portal, "demo")
    staff_page.goto("/admin/contact/inquiry/?safety=yes")
    staff_page.locator("#result_list").get_by_role("link", name=case).click()
    expect(staff_page.locator("#content")).to_contain_text("This concerns safety")
    expect(staff_page.locator("#content")).to_contain_text(EVENT)
