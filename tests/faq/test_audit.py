"""What the audit trail says of an answer's life."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from faq import publishing, standing, vote_tokens
from faq.models import FaqVersion, Feedback
from faq.search.models import SearchGap
from portal import audit
from tests import cast
from tests.factories import make_draft, make_faq, make_figure, make_image, make_published, make_reference
from tests.portal.auditing import entries, run

pytestmark = pytest.mark.django_db

FIGURE = '<h2>Results</h2><figure data-figure="curve"></figure>'


def told(version):
    """What was done to a version, and why."""
    place = f"faq:{version.faq_id}/version:{version.pk}/"
    return [(entry.action, entry.reason) for entry in entries(kind="faq_faqversion", place=place)]


def test_a_move_bears_the_name_of_its_verb():
    first = make_published()
    second = make_draft(first.faq)
    publishing.submit(second, by=cast.author())
    publishing.send_back(second, by=cast.approver(), comment="Cite the label.")
    publishing.submit(second, by=cast.author())
    publishing.approve(second, by=cast.approver())
    publishing.reopen(second, by=cast.author())
    assert [action for action, _ in told(first)] == ["insert", "submitted", "approved", "published"]
    moves = ["insert", "submitted", "sent back", "submitted", "approved", "reopened"]
    assert [action for action, _ in told(second)] == moves
    assert ("sent back", "Cite the label.") in told(second)


def test_a_version_that_another_replaces_is_superseded():
    first = make_published()
    make_published(first.faq)
    assert told(first)[-1][0] == "superseded"


def test_a_withdrawal_says_why():
    version = make_published()
    publishing.withdraw(version, by=cast.approver(), reason="The label changed.")
    assert told(version)[-1] == ("withdrawn", "The label changed.")


def test_a_move_by_plain_sql_is_told_as_well():
    version = make_draft()
    run(f"UPDATE faq_faqversion SET status = 'in_review' WHERE id = {version.pk}")
    assert told(version)[-1] == ("submitted", "")


def test_an_edit_says_from_what_to_what():
    version = make_draft(question="Old?")
    with audit.acting(cast.author()):
        FaqVersion.objects.filter(pk=version.pk).update(question="New?")
    entry = entries(kind="faq_faqversion")[-1]
    assert (entry.before, entry.after, entry.actor) == ({"question": "Old?"}, {"question": "New?"}, "Ada (ada)")
    assert entry.label == f"{version.faq.content_id} v1"


def test_rendered_markup_is_kept_as_its_digest():
    version = make_published()
    approval = next(entry for entry in entries(kind="faq_faqversion") if entry.action == "approved")
    assert approval.after["rendered_body"].startswith("sha256:")
    assert approval.after["content_sha256"] == version.content_sha256


def test_an_image_is_kept_without_its_bytes():
    image = make_image()
    [entry] = entries(kind="faq_image")
    assert entry.key == image.sha256
    assert not {"content", "webp"} & set(entry.after)


def test_everything_of_an_answer_is_found_under_it():
    faq = make_faq(topics=("Dosing",), phrasings=("How much?",))
    draft = make_draft(faq, body=FIGURE)
    make_figure(draft, sources=(make_reference(),))
    make_published(draft=draft)
    kinds = {entry.kind for entry in entries(place__startswith=f"faq:{faq.pk}/", label__startswith=faq.content_id)}
    parts = {"faq", "faq_topics", "otherphrasing", "faqversion", "figure", "figuresource", "citation", "signature"}
    assert kinds == {f"faq_{part}" for part in parts}


def test_what_visitors_do_leaves_no_trace(client):
    version = make_published()
    before = len(entries())
    client.post("/us/feedback/", {"version": vote_tokens.of_version(version), "satisfied": "yes"})
    client.get("/us/search/?q=something+else+altogether")
    assert Feedback.objects.exists()
    assert SearchGap.objects.exists()
    assert len(entries()) == before


def test_a_verb_names_who_it_was_told_outside_of_any_request():
    version = make_published()
    acted = {entry.action: entry.actor for entry in entries(kind="faq_faqversion", key=str(version.pk))}
    assert acted == {"insert": "", "submitted": "Ada (ada)", "approved": "Bela (bela)", "published": "Bela (bela)"}


def test_a_time_to_publish_is_scheduled_and_taken_back():
    version = make_draft()
    publishing.submit(version, by=cast.author())
    publishing.approve(version, by=cast.approver())
    publishing.schedule(version, by=cast.approver(), at=timezone.now() + timedelta(days=1))
    publishing.unschedule(version, by=cast.approver())
    publishing.send_back(version, by=cast.approver(), comment="Cite the label.")
    assert told(version)[-3:] == [("scheduled", ""), ("unscheduled", ""), ("sent back", "Cite the label.")]


def test_a_source_that_falls_says_why():
    reference = make_reference()
    standing.retract(reference, by=cast.approver(), reason="Its data were invented.", due=timezone.localdate())
    entry = entries(kind="faq_reference")[-1]
    assert (entry.action, entry.reason, entry.actor) == ("retracted", "Its data were invented.", "Bela (bela)")


def test_a_download_names_who_took_it(client):
    version = make_published()
    client.force_login(cast.administrator())
    assert client.get(reverse("admin:faq_word_file", args=[version.pk])).status_code == 200
    [entry] = entries(kind="faq_faqversion", action="exported")
    assert (entry.actor, entry.is_note) == ("Emil (emil)", True)


def test_a_reader_is_asked_for_no_name(client):
    version = make_published()
    client.force_login(cast.administrator())
    page = client.get(version.get_absolute_url())
    assert page.status_code == 200
    assert "Cookie" not in page.get("Vary", "")
