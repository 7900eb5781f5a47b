"""What a page costs on the way to the reader."""

import pytest

from tests.browser import places
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser

KILOBYTE = 1024
# Of document, styles and scripts together, as they are sent.
MOST_KILOBYTES, MOST_REQUESTS = 60, 12
TEXT = {"document", "stylesheet", "script"}
PAGES = {
    "home": places.HOME,
    "drug": places.INVENTED_DRUG,
    "answer": places.answer(places.SPANNING),
    "answer with figures": places.answer(places.BRAIN),
    "search": "/us/search/?q=nausea",
}


@pytest.mark.parametrize("name", PAGES)
def test_it_is_light(name, open_page):
    page = open_page(viewport=PHONE)
    requests = []
    page.on("requestfinished", lambda request: requests.append(request))
    page.goto(PAGES[name])
    page.wait_for_load_state("networkidle")
    sent = {request.url: request.sizes()["responseBodySize"] for request in requests if request.resource_type in TEXT}
    assert sum(sent.values()) <= MOST_KILOBYTES * KILOBYTE, sent
    figures = [request for request in requests if "/media/" in request.url]
    others = [request.url for request in requests if request not in figures and request.redirected_to is None]
    assert len(others) <= MOST_REQUESTS, others


@pytest.mark.parametrize("name", PAGES)
def test_no_script_keeps_the_page_from_showing(name, page):
    page.goto(PAGES[name])
    blocking = "document.querySelectorAll('script[src]:not([type=module]):not([defer]):not([async])').length"
    assert page.evaluate(blocking) == 0


def test_figures_have_their_size_before_they_come(page):
    page.goto(places.answer(places.BRAIN))
    for image in page.locator("main img").all():
        assert int(image.get_attribute("width")) > 0
        assert int(image.get_attribute("height")) > 0
        assert image.get_attribute("loading") == "lazy"
