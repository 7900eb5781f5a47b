"""What the tests of privacy choices do in a browser."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

CHOICES = "/us/privacy-choices/"
SIGNAL = {"Sec-GPC": "1"}
# Set by whoever chose, and by whoever passed a market's gate.
ALLOWED = {"privacy_choices", "hcp_attested"}


@pytest.fixture
def visitor(open_page: OpenPage) -> Iterator[Callable[..., Page]]:
    """Opens pages for somebody who may choose, which leaves one cookie."""
    opened = []

    def visitor(**options: Any) -> Page:
        opened.append(open_page(**options))
        return opened[-1]

    yield visitor
    for page in opened:
        assert {str(cookie.get("name")) for cookie in page.context.cookies()} <= ALLOWED
        page.context.clear_cookies()


def save(page: Page, *options: str) -> None:
    """Chooses the options with these labels, or what is marked, and saves."""
    page.goto(CHOICES)
    for label in options:
        page.get_by_label(label).check()
    page.get_by_role("button", name="Save my choices").click()
    expect(page.locator("#saved")).to_contain_text("Your choices were saved.")


def refuse(page: Page) -> None:
    page.goto(CHOICES)
    page.get_by_role("button", name="Refuse all").click()
    expect(page.locator("#saved")).to_contain_text("Your choices were saved.")


def pass_gate(page: Page, address: str) -> None:
    """Opens a page of a market, saying so where the market asks for professionals."""
    page.goto(address)
    accept = page.locator(".gate button[type=submit]")
    if accept.count():
        accept.click()
        expect(page.locator(".gate")).to_have_count(0)
