"""The marker of company data: stored, shown to visitors, printed, and left out of what search reads."""

import pytest

from faq.citations.finding import find
from faq.citations.markers import Writer
from faq.documents import inlines, tree
from faq.imports.markup import losses
from faq.search.models import SearchEntry
from portal.lib.html import sanitise, sanitise_line, text
from tests.factories import make_drug, make_market, make_published, make_reference
from tests.factories import make_faq as make_question

MARKER = '<cite data-source="company"></cite>'
NOTE = '<small class="company-data"> (company data)</small>'


def write(markup, **numbers):
    return Writer(numbers, {}, None).write(markup)


@pytest.mark.parametrize("clean", [sanitise, sanitise_line])
def test_the_allow_list_keeps_the_marker_and_no_other_source(clean):
    assert clean(f"<p>So.{MARKER}</p>") == f"<p>So.{MARKER}</p>"
    assert clean('<p>So.<cite data-source="hearsay"></cite></p>') == "<p>So.<cite></cite></p>"


@pytest.mark.parametrize(
    ("markup", "written"),
    [
        (f"<p>So.{MARKER}</p>", f"<p>So.{NOTE}</p>"),
        (f"<p>So. {MARKER} More</p>", f"<p>So. {NOTE.replace('> ', '>')} More</p>"),
        (f"<p>So.{MARKER}{MARKER} More</p>", f"<p>So.{NOTE} More</p>"),
        (f"<table><tr><td>5 mg{MARKER}</td></tr></table>", f'<td class="short">5 mg{NOTE}</td>'),
        (f"<h2>Dose{MARKER}</h2>", f'<h2 id="section-dose">Dose{NOTE}</h2>'),
        ('<p>So.<cite data-source="company">made up</cite></p>', f"<p>So.{NOTE}</p>"),
    ],
)
def test_it_becomes_a_note(markup, written):
    assert written in write(markup)


@pytest.mark.parametrize("order", ["#{0}", "{0}#", "{0} #"])
def test_it_stands_behind_the_numbers_beside_it_and_takes_none(order):
    markers = order.format(MARKER).replace("#", '<cite data-ref="a"></cite><cite data-ref="b"></cite>')
    html = write(f"<p>So.{markers} Then.</p>", a=1, b=2)
    assert html.count("<sup") == 1
    assert html.endswith(f"2</a></sup>{NOTE} Then.</p>")


def test_a_marker_that_names_a_reference_too_is_company_data_alone():
    markup = '<p>So.<cite data-source="company" data-ref="nobody"></cite></p>'
    assert list(find(markup)) == []
    assert write(markup) == f"<p>So.{NOTE}</p>"


def test_plain_words_leave_it_out_with_its_space():
    assert text(f"<p>Store it{NOTE}. Keep it dry.{NOTE}</p>") == "Store it. Keep it dry."


def test_it_is_printed_as_a_small_note():
    run = tree.line(f"So.{NOTE} Then.", "https://portal.example/")
    assert inlines.words(run) == "So. (company data) Then."
    assert {"kind": "small", "text": [" (company data)"]} in run


def test_an_import_may_hold_it():
    assert losses(f"<p>So.{MARKER}</p>") == []
    assert losses("<p>So.<cite></cite></p>") == ["<cite> needs data-ref"]


@pytest.mark.django_db
def test_visitors_read_it_in_the_language_of_their_market(client):
    make_reference("doe")
    german = make_question(make_drug(make_market("de", language_tag="de-DE", is_default=False)))
    version = make_published(german, short_answer=f'<p>Kühl.{MARKER}</p><p>Trocken.<cite data-ref="doe"></cite></p>')
    page = client.get(version.get_absolute_url()).content.decode()
    assert 'Kühl.<small class="company-data"> (Daten des Unternehmens)</small>' in page
    assert "Trocken.<sup" in page
    assert len(SearchEntry.objects.get(faq=german).answer.split()) == len(["kühl", "trocken"])
