"""Finding a reference in the library by what somebody types."""

import pytest

from faq.models import Reference
from tests.factories import make_reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def jhaveri():
    make_reference("doe-2020", title="Something else")
    return make_reference(
        "jhaveri-2025",
        title="Imlunestrant with or without Abemaciclib in Advanced Breast Cancer",
        author=[{"family": "Jhaveri", "given": "Komal L"}, {"family": "Doe", "given": "J"}],
        issued={"date-parts": [[2025, 3, 27]]},
        DOI="10.1056/NEJMoa2410858",
        PMID="39660834",
        number="NCT04975308",
    )


@pytest.mark.parametrize(
    "text",
    [
        "jhaveri-2025",
        "Jhavéri",
        "2025 imlu",
        "10.1056/NEJMoa2410858",
        "doi:10.1056/nejm".removeprefix("doi:"),
        "39660834",
        "nct04975308",
        "IMLUNESTRANT without abema",
    ],
)
def test_it_is_found_by(jhaveri, text):
    assert list(Reference.objects.matching(text)) == [jhaveri]


@pytest.mark.parametrize("text", ["jhaveri 2024", "lunestrant", "' | x:* & (", "jhaveri \x00 zzz"])
def test_it_is_not_found_by(jhaveri, text):
    assert not Reference.objects.matching(text).exists()


def test_no_word_finds_all(jhaveri):
    assert Reference.objects.matching(" -/ ").count() == 2


def test_it_is_found_by_its_new_words_after_a_change(jhaveri):
    jhaveri.csl = {**jhaveri.csl, "title": "Straße und Łódź"}
    jhaveri.save()
    assert list(Reference.objects.matching("strasse lodz")) == [jhaveri]
    assert not Reference.objects.matching("imlunestrant").exists()


def test_what_a_source_is_told_apart_by_is_kept_in_columns(jhaveri):
    found = Reference.objects.values("kind", "pmid", "nct", "author").get(pk=jhaveri.pk)
    assert found == {"kind": "article-journal", "pmid": "39660834", "nct": "NCT04975308", "author": "jhaveri"}
