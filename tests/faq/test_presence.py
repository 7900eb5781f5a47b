"""Who has a draft open, and forms that come too late for their session."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from faq.admin import clashes
from faq.models import FaqVersion, Presence
from tests import cast
from tests.factories import make_draft, make_published
from tests.faq.administering import LIST, data_of, page

pytestmark = pytest.mark.django_db


def beat(client, version, **data):
    return client.post(f"{LIST}{version.pk}/presence/", data)


def test_it_tells_each_who_else_has_the_draft_open(author):
    version = make_draft()
    other = Client()
    other.force_login(cast.administrator())
    assert beat(author, version).json() == {"others": []}
    (seen,) = beat(other, version).json()["others"]
    assert seen["name"] == "Ada"
    assert [each["name"] for each in beat(author, version).json()["others"]] == ["Emil"]
    beat(other, version, leave="1")
    assert beat(author, version).json() == {"others": []}


def test_it_forgets_who_fell_silent(author):
    version = make_draft()
    long_ago = timezone.now() - timedelta(minutes=2)
    Presence.objects.create(version=version, user=cast.administrator(), since=long_ago, seen=long_ago)
    assert beat(author, version).json() == {"others": []}
    assert Presence.objects.get().user == cast.author()


def test_it_lets_nobody_be_present_who_may_not_write(author, approver):
    assert beat(approver, make_draft()).status_code == 403
    assert beat(author, make_published()).status_code == 403
    assert not Presence.objects.exists()


def test_it_says_whether_somebody_is_signed_in(author, client):
    assert author.get(f"{LIST}session/").json()["user"] == cast.author().pk
    assert Client().get(f"{LIST}session/").json() == {"user": None}


@pytest.mark.parametrize("is_in", [True, False], ids=["old token", "signed out"])
def test_it_gives_back_a_form_that_came_too_late(is_in):
    version, client = make_draft(), Client(enforce_csrf_checks=True)
    if is_in:
        client.force_login(cast.author())
    response = client.post(page(version), data_of(version, body="<p>Typed & <b>kept</b></p>"))
    text = response.content.decode()
    assert response.status_code == 403
    assert '<input type="hidden" name="body" value="&lt;p&gt;Typed &amp; &lt;b&gt;kept&lt;/b&gt;&lt;/p&gt;">' in text
    assert ("Sign in in another tab" in text) is not is_in
    assert FaqVersion.objects.get(pk=version.pk).body == version.body


def test_it_gives_back_nothing_that_another_site_sent():
    version, client = make_draft(), Client(enforce_csrf_checks=True)
    client.force_login(cast.author())
    data = data_of(version, body="<p>Planted</p>")
    response = client.post(page(version), data, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert "Planted" not in response.content.decode()


def test_it_marks_a_saved_draft_so_that_its_kept_text_is_forgotten(author):
    version = make_draft()
    text = author.get(page(version)).context["adminform"].form
    data = data_of(version, loaded=text["loaded"].value(), question="Other?")
    assert author.post(page(version), data).cookies["saved_draft"].value == str(version.pk)
    assert "saved_draft" not in author.post(page(version), {**data, "question": ""}).cookies


def test_it_takes_over_what_only_others_changed_and_shows_both_where_both_did():
    version = make_draft()
    read = clashes.fingerprints(version)
    version.question, version.body = "Theirs?", "<p>Same.</p><p>Theirs.</p>"
    typed = {"question": "How is it stored?", "body": "<p>Same.</p><p>Mine.</p>", "short_answer": version.short_answer}
    meeting = clashes.meet(version, typed, read)
    assert meeting.carried == {"question": "Theirs?"}
    (clash,) = meeting.clashes
    assert clash.mine == '<p>Same.</p><div class="clash-changed"><p>Mine.</p></div>'
    assert (clash.field, clash.stored) == ("body", "<p>Same.</p><p>Theirs.</p>")
