"""What monitoring is told of safety flags that are overdue and texts that have none."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.safety import flagging, watching
from tests import cast
from tests.portal.contacting import make_inquiry
from tests.portal.flagging import HARM, HARMLESS, make_flag

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - timedelta(days=9)


def test_it_says_that_all_is_well_whatever_waits_in_time():
    make_flag()
    make_flag(HARMLESS, received_at=LONG_AGO)
    flagging.dismiss(make_flag(received_at=LONG_AGO), reason="No harm.", by=cast.safety_officer())
    assert watching.told() == "ok"


def test_it_counts_what_is_overdue_and_what_has_no_flag_and_the_portal_is_ready_all_the_same(client):
    for _ in range(2):
        make_flag(received_at=LONG_AGO)
    make_inquiry(question=HARM, added_at=timezone.now())
    response = client.get("/readyz")
    assert response.json()["safety"] == "overdue flags: 2, texts without a flag: 2"
    assert response.status_code == 200
    assert "fainted" not in response.content.decode()


def test_it_counts_no_further_than_it_has_to(monkeypatch):
    monkeypatch.setattr(watching, "LOOKED_AT", 2)
    for make in (lambda: make_flag(received_at=LONG_AGO), make_inquiry):
        for _ in range(3):
            make()
    assert watching.told() == "overdue flags: 2 or more, texts without a flag: 2 or more"


def test_it_asks_nothing_that_grows_with_the_number_of_texts():
    with CaptureQueriesContext(connection) as captured:
        watching.told()
    assert len(captured) == 4
    assert all("LIMIT 1000" in query["sql"] for query in captured)
