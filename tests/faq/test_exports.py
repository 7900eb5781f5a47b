import json

import pytest

from faq import exports
from faq.models import FaqVersion
from tests.factories import make_draft, make_drug, make_faq, make_figure, make_published, make_reference, make_resource

pytestmark = pytest.mark.django_db


def make_everything():
    drug = make_drug(slug="corvadune", name="Corvadune", names=("Corvad",))
    faq = make_faq(drug, topics=("Dosing",), phrasings=("How much?",), content_id="US_1", number=1001)
    body = '<p>Twice daily.<cite data-ref="doe-1"></cite></p><figure data-figure="curve"></figure>'
    draft = make_draft(faq, body=body)
    make_figure(draft, "curve", sources=(make_reference("doe-2"),))
    make_reference("doe-1")
    make_resource(draft)
    return draft


def row_of(version):
    return exports.as_row(exports.for_export(FaqVersion.objects.filter(pk=version.pk)).get())


def test_a_row_holds_everything_in_a_fixed_order():
    row = row_of(make_published(draft=make_everything()))
    assert list(row)[:4] == ["market", "drug", "content_id", "number"]
    assert list(row)[-3:] == ["figures", "related_resources", "references"]
    assert (row["topics"], row["other_phrasings"], row["version"]) == (["Dosing"], ["How much?"], 1)
    assert (row["last_reviewed"], row["next_review"]) == ("2026-03-02", "2028-03-02")
    assert row["drug"]["names"] == [{"name": "Corvad", "kind": "brand"}]
    assert row["related_resources"][0]["kind"] == "poster"


def test_it_lists_cited_references_and_the_sources_of_figures_in_order():
    assert [item["key"] for item in row_of(make_published(draft=make_everything()))["references"]] == ["doe-1", "doe-2"]


def test_a_draft_lists_the_references_that_its_text_cites():
    assert {item["key"] for item in row_of(make_everything())["references"]} == {"doe-1", "doe-2"}


def test_a_figure_holds_its_image():
    figure = row_of(make_everything())["figures"][0]
    assert figure["image"].startswith("data:image/svg+xml;base64,")
    assert figure["sources"] == ["doe-2"]


def test_a_row_is_json():
    row = row_of(make_published(draft=make_everything()))
    assert json.loads(json.dumps(row)) == row


def test_many_rows_cost_as_many_queries_as_one(django_assert_max_num_queries):
    for _ in range(3):
        make_published()
    with django_assert_max_num_queries(12):
        rows = [exports.as_row(version) for version in exports.for_export(FaqVersion.objects.published())]
    assert len(rows) == 3
