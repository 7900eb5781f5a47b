"""How members of staff come to their pages: by name and password, or with a session that they have already."""

from playwright.sync_api import Page, expect

from tests.browser.portal import Portal


def sign_in(page: Page, portal: Portal, username: str = "author") -> None:
    """Types name and password, as people do."""
    page.goto("/admin/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(portal.password)
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("#user-tools")).to_contain_text(username, ignore_case=True)


def enter(page: Page, portal: Portal, username: str = "author") -> None:
    """Lets a page go on with the session of whoever signed in once for all tests; no test may end that."""
    if username not in portal.sessions:
        sign_in(page, portal, username)
        portal.sessions[username] = page.context.cookies()
    page.context.add_cookies(portal.sessions[username])
