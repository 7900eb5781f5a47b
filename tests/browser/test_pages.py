"""Every kind of page on every screen, light and dark: nothing overflows, nothing is missing, nothing excludes."""

import re

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser import places
from tests.browser.portal import PROJECT

pytestmark = pytest.mark.browser

WIDTHS = (320, 390, 768, 1440)
EXAMINED = [(scheme, width) for scheme in ("light", "dark") for width in (390, 1440)]
PAGES = {
    "home": places.HOME,
    "browse": "/us/medical-information/",
    "category": "/us/medical-information/investigational-medicines/",
    "drug": places.DRUG,
    "drug with boxed warning": places.INVENTED_DRUG,
    "answer": places.answer(places.BRAIN),
    "answer with tables": places.answer(places.SPANNING),
    "search": "/us/search/",
    "results": "/us/search/?q=brain+metastases",
    "results within a drug": "/us/search/?q=dose&drug=weslumira",
    "results narrowed": "/us/search/?q=dose&status=off-label",
    "no results": "/us/search/?q=zzxqw",
    "leaving refused": "/us/leaving/?to=altered",
    "contact": f"/us/contact/?drug=imlunestrant&about={places.BRAIN}",
    "report safety": "/us/report-safety/",
    "medical education": "/us/medical-education/",
    "science": "/us/science/",
    "privacy choices": "/us/privacy-choices/",
    "legal": "/us/pages/privacy-statement/",
    "old version": f"{places.answer(places.CHANGED)}?version=1",
    "German home": "/de/",
    "German medicine": "/de/products/imlunestrant/",
    "German answer": places.GERMAN_BRAIN,
    "German results": "/de/search/?q=dosis",
    "German contact": "/de/contact/",
    "German privacy choices": "/de/privacy-choices/",
    "page for everybody": "/uk/pages/public-information/",
    "sitemap": "/us/sitemap/",
    "not found": "/us/nothing-is-here/",
    "not found outside a market": "/nothing-is-here/",
}
# The size of targets is WCAG 2.2's, which axe leaves out unless asked.
AXE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
# All that a dark scheme changes is colours, at which these rules alone look.
AXE_ON_COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
SCHEME = re.compile(r"@media[^{]*prefers-color-scheme[^{]*{(.*?)\n}", re.DOTALL)
DECLARATION = re.compile(r"([\w-]+:[^;{}]+)[;}]")
COLOUR = re.compile(r"(--[\w-]+|background|color): (#[0-9a-f]{3,8}|rgb\([^)]+\)|var\(--[\w-]+\))")
WIDER_THAN_THE_SCREEN = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
BROKEN_IMAGES = (
    "[...document.images].filter((image) => !image.complete || !image.naturalWidth).map((image) => image.src)"
)
FIT_AND_SCROLL = """
() => [...document.querySelectorAll('.table-scroll')].map((frame) => [
    frame.getBoundingClientRect().right <= document.documentElement.clientWidth,
    frame.scrollWidth === frame.clientWidth || getComputedStyle(frame).overflowX === 'auto',
])
"""

# Words that their own box hides; what is hidden from the eye alone, and what scrolls, is meant so.
CUT_OFF = """
() => [...document.querySelectorAll('main *, header *, footer *')]
    .filter((part) => part.checkVisibility() && part.clientWidth > 1 && part.scrollWidth > part.clientWidth + 1)
    .filter((part) => ['hidden', 'clip'].includes(getComputedStyle(part).overflowX))
    .filter((part) => !part.closest('.breadcrumb, .hp'))
    .map((part) => part.outerHTML.slice(0, 120))
"""
MOVING = """
() => [document.documentElement, ...document.querySelectorAll('*')]
    .map((part) => [part, getComputedStyle(part)])
    .filter(([, style]) => style.scrollBehavior === 'smooth' || parseFloat(style.animationDuration) > 0.01
        || parseFloat(style.transitionDuration) > 0.01)
    .map(([part]) => part.outerHTML.slice(0, 120))
"""


def leaving_notice(page):
    page.goto(places.answer(places.BRAIN))
    page.goto(page.locator("#ref-1 .reference-links a").first.get_attribute("href"))


def contact_with_errors(page):
    page.goto("/us/contact/")
    page.get_by_role("button", name="Send question").click()
    expect(page.get_by_role("alert")).to_be_visible()


def open_menu(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(places.HOME)
    page.locator(".menu summary").click()


def open_suggestions(page):
    page.goto(places.HOME)
    page.locator("[data-search-field]").fill("corvadune")
    expect(page.get_by_role("option").first).to_be_visible()


def assert_sound(page, name):
    """The page holds what every page holds, stays within every screen, and excludes nobody."""
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("h1")).not_to_be_empty()
    assert page.locator("html").get_attribute("lang")
    assert page.title().strip(" |")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(WIDER_THAN_THE_SCREEN) == 0, f"{name} is wider than {width} px"
            if (scheme, width) in EXAMINED:
                assert_accessible(page, f"{name} at {width} px, {scheme}", AXE if scheme == "light" else AXE_ON_COLOURS)


def assert_accessible(page, name, rules=AXE):
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(Axe().axe_script)
    results = AxeResults(page.evaluate("rules => axe.run(rules)", rules))
    assert results.violations_count == 0, f"{name}: {results.generate_report()}"


def test_a_scheme_changes_colours_alone():
    sheets = [sheet.read_text() for sheet in (PROJECT / "static" / "css").glob("*.css") if "admin" not in sheet.name]
    found = [words for sheet in sheets for block in SCHEME.findall(sheet) for words in DECLARATION.findall(block)]
    assert len(found) > 10
    assert [words for words in found if not COLOUR.fullmatch(words.strip())] == []


@pytest.mark.parametrize("name", PAGES)
def test_it_fits_every_screen_and_everyone(name, page):
    page.goto(PAGES[name])
    assert_sound(page, name)


def test_the_sign_in_fits_every_screen_and_everyone(page):
    page.goto("/accounts/sign-in/?next=/us/")
    assert_sound(page, "sign-in")
    # Whoever signs in is known from then on; no page for everybody sets this.
    page.context.clear_cookies()


@pytest.mark.parametrize("arrive", [leaving_notice, contact_with_errors, open_menu, open_suggestions])
def test_it_fits_every_screen_on_pages_that_follow_an_act(arrive, page):
    arrive(page)
    assert_sound(page, arrive.__name__)


@pytest.mark.parametrize("content_id", [places.BRAIN, places.SPANNING])
def test_it_loads_every_image(content_id, page):
    page.goto(places.answer(content_id))
    for image in page.locator("img").all():
        # They load lazily, when they come near the screen.
        image.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert page.evaluate(BROKEN_IMAGES) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_it_scrolls_wide_tables_inside_the_page(width, open_page):
    page = open_page(viewport={"width": width, "height": 900})
    page.goto(places.answer(places.SPANNING))
    tables = page.evaluate(FIT_AND_SCROLL)
    assert tables
    assert all(fits and scrolls for fits, scrolls in tables)


def test_it_prints_the_answer_without_what_only_a_screen_needs(page):
    page.goto(places.answer(places.BRAIN))
    page.emulate_media(media="print")
    for hidden in (
        ".main-nav",
        ".search-form",
        ".breadcrumb",
        ".feedback",
        ".help",
        ".site-footer__columns",
        ".skip-link",
    ):
        assert page.locator(f"{hidden}:visible").count() == 0, hidden
    for shown in ("h1", ".short-answer", ".reference-list li", "figure img", ".answer-facts dl", ".safety-notice"):
        assert page.locator(f"{shown}:visible").count(), shown


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_it_prints_the_tables_of_values(script, open_page):
    page = open_page(java_script_enabled=script)
    page.goto(places.answer(places.BRAIN))
    page.emulate_media(media="print")
    for table in page.locator("figure details table").all():
        expect(table).to_be_visible()


def test_it_prints_on_few_pages(page):
    page.goto(places.answer(places.BRAIN))
    pdf = page.pdf(format="Letter")
    assert pdf.count(b"/Type /Page\n") <= 5


@pytest.mark.parametrize("name", PAGES)
def test_it_loses_nothing_when_text_is_twice_as_large(name, open_page):
    page = open_page(viewport={"width": 1280, "height": 1024})
    page.goto(PAGES[name])
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(WIDER_THAN_THE_SCREEN) == 0
    assert page.evaluate(CUT_OFF) == []


def test_it_moves_nothing_for_those_who_asked_for_calm(open_page):
    page = open_page(reduced_motion="reduce")
    for name in ("home", "answer", "contact"):
        page.goto(PAGES[name])
        assert page.evaluate(MOVING) == [], name


def test_it_shows_dark_pages_in_the_dark(open_page):
    page = open_page(color_scheme="dark")
    page.goto(places.HOME)
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(16, 23, 29)"
