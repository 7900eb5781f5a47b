"""The safety flags of remarks, in their queue and on their pages: who sees how much, and what they are filtered by."""

from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format

from portal.lib.admin import change_url
from portal.safety import flagging
from tests import cast
from tests.faq.feedbacking import HARM
from tests.faq.remarking import make_flagged, make_remark

pytestmark = pytest.mark.django_db

LIST = "/admin/faq/remark/"


@pytest.fixture
def reviewer(client):
    client.force_login(cast.feedback_reviewer())
    return client


def text(client, address=LIST, **asked):
    return " ".join(client.get(address, asked).content.decode().split())


def listed(client, **asked):
    return set(client.get(LIST, asked).context["cl"].result_list)


def test_a_remark_shows_how_likely_its_flag_is_and_when_it_is_due(reviewer):
    remark, flag = make_flagged(HARM)
    for address in (LIST, change_url(remark)):
        shown = text(reviewer, address)
        assert '<span class="badge badge--level-likely">Likely</span>' in shown
        assert date_format(flag.due_at.astimezone(ZoneInfo(flag.market.time_zone)), "D j M, H:i T") in shown
        assert f'<a href="{change_url(flag)}">{flag}</a>' in shown
        assert "badge--due-overdue" not in shown


def test_what_is_overdue_is_marked_as_in_the_queue_of_flags(reviewer):
    remark, _ = make_flagged(HARM, days=9)
    for address in (LIST, change_url(remark)):
        assert '<span class="badge badge--due-overdue">Overdue by' in text(reviewer, address)


def test_a_flag_that_was_dealt_with_shows_what_became_of_it(reviewer):
    remark, flag = make_flagged(HARM)
    flagging.forward(flag, reference="AE-17", by=cast.safety_officer())
    for address in (LIST, change_url(remark)):
        shown = text(reviewer, address)
        assert '<span class="badge badge--flag-forwarded">Forwarded</span>' in shown
        assert "as AE-17" in shown
        assert "badge--level" not in shown


@pytest.mark.parametrize("person", ["author", "approver"])
def test_who_may_not_open_flags_sees_their_state_and_nothing_more(client, person):
    remark, flag = make_flagged(HARM, days=9)
    client.force_login(getattr(cast, person)())
    for address in (LIST, change_url(remark)):
        shown = text(client, address)
        assert '<span class="badge badge--flag-open">Open</span>' in shown
        for hidden in ("badge--level", "badge--due-overdue", change_url(flag)):
            assert hidden not in shown, hidden


def test_what_nobody_has_screened_says_so(reviewer):
    remark = make_remark()
    for address in (LIST, change_url(remark)):
        assert "none yet" in text(reviewer, address)


def make_each():
    """A remark with each state of a flag."""
    late, soon, harmless = (make_flagged(words, days)[0] for words, days in ((HARM, 9), (HARM, 0), ("Clear.", 0)))
    closed, flag = make_flagged("Short.")
    flagging.dismiss(flag, reason="Praise.", by=cast.safety_officer())
    return late, soon, harmless, closed, make_remark()


def test_its_filter_finds_remarks_by_their_flags(reviewer):
    late, soon, harmless, closed, none = make_each()
    assert listed(reviewer, flag="open") == {late, soon, harmless}
    assert listed(reviewer, flag="raised") == {late, soon}
    assert listed(reviewer, flag="overdue") == {late}
    assert listed(reviewer, flag="closed") == {closed}
    assert listed(reviewer, flag="none") == {none}
    assert listed(reviewer, flag="junk") == {late, soon, harmless, closed, none}


def test_no_filter_tells_others_which_flags_are_raised(client):
    everything = set(make_each())
    client.force_login(cast.author())
    assert "Overdue" not in text(client)
    assert listed(client, flag="overdue") == listed(client, flag="raised") == everything
    assert len(listed(client, flag="closed")) == 1


def cost(client, **asked):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(LIST, asked).status_code == 200
    return len(queries)


def test_the_queue_asks_for_all_flags_at_once(reviewer):
    make_flagged(HARM)
    cost(reviewer)
    few = [cost(reviewer), cost(reviewer, flag="open")]
    for _ in range(5):
        make_flagged(HARM)
    assert [cost(reviewer), cost(reviewer, flag="open")] == few
    assert max(few) < 20
