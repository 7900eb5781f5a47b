"""What visitors get of a version's stored wording."""

import pytest
from django.urls import reverse

from faq import checklist, publishing, rendering
from faq.models import FaqVersion
from tests.factories import make_draft, make_figure, make_published, make_reference
from tests.faq.importing import full, load, published, refused

pytestmark = pytest.mark.django_db


def cite(*keys: str) -> str:
    return "".join(f'<cite data-ref="{key}"></cite>' for key in keys)


def rendered(version: FaqVersion) -> rendering.Rendered:
    fetched = FaqVersion.objects.with_parts().get(pk=version.pk)
    return rendering.render(rendering.wording_of(fetched))


def test_references_are_numbered_by_first_appearance_over_the_whole_answer():
    for key in "abc":
        make_reference(key)
    version = make_draft(
        short_answer=f"<p>First.{cite('c')}</p>", body=f"<p>Then.{cite('a')} Last.{cite('b', 'c')}</p>"
    )
    assert [reference.key for reference in rendered(version).cited] == ["c", "a", "b"]


def test_the_sources_of_a_figure_count_where_the_figure_stands():
    late, early = make_reference("late"), make_reference("early")
    version = make_draft(body=f'<figure data-figure="curve"></figure><p>x{cite("late")}</p>')
    make_figure(version, sources=(early,))
    assert rendered(version).cited == [early, late]


def test_a_figure_shows_everything_that_makes_it_readable():
    version = make_draft(body='<p>See <span data-xref="curve"></span>.</p><figure data-figure="curve"></figure>')
    make_figure(version, title="Curves", note="Post hoc.", values_table="<table><tr><td>1.6%</td></tr></table>")
    body = rendered(version).body
    for words in ("Figure 1.", "Curves", "described below", "Two curves", "CI = confidence", "Post hoc.", "1.6%"):
        assert words in body
    assert 'width="40" height="20"' in body


def test_a_reference_is_written_in_ama_style_with_its_links():
    make_reference("doe", DOI="10.1000/xyz", title="On <b>bold</b> & other things")
    references = rendered(make_draft(body=f"<p>x{cite('doe')}</p>")).references
    assert "Doe JA. On" in references
    assert "<b>" not in references
    assert 'href="https://doi.org/10.1000/xyz"' in references
    assert 'href="#cite-1"' in references


def test_an_override_takes_the_place_of_the_ama_form_and_is_escaped():
    reference = make_reference("doe")
    reference.formatted_override = "As written by <hand>."
    reference.save()
    assert "As written by &lt;hand&gt;." in rendered(make_draft(body=f"<p>x{cite('doe')}</p>")).references


def test_scripts_never_reach_a_visitor_even_when_written_past_the_model():
    version = make_draft()
    FaqVersion.objects.filter(pk=version.pk).update(body='<p onclick="x()">a<script>alert(1)</script></p>')
    assert rendered(version).body == "<p>a</p>"


def test_rendering_twice_gives_the_same_bytes():
    make_reference("doe")
    version = make_draft(body=f"<h2>A</h2><p>x{cite('doe')}</p>")
    assert rendered(version) == rendered(version)


def test_reading_time_counts_words_and_is_never_nothing():
    assert rendered(make_draft(body="<p>Short.</p>")).reading_minutes == 1
    assert rendered(make_draft(body=f"<p>{'word ' * 952}</p>")).reading_minutes == 4


@pytest.mark.parametrize(
    ("change", "value"),
    [("question", "Other?"), ("body", "<p>Other.</p>"), ("short_answer", "<p>O.</p>"), ("what_changed", "All.")],
)
def test_the_hash_changes_with_whatever_is_shown(change, value):
    one, two = make_draft(), make_draft(**{change: value})
    for version in (one, two):
        publishing.render(version, rendering.wording_of(version))
    assert one.content_sha256 != two.content_sha256


def test_numbers_and_symbols_reach_the_page_as_they_were_written():
    body = "<p>HR 0.47 (95% CI, 0.16-1.38); ≥28 days; 1.6% v 3.0%; 10<sup>9</sup>/L; 5 µg ± 2 °C</p>"
    written = make_published(body=body).rendered_body
    assert written.replace('<small class="company-data"> (company data)</small>', "") == body


def values(inner: str) -> str:
    return f"<table><tbody><tr><td>{inner}</td></tr></tbody></table>"


def test_the_values_of_a_figure_may_cite_and_refer_to_another_figure():
    reference = make_reference("doe")
    version = make_draft(body='<figure data-figure="curve"></figure><figure data-figure="bars"></figure>')
    make_figure(version, values_table=values(f'See <span data-xref="bars"></span>{cite("doe")}'))
    make_figure(version, "bars", title="Bars")
    assert checklist.problems(version) == []
    done = rendered(version)
    assert 'href="#figure-2" title="Bars">Figure 2' in done.body
    assert done.cited == [reference]


def test_markers_that_lead_nowhere_are_found_in_the_values_of_a_figure():
    version = make_draft(body='<figure data-figure="curve"></figure>')
    make_figure(version, values_table=values(f'<span data-xref="bars"></span>{cite("roe")}'))
    assert checklist.problems(version) == [
        "No reference has the key 'roe'.",
        "The text refers to a figure 'bars' that it does not show.",
    ]


def row_whose_values_refer_to(key=""):
    row = full()
    figure = row["figures"][0]
    figure["values_table"] = values(f'<span data-xref="{key or figure["key"]}"></span>')
    return row


def test_an_import_takes_cross_references_in_the_values_of_a_figure():
    row = row_whose_values_refer_to()
    load(row)
    assert 'href="#figure-1"' in published(row["content_id"]).rendered_body


def test_an_import_refuses_cross_references_to_nothing_in_the_values_of_a_figure():
    assert "refers to a figure 'bars' that it does not show" in refused(row_whose_values_refer_to("bars"))


def test_a_reference_that_the_values_of_an_open_version_cite_cannot_be_deleted(root):
    reference = make_reference("doe")
    version = make_draft(body='<figure data-figure="curve"></figure>')
    make_figure(version, values_table=values(cite("doe")))
    address = reverse("admin:faq_reference_delete", args=[reference.pk])
    assert root.post(address, {"post": "yes"}).status_code == 403
