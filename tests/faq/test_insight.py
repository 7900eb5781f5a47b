"""What readers said of an answer, on the pages of its question and of its versions."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from faq.admin.insight import REMARKS, insight_of
from faq.models import Faq, Remark
from portal.lib.admin import change_url
from tests import cast
from tests.factories import make_draft, make_published
from tests.faq.administering import page
from tests.faq.remarking import make_remark, make_vote, make_votes

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client):
    client.force_login(cast.author())
    return client


def told(client, version):
    return client.get(change_url(version.faq)).context["insight"]


def content(client, address):
    return " ".join(client.get(address).content.decode().split())


def test_an_answer_shows_its_score_with_its_interval_and_number(author):
    version = make_published()
    make_votes(version, yes=8, no=2)
    make_vote(version, suspicion="trap")
    shown = content(author, change_url(version.faq))
    assert "80 %" in shown
    assert "49 to 94 %" in shown
    assert "1 suspect vote counted apart" in shown
    assert told(author, version).score.number == 10


def test_the_published_wording_comes_first_then_all_of_late_and_ever(author):
    old = make_published()
    make_votes(old, no=3, given_at=timezone.now() - timedelta(days=300))
    make_votes(old, no=2)
    new = make_published(old.faq)
    make_votes(new, yes=4)
    lines = [(line.label, line.score) for line in told(author, new).lines]
    assert lines == [
        (f"Published now, v{new.number}", (4, 0)),
        ("Last 90 days, all versions", (4, 2)),
        ("Ever, all versions", (4, 5)),
    ]


def test_a_question_without_a_vote_says_so(author):
    draft = make_draft()
    assert [line.score.number for line in told(author, draft).lines] == [0, 0]
    shown = content(author, change_url(draft.faq))
    assert "no votes" in shown
    assert "Nobody wrote anything about this answer." in shown


def test_it_shows_reasons_and_the_searches_that_led_there(author):
    version, other = make_published(), make_published()
    for _ in range(2):
        make_vote(version, satisfied=False, reasons=["no-unclear"], searched="Storage <b>?</b>")
    make_vote(version, reasons=["yes-clear"], searched="storage <b>?</b>")
    make_vote(other, reasons=["yes-figures"], searched="else")
    found = told(author, version)
    assert [(reason.key, reason.number) for reason in found.reasons] == [("no-unclear", 2), ("yes-clear", 1)]
    assert [(search.text, search.score) for search in found.searches] == [("storage <b>?</b>", (1, 2))]
    shown = content(author, change_url(version.faq))
    assert "storage &lt;b&gt;?&lt;/b&gt;" in shown
    assert f"?version__faq__id__exact={version.faq_id}&amp;reason=no-unclear" in shown


def test_remarks_that_nobody_read_come_first_the_newest_of_them_at_the_top(author):
    version, now = make_published(), timezone.now()
    done = {"state": Remark.State.READ, "handled_by": cast.feedback_reviewer(), "handled_at": now}
    for age, changes in ((1, done), (2, {}), (3, {}), (4, done)):
        make_remark(version, f"Remark {age}", written_at=now - timedelta(days=age), **changes)
    make_remark(version, "Buy!", **{**done, "state": Remark.State.SPAM})
    make_remark(make_published(), "Of another answer")
    found = told(author, version)
    assert [remark.text for remark in found.remarks] == ["Remark 2", "Remark 3", "Remark 1", "Remark 4"]
    assert found.unread == 2


def test_it_shows_a_few_remarks_and_leads_to_all_of_this_answer(client):
    version = make_published()
    for number in range(REMARKS + 2):
        make_remark(version, f"Remark {number} <script>")
    make_remark(make_published())
    client.force_login(cast.feedback_reviewer())
    shown = content(client, change_url(version.faq))
    assert shown.count("&lt;script&gt;") == REMARKS
    address = f"/admin/faq/remark/?vote__version__faq__id__exact={version.faq_id}"
    assert f'href="{address}"' in shown
    assert client.get(address).context["cl"].result_count == REMARKS + 2


def test_whoever_reads_no_feedback_sees_none(client):
    version = make_published()
    make_remark(version)
    reader = cast.stranger()
    reader.is_staff = True
    reader.save()
    rights = Permission.objects.filter(codename__in=["view_faq", "view_faqversion"])
    reader.user_permissions.set(rights)
    client.force_login(reader)
    for address in (change_url(version.faq), page(version)):
        shown = content(client, address)
        assert version.faq.content_id in shown
        assert "The dose is missing." not in shown
        assert "Readers of this version" not in shown
        assert "What readers say" not in shown


def test_whoever_reads_votes_but_no_remarks_sees_the_score_alone():
    version = make_published()
    make_remark(version)
    faq = Faq.objects.get(pk=version.faq_id)
    faq.current = [version]
    found = insight_of(faq, with_remarks=False)
    assert (found.score.number, found.remarks, found.unread) == (1, None, None)


def test_a_version_shows_the_score_of_its_own_wording_and_what_waits_to_be_read(author):
    old = make_published()
    make_votes(old, no=3)
    new = make_published(old.faq)
    make_votes(new, yes=1)
    make_remark(new, satisfied=True)
    make_remark(old)
    context = author.get(page(new)).context
    assert (context["readers"], context["readers_unread"]) == ((2, 0), 1)
    assert f"?vote__version__id__exact={new.pk}&amp;state__exact=new" in content(author, page(new))


def test_a_version_leads_to_its_figures_before_and_after_it_came(author):
    old = make_published()
    make_votes(old, no=2)
    new = make_published(old.faq)
    figures = f"{reverse('admin:faq_feedback_answer', args=[old.faq_id])}?period=all"
    for version in (old, new):
        assert f'href="{figures}#version-{version.number}"' in content(author, change_url(version))
        assert f'<tr id="version-{version.number}">' in content(author, figures)


def test_a_draft_leads_to_what_readers_said_and_shows_no_score(author):
    draft = make_draft()
    shown = content(author, page(draft))
    assert f'{change_url(draft.faq)}#insight">What readers say' in shown
    assert f'{reverse("admin:faq_feedback_answer", args=[draft.faq_id])}">Feedback desk' in shown
    assert "Readers of this version" not in shown


def test_what_is_shown_of_readers_costs_as_little_however_many_there_are(author, django_assert_max_num_queries):
    version = make_published()
    for number in range(12):
        make_remark(version, f"Remark {number}", reasons=["no-unclear"], searched=f"search {number}")
    with django_assert_max_num_queries(19):
        author.get(change_url(version.faq))
    with django_assert_max_num_queries(19):
        author.get(page(version))
