"""The admin of versions: who may move them, and how."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from faq import publishing
from faq.admin.drafts import digest
from faq.models import FaqVersion, Reference
from tests import cast
from tests.factories import make_draft, make_published, make_reference, make_resource, sourced
from tests.faq.administering import LIST, approved, data_of, in_review, page, press, status_of

pytestmark = pytest.mark.django_db


def test_it_submits_a_draft_together_with_what_was_typed(author):
    version = make_draft()
    author.post(page(version), data_of(version, loaded=digest(version), question="How warm?", _submit="1"))
    version.refresh_from_db()
    assert (version.status, version.question) == ("in_review", "How warm?")


def test_it_keeps_what_was_typed_when_a_draft_is_not_ready(author):
    version = make_draft()
    data = data_of(version, loaded=digest(version), body='<p>So.<cite data-ref="nobody"></cite></p>', _submit="1")
    text = author.post(page(version), data, follow=True).content.decode()
    assert "No reference has the key &#x27;nobody&#x27;." in text
    version.refresh_from_db()
    assert version.status == "draft"
    assert "nobody" in version.body


def test_it_takes_a_version_through_its_life_by_buttons(client):
    version = make_draft()
    client.force_login(cast.author())
    press(client, version, "submit")
    client.force_login(cast.approver())
    for name in ("approve", "publish"):
        response = client.get(page(version))
        assert f"/move/{name}/" in response.content.decode()
        press(client, version, name, shown=response.context["preview"].fingerprint)
    assert status_of(version) == "published"
    press(client, version, "withdraw", words="It was wrong.")
    assert status_of(version) == "withdrawn"
    messages = [entry.change_message for entry in LogEntry.objects.order_by("pk")]
    assert messages == ["Submitted for review.", "Approved and signed.", "Published.", "Withdrawn. It was wrong."]


def shown_in(response):
    """What the form of the approve button carries."""
    (shown,) = re.findall(r'name="shown" value="([0-9a-f]{64})"', response.content.decode())
    return shown


def rewrite(version):
    publishing.send_back(version, by=cast.administrator(), comment="Say more.")
    FaqVersion.objects.filter(pk=version.pk).update(body=sourced("<p>Rewritten.</p>"))
    publishing.submit(version, by=cast.author())


def edit_reference(_version):
    reference = Reference.objects.get(key="doe")
    reference.csl["title"] = "Another study"
    reference.save()


def add_resource(version):
    publishing.send_back(version, by=cast.administrator(), comment="Say more.")
    make_resource(version)
    publishing.submit(version, by=cast.author())


@pytest.mark.parametrize("change", [rewrite, edit_reference, add_resource])
def test_it_approves_nothing_that_the_page_did_not_show(approver, change):
    make_reference("doe")
    version = in_review(body='<p>So.<cite data-ref="doe"></cite></p>')
    shown = shown_in(approver.get(page(version)))
    change(version)
    assert "Read it again before you approve it." in press(approver, version, "approve", shown=shown).content.decode()
    assert status_of(version) == "in_review"
    assert not LogEntry.objects.exists()
    press(approver, version, "approve", shown=shown_in(approver.get(page(version))))
    assert status_of(version) == "approved"


def test_it_approves_nothing_without_the_page(approver):
    version = in_review()
    assert "Read it again" in press(approver, version, "approve").content.decode()
    assert status_of(version) == "in_review"


def test_it_shows_the_approver_all_that_is_signed(approver):
    version = make_draft(make_published().faq, what_changed="The dose <2 mg>.")
    make_resource(version, title="A poster", note="Hall 3")
    publishing.submit(version, by=cast.author())
    text = approver.get(page(version)).content.decode()
    preview = text[text.index("What visitors will get") : text.index("</article>")]
    assert "The dose &lt;2 mg&gt;." in preview
    assert "A poster</a> (Poster): Hall 3" in preview


def test_it_sends_a_version_back_with_a_comment(approver):
    version = in_review()
    text = press(approver, version, "send-back", words="Say how warm.").content.decode()
    assert status_of(version) == "draft"
    assert "Say how warm." in text


@pytest.mark.parametrize(("name", "make"), [("send-back", in_review), ("withdraw", make_published)])
def test_it_asks_for_the_reason_of_a_move(approver, name, make):
    version = make()
    before = status_of(version)
    assert "Say w" in press(approver, version, name, words=" ").content.decode()
    assert status_of(version) == before


def test_it_takes_an_approved_version_back_to_draft(author):
    version = approved()
    press(author, version, "reopen")
    assert status_of(version) == "draft"


def test_it_begins_the_next_version_from_a_published_one(author):
    version = make_published()
    response = press(author, version, "revise")
    assert FaqVersion.objects.open().get().number == 2
    assert response.redirect_chain[-1][0] == page(FaqVersion.objects.open().get())


def test_it_lets_nobody_approve_their_own_version_superusers_included(root):
    version = make_draft(author=cast.superuser())
    publishing.submit(version, by=cast.superuser())
    assert "/move/approve/" not in root.get(page(version)).content.decode()
    assert "Nobody approves what they wrote themselves." in press(root, version, "approve").content.decode()
    assert status_of(version) == "in_review"


@pytest.mark.parametrize(
    ("member", "make", "offered"),
    [
        (cast.author, make_draft, []),
        (cast.author, in_review, []),
        (cast.author, approved, ["reopen"]),
        (cast.author, make_published, ["revise"]),
        (cast.approver, make_draft, []),
        (cast.approver, in_review, ["approve", "send-back"]),
        (cast.approver, approved, ["publish", "schedule", "send-back"]),
        (cast.approver, make_published, ["withdraw"]),
        (cast.feedback_reviewer, in_review, []),
        (cast.administrator, approved, ["publish", "schedule", "send-back", "reopen"]),
        (cast.superuser, make_published, ["revise", "withdraw"]),
    ],
)
def test_it_offers_the_moves_that_exist_to_those_who_may(client, member, make, offered):
    version = make()
    client.force_login(member())
    response = client.get(page(version))
    assert [move.name for move in response.context["moves"]] == offered


def test_it_refuses_moves_that_are_not_offered_and_keeps_the_words(client):
    version = make_draft()
    client.force_login(cast.feedback_reviewer())
    text = press(client, version, "send-back", words="My long comment").content.decode()
    assert "may not approve versions" in text
    assert "My long comment" in text


@pytest.mark.parametrize("name", ["publish", "withdraw", "approve"])
def test_it_says_where_no_move_leads(root, name):
    text = press(root, make_draft(), name, words="x").content.decode()
    assert "A version that is draft cannot become" in text


def test_it_moves_nothing_on_a_mere_visit(root):
    version = make_draft()
    assert root.get(f"{LIST}{version.pk}/move/submit/").status_code == 405
    assert root.post(f"{LIST}{version.pk}/move/explode/").status_code == 404
    assert root.post(f"{LIST}0/move/submit/").status_code == 404


def test_it_demands_the_token_of_its_form():

    version, client = make_draft(), Client(enforce_csrf_checks=True)
    client.force_login(cast.author())
    assert client.post(f"{LIST}{version.pk}/move/submit/").status_code == 403
    assert status_of(version) == "draft"


def test_it_publishes_the_selected_versions_that_are_approved(approver):
    ready, waiting = approved(), in_review()
    data = {"action": "publish_selected", "_selected_action": [ready.pk, waiting.pk]}
    text = approver.post(LIST, data, follow=True).content.decode()
    assert "Published 1 of the selected versions." in text
    assert "A version that is in review cannot become published." in text
    assert (status_of(ready), status_of(waiting)) == ("published", "in_review")


def test_it_offers_the_publishing_of_many_to_those_who_may(author):
    make_draft()
    assert "publish_selected" not in author.get(LIST).content.decode()
