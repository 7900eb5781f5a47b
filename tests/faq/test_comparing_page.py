"""The page that lays two versions beside each other, and what an approver sees of it."""

import re

import pytest
from django.utils.html import strip_tags

from faq import publishing
from faq.models import FaqVersion
from tests import cast
from tests.factories import make_draft, make_figure, make_published, make_reference
from tests.faq.administering import LIST, page

pytestmark = pytest.mark.django_db


def address(version, other=None):
    return f"{LIST}{version.pk}/compare/" + (f"?with={other.pk}" if other else "")


def content(client, version, other=None):
    return client.get(address(version, other)).content.decode()


def make_two():
    """A published version that says 0.47, and a draft that says 0.74."""
    make_reference("doe")
    draft = make_draft(body='<h2>Data</h2><p>The ratio was 0.47 here.<cite data-ref="doe"></cite></p>')
    old = make_published(draft=draft)
    new = publishing.revise(old.faq, by=cast.author())
    new.body = new.body.replace("0.47", "0.74")
    new.what_changed = "The ratio was corrected."
    new.save()
    return old, new


def changed(markup, tag):
    return [" ".join(strip_tags(words).split()) for words in re.findall(rf"<{tag}>(.*?)</{tag}>", markup)]


def test_it_compares_a_draft_with_what_visitors_read(author):
    _, new = make_two()
    shown = content(author, new)
    assert "removed: 0.47 end of change" in changed(shown, "del")
    assert "added: 0.74 end of change" in changed(shown, "ins")
    assert '<span class="visually-hidden"> removed: </span>' in shown
    assert "Comparison of version 1 and version 2" in shown


def test_it_compares_with_the_version_that_is_chosen(author):
    first, second = make_two()
    publishing.submit(second, by=cast.author())
    publishing.approve(second, by=cast.approver())
    publishing.publish(FaqVersion.objects.get(pk=second.pk), by=cast.approver())
    third = publishing.revise(first.faq, by=cast.author())
    assert "Comparison of version 2 and version 3" in content(author, third)
    assert "Comparison of version 1 and version 3" in content(author, third, first)
    assert "Comparison of version 1 and version 2" in content(author, first, second)


def test_a_first_version_has_nothing_beside_it(author):
    assert "only one version" in content(author, make_draft())


def test_another_question_is_never_compared(author):
    _, new = make_two()
    assert "Comparison of version 1 and version 2" in content(author, new, make_draft())
    assert author.get(f"{LIST}999999/compare/").status_code == 404


def test_only_staff_who_see_versions_compare(client):
    _, new = make_two()
    assert client.get(address(new)).status_code == 302
    client.force_login(cast.inquiry_handler())
    assert client.get(address(new)).status_code == 403


def test_the_version_leads_to_it_and_the_approver_sees_what_changes_at_once(client):
    _, new = make_two()
    publishing.submit(new, by=cast.author())
    client.force_login(cast.approver())
    shown = client.get(page(new)).content.decode()
    assert f'href="{address(new)}"' in shown
    assert "What changes for visitors" in shown
    assert "removed: 0.47 end of change" in changed(shown, "del")


def test_what_staff_wrote_is_escaped(author):
    old = make_published(question="Is 5 < 6 & 7?")
    new = publishing.revise(old.faq, by=cast.author())
    FaqVersion.objects.filter(pk=new.pk).update(question="Is <script>alert(1)</script> 6?")
    shown = content(author, new)
    assert "<script>alert" not in shown
    assert "&lt;" in shown
    assert "&amp;" in shown


def test_it_takes_few_queries_however_much_there_is(author, django_assert_max_num_queries):
    body = "".join(f'<figure data-figure="f{n}"></figure>' for n in range(12))
    draft = make_draft(body=body)
    for n in range(12):
        make_figure(draft, f"f{n}", sources=(make_reference(),))
    new = publishing.revise(make_published(draft=draft).faq, by=cast.author())
    with django_assert_max_num_queries(20):
        assert author.get(address(new)).status_code == 200
