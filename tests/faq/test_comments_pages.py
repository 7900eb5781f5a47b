"""Where comments are written and read: the preview's page, the version's page, an invited reviewer's link, the list."""

import pytest

from faq import commenting, publishing
from faq.models import Comment
from portal.lib import ratelimit
from tests import cast
from tests.factories import make_draft, make_published
from tests.faq.administering import LIST, in_review, page
from tests.faq.previewing import framed, link, make_invitation, preview

pytestmark = pytest.mark.django_db

COMMENTS = "/admin/faq/comment/"


def say(client, version, words="Is this right?", **data):
    return client.post(f"{LIST}{version.pk}/comments/", {"words": words, **data}, follow=True)


def act(client, begun, verb, **data):
    return client.post(f"{LIST}{begun.version_id}/comments/{begun.pk}/{verb}/", data, follow=True)


def make_comment(version, text="Is this right?", **changes):
    return commenting.comment(version, text, by=cast.approver(), **changes)


def test_staff_comment_on_a_part_and_on_words_of_it(author):
    draft = make_draft()
    response = say(author, draft, place="Storage", quote="Keep it dry.", back=preview(draft))
    assert response.redirect_chain[-1][0] == f"{preview(draft)}#comments"
    begun = Comment.objects.get()
    assert (begun.place, begun.quote, begun.author) == ("Storage", "Keep it dry.", cast.author())
    assert "Is this right?" in author.get(page(draft)).content.decode()


def test_the_words_are_marked_in_the_preview_as_long_as_it_says_them(author):
    draft = make_draft(body="<h2>Storage</h2><p>Keep <strong>it</strong> dry.</p>")
    begun = make_comment(draft, quote="it dry")
    seen = author.get(framed(draft)).content.decode()
    assert f'<mark class="passage" id="passage-{begun.pk}" data-passage="passage-{begun.pk}">it</mark></strong>' in seen
    assert "<mark" not in author.get(f"{framed(draft)}?unmarked=1").content.decode()
    commenting.resolve(begun, by=cast.author(), outcome="Done.")
    assert "<mark" not in author.get(framed(draft)).content.decode()


def test_parts_to_choose_from_are_those_of_the_answer(author):
    seen = author.get(preview(make_draft())).content.decode()
    assert '<option value="Short answer">' in seen
    assert '<option value="Storage">' in seen


@pytest.mark.parametrize("verb", ["answer", "resolve"])
def test_a_comment_is_answered_and_resolved(author, verb):
    begun = make_comment(make_draft())
    act(author, begun, verb, words="Corrected.")
    begun.refresh_from_db()
    said = begun.answers.get().text if verb == "answer" else begun.outcome
    assert said == "Corrected."


def test_what_is_refused_says_why_and_gives_the_words_back(author):
    begun = make_comment(make_draft())
    commenting.answer(begun, "Yes.", by=cast.author())
    response = act(author, begun, "delete", words="Away")
    assert "Only who wrote a comment takes it back." in response.content.decode()
    assert "You had written: Away" in response.content.decode()
    assert act(author, begun, "explode").status_code == 404


def test_it_is_carried_on_by_a_button_that_stands_only_where_it_leads_somewhere(author):
    old = make_published()
    begun = make_comment(old)
    assert "Carry on" not in author.get(preview(old)).content.decode()
    draft = publishing.revise(old.faq, by=cast.author())
    assert "Carry on" in author.get(preview(old)).content.decode()
    act(author, begun, "carry-on")
    seen = author.get(preview(draft)).content.decode()
    assert f'{preview(old)}#comment-{begun.pk}">version 1</a>' in seen


def test_the_approver_is_told_what_waits_and_what_holds(client):
    version = in_review()
    make_comment(version)
    begun = make_comment(version, must_be_resolved=True)
    client.force_login(cast.approver())
    assert "2 open comments; 1 of them must be resolved" in client.get(page(version)).content.decode()
    act(client, begun, "release")
    assert "2 open comments." in client.get(page(version)).content.decode()


def test_an_invited_reviewer_comments_and_answers(client):
    invitation = make_invitation(make_draft())
    begun = make_comment(invitation.version)
    response = client.post(link(invitation), {"text": "Which day?", "place": "Storage", "quote": "Keep it dry."})
    assert response.status_code == 302
    assert response["Location"] == f"{link(invitation)}?saved=1#saved"
    client.post(link(invitation), {"text": "I think so.", "answers_to": begun.pk})
    assert begun.answers.get().invitation == invitation
    seen = client.get(response["Location"]).content.decode()
    assert "Your comment has been stored." in seen
    assert "Which day?" in seen


def test_it_stores_nothing_from_another_site_and_nothing_from_machines(client):
    invitation = make_invitation(make_draft())
    foreign = client.post(link(invitation), {"text": "Spam"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403
    filled = client.post(link(invitation), {"text": "Spam", "leave_empty": "x"})
    assert filled.status_code == 422
    assert not Comment.objects.exists()


def test_what_was_typed_is_kept_when_it_cannot_be_stored(client):
    invitation = make_invitation(make_draft())
    response = client.post(link(invitation), {"text": " ", "quote": "Keep it dry."})
    assert response.status_code == 422
    assert "Write your comment." in response.content.decode()
    assert ">Keep it dry.</textarea>" in response.content.decode()


def test_it_takes_so_many_comments_an_hour_from_one_address(client, monkeypatch):
    monkeypatch.setattr(ratelimit, "preview_comment", lambda _request: False)
    invitation = make_invitation(make_draft())
    assert client.post(link(invitation), {"text": "More"}).status_code == 429
    assert not Comment.objects.exists()


def test_a_reviewer_answers_no_comment_on_another_version(client):
    invitation, other = make_invitation(make_draft()), make_comment(make_draft())
    assert client.post(link(invitation), {"text": "Hm", "answers_to": other.pk}).status_code == 403
    assert not other.answers.exists()


def test_what_was_written_is_escaped(client):
    invitation = make_invitation(make_draft())
    client.post(link(invitation), {"text": "<script>alert(1)</script>", "quote": '"><b>'})
    seen = client.get(link(invitation)).content.decode()
    assert "<script>alert" not in seen
    assert '"><b>' not in seen


def test_the_list_shows_what_is_open_first_and_the_rest_on_request(author):
    draft = make_draft()
    commenting.resolve(make_comment(draft, "Old remark"), by=cast.author(), outcome="Done.")
    begun = make_comment(draft, "New remark", must_be_resolved=True)
    commenting.answer(begun, "An answer", by=cast.author())
    seen = author.get(COMMENTS).content.decode()
    assert "New remark" in seen
    assert "Old remark" not in seen
    assert "An answer" not in seen
    assert "Before approval" in seen
    assert "Old remark" in author.get(f"{COMMENTS}?state=all").content.decode()


def test_nobody_edits_comments_in_the_admin(root):
    begun = make_comment(make_draft())
    assert root.get(f"{COMMENTS}add/").status_code == 403
    assert root.post(f"{COMMENTS}{begun.pk}/delete/", {"post": "yes"}).status_code == 403


def test_pages_take_few_queries_however_much_was_said(author, django_assert_max_num_queries):
    draft = make_draft()
    for _ in range(12):
        commenting.answer(make_comment(draft), "Yes.", by=cast.author())
    for address in (preview(draft), COMMENTS):
        with django_assert_max_num_queries(20):
            author.get(address)
