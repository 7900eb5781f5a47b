"""Pages of the admin on a phone, and without JavaScript."""

import pytest

from tests.browser.conftest import PHONE
from tests.browser.staff import enter

pytestmark = pytest.mark.browser

# Its content ID is longer than a phone is wide.
QUESTION = "US_cFAQ_NOR002_STORAGE_TEMPERATURE_EXCURSION_ON"


def give(**options):
    return pytest.mark.parametrize("staff_page", [options], indirect=True)


@give(viewport=PHONE)
def test_no_page_of_a_version_is_wider_than_a_phone(staff_page, portal):
    page = staff_page
    enter(page, portal, "approver")
    page.goto(f"/admin/faq/faqversion/?q={QUESTION}")
    page.locator("#result_list tbody th a").first.click()
    page.wait_for_url("**/change/**")
    version = page.url.split("/change/")[0]
    for place in ("change", "compare", "preview", "history"):
        page.goto(f"{version}/{place}/")
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], place


@give(java_script_enabled=False)
@pytest.mark.parametrize("width", [768, 1440])
def test_without_javascript_nothing_lies_over_the_left_edge_of_a_list(staff_page, portal, width):
    page = staff_page
    enter(page, portal)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/admin/faq/faq/")
    link = page.locator("#result_list tbody th a").first
    address = link.get_attribute("href")
    link.click(position={"x": 2, "y": 8})
    assert address in page.url
    assert not page.locator("#toggle-nav-sidebar").is_visible()
