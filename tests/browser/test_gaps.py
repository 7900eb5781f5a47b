"""Questions without an answer, from those who asked in vain to the draft that will answer them."""

import pytest
from playwright.sync_api import expect

from tests.browser.staff import enter

pytestmark = pytest.mark.browser

ASKED = ("Does imlunestrant cause quivering hiccups?", "quivering hiccups from imlunestrant")
GROUPS = "/admin/search/searchgap/groups/"


def test_one_click_leads_from_what_was_asked_in_vain_to_a_draft_of_it(open_page, staff_page, portal):
    visitor = open_page()
    for question in (*ASKED, ASKED[0]):
        visitor.goto(f"/us/search/?q={question.replace(' ', '+').replace('?', '%3F')}")
        expect(visitor.locator("main")).to_contain_text("No answer was found")
    portal.manage("group_gaps")
    enter(staff_page, portal, "demo")
    staff_page.goto(GROUPS)
    group = staff_page.get_by_role("listitem").filter(has=staff_page.get_by_role("heading", name=ASKED[0]))
    expect(group).to_contain_text("imlunestrant")
    group.locator("summary", has_text="2 wordings").click()
    expect(group.get_by_role("link", name=ASKED[1])).to_be_visible()
    group.get_by_role("button", name="Begin draft").click()
    expect(staff_page.get_by_label("Question:", exact=True)).to_have_value(ASKED[0])
    expect(staff_page.locator("#id_drug option:checked")).to_have_text("Imlunestrant")
    expect(staff_page.locator("#id_phrasings-0-text, [id$='-0-text']").first).to_have_value(ASKED[1])
