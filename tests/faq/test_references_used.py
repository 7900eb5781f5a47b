"""Where a reference is used: by its number, by its marker in a text that is still open, by a figure."""

import pytest

from faq import publishing, sources
from faq.models import Reference
from tests import cast
from tests.factories import make_draft, make_drug, make_faq, make_figure, make_market, make_published, make_reference

pytestmark = pytest.mark.django_db
CITED = '<p>So it is.<cite data-ref="doe"></cite></p>'
PLACED = '<figure data-figure="curve"></figure>'


@pytest.fixture
def doe():
    make_reference("doe-2")
    return make_reference("doe")


def used_in(reference):
    return list(sources.versions_using(reference))


@pytest.mark.parametrize("place", ["short_answer", "body"])
def test_the_marker_in_a_draft_is_a_use(doe, place):
    draft = make_draft(**{place: CITED})
    assert used_in(doe) == [draft]


def test_a_key_that_begins_another_is_no_use(doe):
    make_draft(body='<p>So it is.<cite data-ref="doe-2"></cite></p>')
    assert used_in(doe) == []


def test_a_draft_that_cites_no_more_is_no_use(doe):
    draft = make_draft(body=CITED)
    draft.body = "<p>Not so.</p>"
    draft.save()
    assert used_in(doe) == []


def test_a_source_of_a_figure_is_a_use_even_before_the_figure_is_placed(doe):
    draft = make_draft()
    make_figure(draft, sources=(doe,))
    assert used_in(doe) == [draft]


def test_a_marker_among_the_values_of_a_figure_is_a_use(doe):
    draft = make_draft(body=PLACED)
    make_figure(draft, values_table=f"<table><tr><td>{CITED}</td></tr></table>")
    assert used_in(doe) == [draft]


def test_what_visitors_read_comes_first_and_what_they_read_once_last(doe):
    first = make_published(body=CITED)
    second = make_published(first.faq, body=CITED)
    draft = make_draft(first.faq, body=CITED)
    waiting = make_draft(make_faq(make_drug(make_market("de"))), body=CITED)
    publishing.submit(waiting, by=cast.author())
    assert used_in(doe) == [second, waiting, draft, first]


def test_each_version_is_named_once_however_often_it_cites(doe):
    draft = make_draft(short_answer=CITED, body=CITED + PLACED)
    make_figure(draft, sources=(doe,))
    assert used_in(doe) == [make_published(draft=draft)]


def test_the_unused_are_those_that_no_version_cites():
    for key in ("cited", "drafted", "drawn", "tabled", "idle"):
        make_reference(key)
    make_published(body='<p>So.<cite data-ref="cited"></cite></p>')
    draft = make_draft(body='<p>So.<cite data-ref="drafted"></cite></p>')
    make_figure(draft, "one", sources=(Reference.objects.get(key="drawn"),))
    make_figure(draft, "two", values_table='<table><tr><td><cite data-ref="tabled"></cite></td></tr></table>')
    assert [row.key for row in sources.unused(Reference.objects.all())] == ["idle"]
    assert [row.key for row in sources.used(Reference.objects.all())] == ["cited", "drafted", "drawn", "tabled"]


def test_one_query_tells_all(doe, django_assert_num_queries):
    make_published(body=CITED)
    make_draft(body=CITED)
    with django_assert_num_queries(1):
        assert len(used_in(doe)) == 2
