"""What visitors see while the database is gone: a plain page at worst, and the site again soon."""

import time

import pytest

from tests.browser import places

pytestmark = pytest.mark.browser

PAGES = (places.HOME, places.DRUG, places.answer(places.BRAIN), "/us/search/?q=brain", "/us/contact/", "/admin/login/")
# Seconds until every page is back.
PATIENCE = 30
REVEALING = ("Traceback", "OperationalError", "psycopg", "postgres", "/site-packages/")


@pytest.fixture
def broken(portal):
    """The portal with a database that neither runs nor starts, until the test ends."""
    control = portal.database.cluster.data / "global" / "pg_control"
    away = control.with_name("pg_control.away")
    control.rename(away)
    portal.kill_database()
    yield portal
    away.rename(control)
    wait_until_ready(portal)


def wait_until_ready(portal):
    deadline = time.monotonic() + PATIENCE
    while portal.status("/readyz") != 200:
        assert time.monotonic() < deadline, f"The portal does not recover:\n{portal.log()[-3000:]}"
        time.sleep(0.2)


def assert_plain(text):
    assert not [word for word in REVEALING if word in text]


def test_it_recovers_by_itself_after_the_database_was_killed(portal):
    portal.kill_database()
    for path in PAGES * 2:
        status, text = portal.get(path)
        assert status in {200, 302, 503}
        assert_plain(text)
    wait_until_ready(portal)
    assert {portal.status(path) for path in PAGES} <= {200, 302}


def test_it_shows_a_plain_page_while_the_database_cannot_start(broken, page):
    response = page.goto(places.DRUG)
    assert response.status == 503
    assert response.headers["retry-after"]
    assert page.locator("h1").inner_text() == "Please try again in a minute"
    assert_plain(page.content())


def test_it_tells_monitoring_that_it_is_up_but_not_ready(broken):
    assert broken.status("/healthz") == 200
    status, text = broken.get("/readyz")
    assert status == 503
    assert_plain(text.replace("OperationalError", ""))


def test_it_keeps_what_was_written_into_a_form_that_could_not_be_stored(page, request):
    page.goto("/us/contact/")
    page.get_by_label("Your question").fill("Which dose was studied?")
    request.getfixturevalue("broken")
    page.get_by_role("button", name="Send question").click()
    assert "may not have been stored" in page.locator("main").inner_text()
    page.go_back()
    assert page.get_by_label("Your question").input_value() == "Which dose was studied?"
