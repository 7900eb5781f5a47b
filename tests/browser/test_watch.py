"""The watch over every page of these tests, which has to see what it is there for."""

import pytest

from tests.browser import places
from tests.browser.watch import Watch

pytestmark = pytest.mark.browser

ELSEWHERE = "https://elsewhere.example"
ASKED = f"request to another host: {ELSEWHERE}"
# Ways in which a page tells another host of a visit.
WAYS = {
    "image": "(address) => { new Image().src = address }",
    "script": "(address) => { document.head.append(Object.assign(document.createElement('script'), {src: address})) }",
    "frame": "(address) => { document.body.append(Object.assign(document.createElement('iframe'), {src: address})) }",
    "fetch": "(address) => { fetch(address, {mode: 'no-cors'}).catch(() => {}) }",
    "beacon": "(address) => { navigator.sendBeacon(address, 'x') }",
    "style": "(address) => { document.body.append(Object.assign(document.createElement('link'),"
    " {rel: 'stylesheet', href: address})) }",
}


@pytest.fixture
def watched(portal, browser):
    """A page without the policy that would stop its requests, its watch, and an answer from elsewhere."""
    context = browser.new_context(base_url=portal.origin, bypass_csp=True)
    context.route(f"{ELSEWHERE}/**", lambda route: route.fulfill(body=""))
    page = context.new_page()
    watch = Watch(page, portal.host)
    page.goto(places.HOME)
    yield page, watch
    context.close()


def test_it_finds_no_fault_with_a_page_that_asks_nobody_else(watched):
    page, watch = watched
    page.wait_for_load_state("networkidle")
    assert watch.faults == []


@pytest.mark.parametrize("way", WAYS)
def test_it_sees_a_request_to_another_host(way, watched):
    page, watch = watched
    with page.expect_request(f"{ELSEWHERE}/**"):
        page.evaluate(WAYS[way], f"{ELSEWHERE}/{way}")
    assert f"{ASKED}/{way}" in watch.faults


def test_it_sees_what_the_policy_refused(portal, browser):
    context = browser.new_context(base_url=portal.origin)
    page = context.new_page()
    watch = Watch(page, portal.host)
    page.goto(places.HOME)
    with page.expect_console_message():
        page.evaluate(WAYS["image"], f"{ELSEWHERE}/image")
    context.close()
    assert any("Content Security Policy" in fault for fault in watch.faults)


def test_it_sees_an_error_of_a_script(watched):
    page, watch = watched
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('broken') })")
    assert any("broken" in fault for fault in watch.faults)
