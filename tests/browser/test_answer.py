"""What the page of an answer does under a pointer, a keyboard and a finger: contents, citations, figures, tables."""

import re
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser import places
from tests.browser.conftest import DESK, PHONE

pytestmark = pytest.mark.browser

TINY = {"width": 320, "height": 640}
FINGER = {"has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}
WITHIN = "(e) => { const b = e.getBoundingClientRect(); return b.top >= 0 && b.left >= 0 && b.right <= innerWidth; }"
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
HOLDS_FOCUS = "(e) => e.contains(document.activeElement)"


@pytest.fixture
def arrive(open_page):
    """Opens the answer with the most of everything, with the given options of a context."""

    def arrive(viewport=DESK, content_id=places.BRAIN, **options):
        page = open_page(viewport=viewport, **{"reduced_motion": "reduce", **options})
        page.goto(places.answer(content_id))
        return page

    return arrive


def citation(page, number=0):
    return page.locator(".prose p sup.cite a").nth(number)


def card(page):
    return page.locator(".citation-card")


def words_of(page, number):
    """What the list says of a reference, up to its links."""
    return page.locator(f"#ref-{number}").evaluate("(item) => item.firstChild.textContent.trim()")


def fragment(page):
    return urlsplit(page.url).fragment


def test_it_shows_a_reference_where_the_pointer_rests(arrive):
    page = arrive()
    citation(page).hover()
    expect(card(page)).to_be_visible()
    expect(card(page)).to_contain_text(words_of(page, 1))
    assert card(page).evaluate(WITHIN)
    card(page).hover()
    page.wait_for_timeout(600)
    expect(card(page)).to_be_visible()
    page.mouse.move(2, 2)
    expect(card(page)).to_be_hidden()


def test_it_shows_a_reference_to_the_keyboard_with_its_links(arrive):
    page = arrive()
    contents(page).get_by_role("link").last.focus()
    page.keyboard.press("Tab")
    expect(citation(page)).to_be_focused()
    expect(card(page)).to_contain_text(words_of(page, 1))
    expect(citation(page)).to_have_accessible_description(re.compile("^" + re.escape(words_of(page, 1))))
    page.keyboard.press("Tab")
    expect(card(page).get_by_role("link", name="DOI")).to_be_focused()
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    expect(citation(page)).to_be_focused()
    page.keyboard.press("Tab")
    expect(citation(page, 1)).to_be_focused()
    expect(card(page)).to_be_visible()


def test_it_lets_the_keyboard_follow_a_citation_and_takes_the_card_away(arrive):
    page = arrive()
    citation(page).focus()
    page.keyboard.press("Enter")
    assert fragment(page) == "ref-1"
    expect(page.locator("#ref-1")).to_be_in_viewport()
    expect(card(page)).to_be_hidden()


def test_a_first_tap_shows_the_reference_and_jumps_nowhere(arrive):
    page = arrive(PHONE, **FINGER)
    citation(page).tap()
    expect(card(page)).to_contain_text(words_of(page, 1))
    assert fragment(page) == ""
    assert card(page).evaluate(WITHIN)
    page.locator(".prose p").nth(1).tap(position={"x": 4, "y": 4})
    expect(card(page)).to_be_hidden()
    citation(page).tap()
    card(page).get_by_role("link", name="Go to reference").tap()
    assert fragment(page) == "ref-1"
    expect(page.locator("#ref-1")).to_be_in_viewport()
    expect(card(page)).to_be_hidden()


def test_it_shows_every_reference_of_a_range(arrive):
    page = arrive()
    link = '<a href="#ref-{0}">{0}</a>'
    written = f"{link.format(1)},{link.format(3)}-{link.format(5)}"
    citation(page).evaluate("(link, html) => { link.parentElement.innerHTML = html; }", written)
    citation(page).focus()
    entries = card(page).locator(".citation-card__entry")
    expect(entries).to_have_count(4)
    assert [entry.inner_text()[:2] for entry in entries.all()] == ["1.", "3.", "4.", "5."]


def test_no_card_leaves_a_small_screen(arrive):
    page = arrive(TINY)
    for link in page.locator("sup.cite a").all():
        link.focus()
        expect(card(page)).to_be_visible()
        assert card(page).evaluate(WITHIN), link.inner_text()
        assert page.evaluate(FITS)


def test_it_marks_where_a_back_link_leads(arrive):
    page = arrive(PHONE)
    page.locator("#ref-1 .back-links a").nth(2).click()
    target = page.locator(f"#{fragment(page)}")
    expect(target).to_be_in_viewport()
    assert target.evaluate("(e) => getComputedStyle(e).backgroundColor") == "rgb(255, 240, 184)"


def open_figure(page, number):
    page.locator(f"#figure-{number} .figure__image").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return dialog


def test_a_figure_opens_large_with_its_words_and_values(arrive):
    page = arrive()
    small = page.locator("#figure-3 img").bounding_box()["width"]
    dialog = open_figure(page, 3)
    expect(dialog).to_have_accessible_name(re.compile("^Figure 3. 12-month cumulative incidence"))
    for words in ("Figure 3 description:", "Abbreviations:", "Note:", "0.47 (0.16 to 1.38)"):
        expect(dialog).to_contain_text(words)
    expect(dialog.get_by_role("table")).to_be_visible()
    assert dialog.locator("img").bounding_box()["width"] > 1.2 * small


def test_a_large_figure_keeps_the_focus_and_gives_it_back(arrive):
    page = arrive()
    dialog = open_figure(page, 2)
    for _ in range(12):
        page.keyboard.press("Tab")
        assert dialog.evaluate(HOLDS_FOCUS) or page.evaluate("document.activeElement === document.body")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("#figure-2 .figure__image")).to_be_focused()


def test_a_click_beside_a_large_figure_closes_it(arrive):
    page = arrive()
    dialog = open_figure(page, 1)
    page.mouse.click(3, 3)
    expect(dialog).to_be_hidden()


def test_it_goes_from_one_large_figure_to_the_next_and_round(arrive):
    page = arrive()
    dialog = open_figure(page, 3)
    for number in (4, 1):
        dialog.get_by_role("button", name="Next figure").click()
        expect(dialog.get_by_role("heading")).to_contain_text(f"Figure {number}.")
        expect(dialog.get_by_role("status")).to_have_text(f"Figure {number} of 4")
    dialog.get_by_role("button", name="Previous figure").click()
    expect(dialog.get_by_role("heading")).to_contain_text("Figure 4.")


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_large_figure_grows_and_scrolls(arrive, viewport):
    page = arrive(viewport)
    dialog = open_figure(page, 3)
    frame = dialog.locator(".figure-dialog__frame")
    before = frame.locator("img").bounding_box()["width"]
    dialog.get_by_role("button", name="Zoom in").click()
    assert frame.locator("img").bounding_box()["width"] >= 2 * before
    assert frame.evaluate("(e) => e.scrollWidth > e.clientWidth && e.scrollLeft > 0")
    dialog.get_by_role("button", name="Fit to the window").click()
    assert frame.locator("img").bounding_box()["width"] == before


def test_a_citation_in_a_large_figure_shows_its_reference_and_leads_there(arrive):
    page = arrive()
    dialog = open_figure(page, 3)
    link = dialog.locator("sup.cite a").first
    link.focus()
    expect(card(page)).to_contain_text(words_of(page, 4))
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    expect(dialog).to_be_visible()
    link.click()
    expect(dialog).to_be_hidden()
    assert fragment(page) == "ref-4"
    expect(page.locator("#ref-4")).to_be_in_viewport()


@pytest.mark.parametrize(("viewport", "scheme"), [(TINY, "light"), (DESK, "dark")], ids=["tiny", "desk"])
def test_what_opens_excludes_nobody_and_fits(arrive, viewport, scheme):
    page = arrive(viewport, color_scheme=scheme)
    citation(page).focus()
    expect(card(page)).to_be_visible()
    for _ in ("card", "figure"):
        assert page.evaluate(FITS)
        results = Axe().run(page, options={"resultTypes": ["violations"]})
        assert results.violations_count == 0, results.generate_report()
        open_figure(page, 3)


def contents(page):
    return page.get_by_role("navigation", name="On this page")


def test_the_contents_follow_the_reader(arrive):
    page = arrive()
    for place in ("section-preclinical-data", "section-ember-3-study-design", "references", "section-preclinical-data"):
        page.locator(f"#{place}").evaluate("(heading) => heading.scrollIntoView()")
        current = contents(page).locator("[aria-current=location]")
        expect(current).to_have_attribute("href", f"#{place}")
        expect(current).to_be_in_viewport()
    page.evaluate("scrollTo(0, 0)")
    expect(contents(page).locator("[aria-current]")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_contents_stand_beside_the_text_on_a_wide_screen(arrive, script):
    page = arrive(java_script_enabled=script)
    links = contents(page).get_by_role("link")
    expect(links.first).to_be_visible()
    expect(links.filter(has_text="Figure 2. Imlunestrant in a brain orthotopic mouse model")).to_be_visible()
    assert contents(page).bounding_box()["x"] > page.locator(".prose").bounding_box()["x"] + 640
    links.filter(has_text="EMBER-3 study design").click()
    expect(page.locator("#section-ember-3-study-design")).to_be_in_viewport()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_contents_unfold_on_a_phone(arrive, script):
    page = arrive(PHONE, java_script_enabled=script)
    link = contents(page).get_by_role("link", name="References")
    expect(link).to_be_hidden()
    contents(page).get_by_text("4 sections, 4 figures").click()
    link.click()
    expect(page.locator("#references")).to_be_in_viewport()
    page.get_by_role("link", name="Back to the contents").click()
    expect(contents(page)).to_be_in_viewport()


def test_a_letter_in_a_table_leads_to_its_note_and_back(arrive):
    page = arrive(PHONE, places.SPANNING)
    page.get_by_role("link", name="Note b", exact=True).first.click()
    note = page.get_by_role("link", name="Note b, back to the table")
    expect(note).to_be_in_viewport()
    note.click()
    expect(page.get_by_role("link", name="Note b", exact=True).first).to_be_in_viewport()


def test_the_names_of_rows_stay_beside_a_table_that_scrolls(arrive):
    page = arrive(TINY, places.SPANNING)
    frame = page.locator(".prose .table-scroll").first
    frame.evaluate("(frame) => { frame.scrollLeft = 60; }")
    name = frame.locator("tbody th").first.bounding_box()
    assert name["x"] == pytest.approx(frame.bounding_box()["x"], abs=1)


def test_it_works_without_script(arrive):
    page = arrive(java_script_enabled=False)
    for name in ("Print", "Copy link", "Copy citation"):
        expect(page.get_by_role("button", name=name)).to_be_hidden()
    citation(page).click()
    assert fragment(page) == "ref-1"
    page.locator("#figure-1 .figure__image").click()
    assert urlsplit(page.url).path.startswith("/media/")


def test_it_offers_a_mail_that_names_the_answer_and_its_version(page, portal):
    page.goto(places.answer(places.BRAIN))
    href = page.get_by_role("link", name="E-mail a link to this answer").get_attribute("href")
    assert href.startswith("mailto:?subject=Does%20imlunestrant")
    told = unquote(href)
    link = f"{portal.origin}{places.answer(places.BRAIN)}?version=1"
    for words in (places.QUESTION, f"{places.BRAIN}, version 1", link):
        assert words in told
