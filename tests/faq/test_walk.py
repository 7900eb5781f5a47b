"""Whatever people do in whatever order: visitors are served exactly what somebody approved who did not write it."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from faq.views import pdf
from tests import cast
from tests.factories import make_market
from tests.faq.walking import PEOPLE, Walk

pytestmark = pytest.mark.django_db

WALKS = settings(
    max_examples=12,
    stateful_step_count=9,
    deadline=None,
    # The same walks each time: what fails on one machine fails on the next.
    derandomize=True,
    database=None,
    # A walk that fails is told as it went: to shorten it would take minutes.
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def _people_and_paper(monkeypatch):
    """Everybody is there, and a document is what the typesetter would set, in place of minutes of typesetting."""
    monkeypatch.setattr(pdf, "printed", lambda manuscript: manuscript.content.encode())
    make_market()
    assert all(person().pk for person in PEOPLE)
    Walk.done.clear()


def test_nothing_unapproved_is_ever_served():
    run_state_machine_as_test(Walk, settings=WALKS)
    # Walks that come nowhere prove nothing.
    assert {"save", "submit", "approve", "publish", "revise"} <= set(Walk.done), Walk.done


def test_the_walk_notices_every_verb():
    walk = Walk()
    walk.begin(3)
    ada, bela, root = cast.author, cast.approver, cast.superuser
    steps = [
        *(("withdraw", ada), ("withdraw", bela), ("revise", ada), ("write", root), ("submit", ada), ("approve", root)),
        *(("approve", bela), ("send_back", bela), ("submit", ada), ("approve", bela), ("publish_due", bela)),
        *(("revise", ada), ("write", ada), ("submit", ada), ("approve", bela), ("reopen", ada)),
    ]
    for verb, who in steps:
        getattr(walk, verb)(0, who)
        walk.visitors_get_what_was_approved()
        walk.visitors_read_nothing_else()
    walk.teardown()
    done = {"save": 2, "submit": 4, "approve": 4, "publish": 1, "withdraw": 1, "revise": 2, "send_back": 1, "reopen": 1}
    assert Walk.done == {**done, "schedule": 1, "publish_due": 1}
