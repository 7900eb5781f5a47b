"""The way of a healthcare professional through the site, and what staff see of it."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser import places
from tests.browser.staff import sign_in

pytestmark = pytest.mark.browser

WITH_AND_WITHOUT_SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
TEXT = "Is imlunestrant found in cerebrospinal fluid after oral doses?"


@pytest.fixture
def visitor(open_page, script):
    return open_page(java_script_enabled=script)


def arrive(page):
    """At the answer, by its lasting address."""
    page.goto(places.answer(places.BRAIN))
    expect(page.locator("h1")).to_have_text(places.QUESTION)


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


@WITH_AND_WITHOUT_SCRIPT
def test_it_leads_from_the_home_page_by_search_to_the_answer(visitor):
    visitor.goto(places.HOME)
    visitor.locator("[data-search-field]").fill("blood brain barrier")
    button(visitor, "Search").click()
    expect(visitor.locator(".results mark").first).to_be_visible()
    visitor.locator(".results").get_by_role("link", name=places.QUESTION).click()
    expect(visitor.locator("h1")).to_have_text(places.QUESTION)


@WITH_AND_WITHOUT_SCRIPT
def test_it_leads_from_the_home_page_by_browsing_to_the_answer_and_back(visitor):
    visitor.goto(places.HOME)
    visitor.get_by_role("link", name="Medical information", exact=True).first.click()
    visitor.get_by_role("link", name="Investigational medicines").click()
    visitor.locator(".drug-list").get_by_role("link", name="Imlunestrant").click()
    visitor.get_by_role("link", name=places.QUESTION).click()
    expect(visitor.locator("h1")).to_have_text(places.QUESTION)
    visitor.get_by_label("Breadcrumb").get_by_role("link", name="Imlunestrant").click()
    expect(visitor.locator("h1")).to_have_text("Imlunestrant")


@WITH_AND_WITHOUT_SCRIPT
def test_it_shows_the_answer_with_its_evidence(visitor):
    arrive(visitor)
    expect(visitor.locator(".reference-list > li")).to_have_count(5)
    expect(visitor.locator("figure")).to_have_count(4)
    expect(visitor.locator(".short-answer")).to_contain_text("In mice")
    expect(visitor.locator(".answer-facts")).to_contain_text(places.BRAIN)
    expect(visitor.get_by_role("heading", name="Additional related information")).to_be_visible()
    for figure in visitor.locator("figure").all():
        expect(figure).to_contain_text("description:")
    assert visitor.locator("figure details tbody tr").count() >= 4


@WITH_AND_WITHOUT_SCRIPT
def test_it_leads_from_a_citation_to_its_reference_and_back(visitor):
    arrive(visitor)
    visitor.locator(".prose sup.cite a", has_text="4").first.click()
    assert urlsplit(visitor.url).fragment == "ref-4"
    reference = visitor.locator("#ref-4")
    expect(reference).to_be_in_viewport()
    back = reference.locator(".back-links a").first
    place = back.get_attribute("href")
    back.click()
    assert f"#{urlsplit(visitor.url).fragment}" == place
    expect(visitor.locator(place)).to_be_in_viewport()


@WITH_AND_WITHOUT_SCRIPT
def test_it_leads_from_a_cross_reference_to_its_figure(visitor):
    arrive(visitor)
    visitor.locator(".prose").get_by_role("link", name="Figure 3").first.click()
    expect(visitor.locator("#figure-3")).to_be_in_viewport()


@WITH_AND_WITHOUT_SCRIPT
def test_it_announces_another_site_and_offers_to_return(visitor, script):
    arrive(visitor)
    answer = visitor.url
    visitor.locator("#ref-1").get_by_role("link", name="DOI").click()
    notice = visitor.get_by_role("dialog" if script else "main")
    expect(notice.get_by_role("heading", name="You are leaving")).to_be_visible()
    expect(notice).to_contain_text("doi.org")
    # Followed, it would leave this machine.
    expect(notice.get_by_role("link", name="Continue")).to_have_attribute(
        "href", "https://doi.org/10.1158/0008-5472.CAN-24-2608"
    )
    notice.get_by_role("button" if script else "link", name="Return").click()
    expect(notice.get_by_role("link", name="Continue")).to_be_hidden()
    assert visitor.url == answer


def test_it_gives_the_answer_away_as_link_citation_and_document(open_page):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    arrive(page)
    for name, words in (("Copy link", places.answer(places.BRAIN)), ("Copy citation", places.QUESTION)):
        button(page, name).click()
        expect(page.locator("[data-copy-status]")).to_contain_text("copied")
        assert words in page.evaluate("navigator.clipboard.readText()")
    document = page.request.get(page.locator(".actions a", has_text="PDF").get_attribute("href"))
    assert document.headers["content-type"] == "application/pdf"
    assert document.body().startswith(b"%PDF-")


@pytest.mark.parametrize("address", [places.answer("NO_SUCH_ANSWER"), "/us/products/no-such-drug/", "/xx/"])
def test_it_says_that_nothing_is_there_and_offers_a_search(page, address):
    assert page.goto(address).status == 404
    expect(page.locator("h1")).to_have_text("Page not found")
    page.locator("[data-search-field]").fill("imlunestrant")
    page.keyboard.press("Enter")
    expect(page.locator(".results")).to_contain_text("Imlunestrant")


def test_it_refuses_an_altered_link_to_another_site(page):
    response = page.goto("/us/leaving/?to=altered")
    assert response.status == 400
    expect(page.locator("h1")).to_have_text("This link cannot be followed")


@WITH_AND_WITHOUT_SCRIPT
def test_it_takes_the_whole_journey_to_the_staff(visitor, staff_page, portal, script):
    arrive(visitor)
    vote(visitor, "Yes" if script else "No")
    arrive(visitor)
    case = inquire(visitor)
    sign_in(staff_page, portal, "demo")
    assert_feedback(staff_page, satisfied=script)
    assert_inquiry(staff_page, case)


def vote(page, choice):
    page.locator("[data-feedback]").get_by_role("button", name=choice, exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Thank you")).to_be_visible()


def inquire(page):
    """Sends the contact form, first with mistakes; returns the case number."""
    page.locator(".help").get_by_role("link", name="Contact us").click()
    expect(page.locator(".about")).to_contain_text(places.BRAIN)
    expect(page.get_by_label("Product (optional)")).to_have_value("imlunestrant")
    page.get_by_label("Your question").fill(TEXT)
    page.get_by_label("Your name").fill("Robin Hale")
    page.get_by_label("E-mail").fill("not an address")
    button(page, "Send question").click()
    assert_nothing_is_lost(page)
    page.get_by_label("E-mail").fill("robin@hospital.example")
    page.get_by_label("Profession", exact=True).select_option("physician")
    for question in page.get_by_role("group", name="Does it involve any of these?").get_by_role("radiogroup").all():
        question.get_by_label("No").check()
    page.get_by_label("I ask on my own initiative").check()
    button(page, "Send question").click()
    expect(page.locator("h1")).to_have_text("Your question has been received")
    return page.locator("strong.code").inner_text()


def assert_nothing_is_lost(page):
    expect(page.get_by_role("alert")).to_contain_text("E-mail")
    expect(page.get_by_role("alert")).to_contain_text("Profession")
    expect(page.get_by_label("Your question")).to_have_value(TEXT)
    expect(page.get_by_label("Your name")).to_have_value("Robin Hale")
    expect(page.get_by_label("E-mail")).to_have_value("not an address")
    expect(page.get_by_label("Product (optional)")).to_have_value("imlunestrant")
    expect(page.locator(".about")).to_contain_text(places.BRAIN)
    page.get_by_role("alert").get_by_role("link", name=re.compile("E-mail")).click()
    expect(page.get_by_label("E-mail")).to_be_in_viewport()


def assert_feedback(page, *, satisfied):
    page.goto(f"/admin/faq/feedback/?satisfied__exact={int(satisfied)}")
    row = page.locator("#result_list tbody tr").first
    expect(row).to_contain_text(places.BRAIN)
    expect(row).to_contain_text(places.QUESTION)


def assert_inquiry(page, case):
    page.goto("/admin/contact/inquiry/")
    page.locator("#result_list").get_by_role("link", name=case).click()
    for words in (TEXT, "Robin Hale", "robin@hospital.example", places.BRAIN):
        expect(page.locator("#content")).to_contain_text(words)


def test_it_says_on_the_pages_of_an_invented_drug_that_it_is_invented(page):
    page.goto(places.INVENTED_DRUG)
    expect(page.locator(".standing-notice")).to_contain_text("do not exist")
    expect(page.get_by_role("link", name="prescribing information")).to_be_visible()
    expect(page.locator(".boxed-warning")).to_be_visible()
    page.locator(".answer-list a").first.click()
    expect(page.locator(".standing-notice")).to_contain_text("do not exist")


def test_it_shows_a_table_with_spanning_headers_and_lettered_notes(page):
    page.goto(places.answer(places.SPANNING))
    table = page.locator(".prose table").first
    assert table.locator("thead th[colspan][scope=colgroup]").count() >= 1
    assert table.locator("thead th[rowspan][scope=col]").count() >= 1
    expect(table.locator("tfoot")).to_contain_text(re.compile(r"^\s*a ", re.MULTILINE))
    expect(table.locator("caption")).to_contain_text("Table 1")


def test_it_finds_nothing_politely_and_offers_help_with_the_words(page):
    page.goto("/us/search/?q=zzxqw")
    expect(page.get_by_role("heading", name="No answer was found")).to_be_visible()
    page.get_by_role("link", name="Send us this question").click()
    expect(page.get_by_label("Your question")).to_have_value("zzxqw")
