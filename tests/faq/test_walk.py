"""Whatever people do in whatever order: visitors are served exactly what somebody approved who did not write it."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from faq.views import pdf
from tests import cast
from tests.factories import make_market
from tests.faq.walking import PEOPLE, Walk


@pytest.mark.django_db
def test_nothing_unapproved_is_ever_served(monkeypatch):
    # What the typesetter would set, in place of minutes of typesetting.
    monkeypatch.setattr(pdf, "printed", lambda manuscript: manuscript.content.encode())
    make_market()
    for person in PEOPLE:
        assert person().pk
    assert cast.approver().has_perm("faq.approve_faqversion")
    walks = settings(
        max_examples=6,
        stateful_step_count=20,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Walk, settings=walks)
    assert {"submit", "approve", "send_back", "publish", "withdraw", "revise"} <= set(Walk.done)
