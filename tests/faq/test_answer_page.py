"""What stands beside the text of an answer: the list of its contents, what changed, and the ways to take it along."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from tests.factories import make_draft, make_faq, make_figure, make_published, make_reference, make_resource

pytestmark = pytest.mark.django_db


def content(client, version):
    return client.get(version.get_absolute_url()).content.decode()


def make_illustrated(body='<h2>Trial</h2><figure data-figure="curve"></figure><figure data-figure="bars"></figure>'):
    draft = make_draft(body=body)
    make_figure(draft, title="Survival <of> all", sources=(make_reference("doe"),))
    make_figure(draft, "bars", title="Rates")
    make_resource(draft)
    return make_published(draft=draft)


def listed(page):
    nav = page.partition('<nav class="contents"')[2].partition("</nav>")[0]
    return [(place, unescape(words)) for place, words in re.findall(r'<a href="#([^"]+)">(.*?)</a>', nav)]


def test_it_lists_sections_what_follows_them_and_figures_by_number_and_title(client):
    page = content(client, make_illustrated())
    assert listed(page) == [
        ("section-trial", "Trial"),
        ("references", "References"),
        ("resources", "Additional related information"),
        ("figure-1", "Figure 1. Survival <of> all"),
        ("figure-2", "Figure 2. Rates"),
    ]
    assert "1 section, 2 figures" in page
    assert 'href="#contents"' in page


@pytest.mark.parametrize("body", ["<p>Short.</p>", "<h2>Dose</h2><p>One section.</p>"])
def test_it_lists_nothing_of_a_short_answer(client, body):
    page = content(client, make_published(body=body))
    assert listed(page) == []
    assert 'href="#contents"' not in page


def test_a_figure_has_one_number_wherever_it_is_named(client):
    page = content(
        client,
        make_illustrated(
            '<p>See <span data-xref="curve"></span>.</p>'
            + "".join(f'<figure data-figure="{key}"></figure>' for key in ("bars", "curve"))
        ),
    )
    figure = page.partition('id="figure-2"')[2].partition("</figure>")[0]
    assert "Figure 2.</span> Survival" in figure
    assert 'alt="Figure 2, described below.' in figure
    assert "Figure 2 description:" in figure
    assert '<a class="xref" href="#figure-2" title="Survival &lt;of&gt; all">Figure 2<' in page
    assert ("figure-2", "Figure 2. Survival <of> all") in listed(page)


def test_it_says_what_changed_and_since_when(client):
    version = make_published(make_published().faq, what_changed="The dose for <children>.")
    page = content(client, version)
    changes = page.partition('<section class="changes"')[2].partition("</section>")[0]
    assert "What changed in version 2" in changes
    assert "The dose for &lt;children&gt;." in changes
    assert f'<time datetime="{timezone.localdate(version.published_at).isoformat()}">' in changes


def test_the_first_version_changed_nothing(client):
    assert 'class="changes"' not in content(client, make_published(what_changed="First version."))


def test_what_is_copied_names_the_version_and_what_is_shown_does_not(client):
    version = make_published(make_faq(content_id="US_cFAQ_1"), question='Is "it" safe & sound?')
    page = content(client, version)
    link = "http://testserver/us/answers/US_cFAQ_1/"
    copied = [unescape(text) for text in re.findall(r'data-copy="([^"]+)"', page)]
    assert copied == [
        f"{link}?version=1",
        f'Aldermoor Medical. Is "it" safe & sound? US_cFAQ_1, version 1. Last reviewed March 2, 2026. {link}?version=1',
    ]
    assert f'<a href="/us/answers/US_cFAQ_1/">{link}</a>' in page


def test_a_mail_tells_the_question_the_version_and_the_link(client):
    version = make_published(make_faq(content_id="US_cFAQ_1"), question="Is 5 % + 1 & more safe?")
    [address] = re.findall(r'href="(mailto:[^"]+)"', content(client, version))
    mail = parse_qs(urlsplit(unescape(address)).query, strict_parsing=True)
    assert mail["subject"] == ["Is 5 % + 1 & more safe?"]
    assert mail["body"][0].split("\r\n") == [
        "Is 5 % + 1 & more safe?",
        "",
        "Aldermoor Medical",
        "US_cFAQ_1, version 1",
        "http://testserver/us/answers/US_cFAQ_1/?version=1",
    ]
