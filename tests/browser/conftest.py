"""A running portal and a real browser, both for as long as this folder's tests take."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import install
from tests.browser.portal import Portal
from tests.browser.staff import enter
from tests.browser.watch import Watch

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Milliseconds.
PATIENCE = 15_000

OpenPage = Callable[..., Page]


# Scoped to the package, for the browser's event loop would forbid other tests of the same run their database.
@pytest.fixture(scope="package")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    portal = Portal(tmp_path_factory.mktemp("portal"))
    try:
        portal.prepare()
        portal.start()
        yield portal
    finally:
        status = portal.stop()
    assert status == 0, portal.log()
    assert not portal.database.is_running(), "The server ended and left its database running."


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    # Chromium's sandbox refuses to run as root.
    arguments = [*ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 else list(ARGUMENTS)
    found = install.find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(args=arguments, **found)
        yield browser
        browser.close()


@pytest.fixture
def open_page(portal: Portal, browser: Browser) -> Iterator[OpenPage]:
    """Opens a visitor's page with the given options of a context; in the end no page may have misbehaved."""
    opened: list[tuple[Page, Watch]] = []

    def open_page(**options: Any) -> Page:
        page = _page(portal, browser, options)
        opened.append((page, Watch(page, portal.host)))
        return page

    yield open_page
    faults = [fault for _, watch in opened for fault in watch.faults]
    cookies = [cookie for page, _ in opened for cookie in page.context.cookies()]
    for page, _ in opened:
        page.context.close()
    assert faults == []
    assert cookies == []


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A visitor at a desk."""
    return open_page()


@pytest.fixture
def staff_page(request: pytest.FixtureRequest, portal: Portal, browser: Browser) -> Iterator[Page]:
    """
    A member of staff, not signed in yet; theirs is the only part of the site that may set cookies.

    A test may give options of the context as the fixture's parameter.
    """
    page = _page(portal, browser, getattr(request, "param", {}))
    watch = Watch(page, portal.host)
    yield page
    page.context.close()
    assert watch.faults == []


@pytest.fixture
def author_page(staff_page: Page, portal: Portal) -> Page:
    """The author, signed in."""
    enter(staff_page, portal)
    return staff_page


def _page(portal: Portal, browser: Browser, options: dict[str, Any]) -> Page:
    context = browser.new_context(**{"base_url": portal.origin, "viewport": DESK, **options})
    context.set_default_timeout(PATIENCE)
    return context.new_page()
