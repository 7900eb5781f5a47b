"""The form of a reference, which follows what is typed, and its import, by keyboard alone."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
RIS = "TY  - JOUR\nAU  - Jhaveri, K\nTI  - Imlunestrant\nPY  - 2025\nDO  - 10.1056/NEJMoa2410858\nER  -\n"


@pytest.fixture
def staff(author_page):
    return author_page


def test_the_form_shows_what_the_kind_needs_and_how_it_reads(staff):
    staff.goto("/admin/faq/reference/add/")
    expect(staff.get_by_label("Volume")).to_be_visible()
    expect(staff.get_by_label("Congress:", exact=True)).to_be_hidden()
    staff.get_by_label("Kind").select_option("Poster or talk")
    expect(staff.get_by_label("Volume")).to_be_hidden()
    staff.get_by_label("Congress:", exact=True).fill("A congress")
    staff.get_by_label("Title").fill("On <i>things</i>")
    preview = staff.locator("[data-reference-preview]")
    expect(preview).to_contain_text("On things. Presented at: A congress.")
    staff.get_by_label("DOI").fill("https://doi.org/10.1056/NEJMoa2410858")
    expect(preview.get_by_role("link", name="jhaveri-2025")).to_be_visible()


def test_a_citation_file_is_added_by_keyboard(staff):
    staff.goto("/admin/faq/reference/import/")
    staff.get_by_label("Paste the references here").focus()
    staff.keyboard.insert_text(RIS.replace("10.1056/NEJMoa2410858", "10.1000/by-keyboard").replace("Imlunestrant", "X"))
    staff.keyboard.press("Tab")
    staff.keyboard.press("Tab")
    staff.keyboard.press("Enter")
    expect(staff.get_by_role("heading", name="What becomes of each reference?")).to_be_visible()
    staff.get_by_role("textbox", name="Key of entry 1").fill("by-keyboard")
    staff.keyboard.press("Enter")
    expect(staff.get_by_role("link", name="by-keyboard")).to_be_visible()
