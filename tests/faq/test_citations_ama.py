"""References in AMA style: tables of CSL-JSON and the text that it must give."""

from typing import Any

import pytest

from faq.citations import ama
from faq.citations.ama import Link


def people(*names: str) -> list[dict[str, str]]:
    """Persons from "Family, Given", groups from names without a comma."""
    split = [name.split(", ") for name in names]
    return [{"family": parts[0], "given": parts[1]} if len(parts) == 2 else {"literal": parts[0]} for parts in split]


def on(*days: list[int]) -> dict[str, list[list[int]]]:
    return {"date-parts": list(days)}


def make_article(**fields: Any) -> dict[str, Any]:
    article = {
        "type": "article-journal",
        "author": people("Roe, Ann"),
        "title": "A trial",
        "container-title-short": "J Test",
        "issued": on([2025, 4, 8]),
        "volume": "85",
        "issue": "4",
        "page": "777-790",
    }
    return {name: field for name, field in (article | fields).items() if field is not None}


def make_poster(**fields: Any) -> dict[str, Any]:
    return {
        "type": "speech",
        "genre": "Poster",
        "author": people("Roe, Ann"),
        "title": "A poster",
        "event-title": "Test Congress",
        "event-date": on([2023, 5, 11], [2023, 5, 13]),
        "event-place": "Berlin, Germany",
        **fields,
    }


BHAGWAT = make_article(
    author=people("Bhagwat, Shripad V.", "Mur, Cecilia", "Vandekopple, M.", "A, B", "C, D", "E, F", "G, H"),
    title=(
        "Imlunestrant is an oral, brain-penetrant selective estrogen receptor degrader with potent antitumor "
        "activity in <i>ESR1</i> wild-type and mutant breast cancer"
    ),
    **{"container-title-short": "Cancer Res", "DOI": "10.1158/0008-5472.CAN-24-2608"},
)
VANDEKOPPLE = make_poster(
    author=people("Vandekopple, M", "Mur, C", "Shen, W", "A, B", "C, D", "E, F", "G, H"),
    title=(
        "Preclinical characterization of imlunestrant, an oral brain-penetrant selective estrogen receptor "
        "degrader with activity in a brain metastasis (BM) model"
    ),
    **{"event-title": "5th European Society for Medical Oncology Breast Cancer (ESMO-BC) Congress"},
    accessed=on([2023, 10, 11]),
    URL="https://cslide.ctimeetingtech.com/breast23hybrid/public/download_uploaded_media/pdf/125",
)
JHAVERI = make_article(
    author=people(
        "Jhaveri, Komal L.",
        "Neven, Patrick",
        "Casalnuovo, Monica L.",
        "A, B",
        "C, D",
        "E, F",
        "G, H",
        "EMBER-3 Study Group",
    ),
    title="Imlunestrant with or without abemaciclib in advanced breast cancer",
    volume=392,
    issue=12,
    page="1189–1202",
    DOI="https://doi.org/10.1056/NEJMoa2410858",
    URL="https://www.nejm.org/doi/full/10.1056/NEJMoa2410858",
    accessed=on([2025, 4, 25]),
    **{"container-title-short": "N Engl J Med", "container-title": "New England Journal of Medicine"},
)
SABCS = make_poster(
    author=people("Jhaveri, KL", "Neven, P", "Casalnuovo, ML", "A, B", "C, D", "E, F", "G, H"),
    title=(
        "Imlunestrant, an oral selective estrogen receptor degrader (SERD), as monotherapy and combined with "
        "abemaciclib, for patients with ER+, HER2- advanced breast cancer (ABC), pretreated with endocrine "
        "therapy (ET): results of the phase 3 EMBER-3 trial"
    ),
    **{
        "event-title": "47th Annual Meeting of the San Antonio Breast Cancer Symposium (SABCS)",
        "event-date": on([2024, 12, 10], [2024, 12, 13]),
        "event-place": "San Antonio, TX",
    },
)
REGISTRY = {
    "type": "webpage",
    "title": (
        "A study of imlunestrant, investigator's choice of endocrine therapy, and imlunestrant plus "
        "abemaciclib in participants with ER+, HER2- advanced breast cancer (EMBER-3)"
    ),
    "container-title": "ClinicalTrials.gov",
    "number": "NCT04975308",
    "issued": on([2025, 4, 8]),
    "accessed": on([2025, 4, 25]),
    "URL": "https://clinicaltrials.gov/ct2/show/NCT04975308",
}
SPECIMENS = [
    (
        BHAGWAT,
        "Bhagwat SV, Mur C, Vandekopple M, et al. Imlunestrant is an oral, brain-penetrant selective "
        "estrogen receptor degrader with potent antitumor activity in <i>ESR1</i> wild-type and mutant "
        "breast cancer. "
        "<em>Cancer Res</em>. 2025;85(4):777-790. doi:10.1158/0008-5472.CAN-24-2608",
    ),
    (
        VANDEKOPPLE,
        "Vandekopple M, Mur C, Shen W, et al. Preclinical characterization of imlunestrant, an oral "
        "brain-penetrant selective estrogen receptor degrader with activity in a brain metastasis (BM) "
        "model. Poster presented at: 5th European Society for Medical Oncology Breast Cancer (ESMO-BC) "
        "Congress; May 11-13, 2023; Berlin, Germany. Accessed October 11, 2023. "
        "https://cslide.ctimeetingtech.com/breast23hybrid/public/download_uploaded_media/pdf/125",
    ),
    (
        JHAVERI,
        "Jhaveri KL, Neven P, Casalnuovo ML, et al; EMBER-3 Study Group. Imlunestrant with or without "
        "abemaciclib in advanced breast cancer. <em>N Engl J Med</em>. 2025;392(12):1189-1202. "
        "doi:10.1056/NEJMoa2410858",
    ),
    (
        SABCS,
        "Jhaveri KL, Neven P, Casalnuovo ML, et al. Imlunestrant, an oral selective estrogen receptor "
        "degrader (SERD), as monotherapy and combined with abemaciclib, for patients with ER+, HER2- "
        "advanced breast cancer (ABC), pretreated with endocrine therapy (ET): results of the phase 3 "
        "EMBER-3 trial. Poster presented at: 47th Annual Meeting of the San Antonio Breast Cancer Symposium "
        "(SABCS); December 10-13, 2024; San Antonio, TX.",
    ),
    (
        REGISTRY,
        "A study of imlunestrant, investigator&#x27;s choice of endocrine therapy, and imlunestrant plus "
        "abemaciclib in participants with ER+, HER2- advanced breast cancer (EMBER-3). ClinicalTrials.gov "
        "identifier: NCT04975308. Updated April 8, 2025. Accessed April 25, 2025. "
        "https://clinicaltrials.gov/ct2/show/NCT04975308",
    ),
]

ARTICLES = [
    ({}, "Roe A. A trial. <em>J Test</em>. 2025;85(4):777-790."),
    ({"author": None}, "A trial. <em>J Test</em>. 2025;85(4):777-790."),
    ({"issue": None}, "Roe A. A trial. <em>J Test</em>. 2025;85:777-790."),
    ({"volume": None}, "Roe A. A trial. <em>J Test</em>. 2025;(4):777-790."),
    ({"page": "e123"}, "Roe A. A trial. <em>J Test</em>. 2025;85(4):e123."),
    ({"page": None, "number": "e45678"}, "Roe A. A trial. <em>J Test</em>. 2025;85(4):e45678."),
    ({"page": None, "number": "NCT04975308"}, "Roe A. A trial. <em>J Test</em>. 2025;85(4)."),
    ({"page": "S1-S9", "issue": "suppl 1"}, "Roe A. A trial. <em>J Test</em>. 2025;85(suppl 1):S1-S9."),
    ({"issued": None}, "Roe A. A trial. <em>J Test</em>. 85(4):777-790."),
    (
        {"container-title-short": None, "container-title": "Test"},
        "Roe A. A trial. <em>Test</em>. 2025;85(4):777-790.",
    ),
    ({"container-title-short": "J. Test."}, "Roe A. A trial. <em>J. Test.</em> 2025;85(4):777-790."),
    ({"title": "Is it?"}, "Roe A. Is it? <em>J Test</em>. 2025;85(4):777-790."),
    ({"title": "It is!"}, "Roe A. It is! <em>J Test</em>. 2025;85(4):777-790."),
    ({"title": "Stopped."}, "Roe A. Stopped. <em>J Test</em>. 2025;85(4):777-790."),
    ({"title": "“Why?”"}, "Roe A. “Why?” <em>J Test</em>. 2025;85(4):777-790."),
    ({"title": "Is <i>it?</i>"}, "Roe A. Is <i>it?</i> <em>J Test</em>. 2025;85(4):777-790."),
    ({"title": "10<sup>6</sup> cells"}, "Roe A. 10<sup>6</sup> cells. <em>J Test</em>. 2025;85(4):777-790."),
    (
        {"title": 'A "b" & <script>x</script>'},
        "Roe A. A &quot;b&quot; &amp; &lt;script&gt;x&lt;/script&gt;. <em>J Test</em>. 2025;85(4):777-790.",
    ),
    ({"author": people("O'Neil, Al")}, "O&#x27;Neil A. A trial. <em>J Test</em>. 2025;85(4):777-790."),
]

AHEAD = {"volume": None, "issue": None, "page": None}
ONLINE = [
    ({}, "Roe A. A trial. <em>J Test</em>. Published online April 8, 2025."),
    (
        {"DOI": "10.1000/Ab"},
        "Roe A. A trial. <em>J Test</em>. Published online April 8, 2025. doi:10.1000/Ab",
    ),
    ({"issued": None}, "Roe A. A trial. <em>J Test</em>."),
    (
        {"URL": "https://a.test/x", "accessed": on([2025, 5, 1])},
        "Roe A. A trial. <em>J Test</em>. Published online April 8, 2025. Accessed May 1, 2025. https://a.test/x",
    ),
    (
        {"URL": "https://a.test/x?a=1&b=2"},
        "Roe A. A trial. <em>J Test</em>. Published online April 8, 2025. https://a.test/x?a=1&amp;b=2",
    ),
    ({"URL": "javascript:alert(1)"}, "Roe A. A trial. <em>J Test</em>. Published online April 8, 2025."),
]

BROKEN: list[tuple[Any, str]] = [
    (None, ""),
    ([], ""),
    ("text", ""),
    ({}, ""),
    ({"type": ["speech"], "title": {"a": 1}, "author": 7}, ""),
    ({"type": "song", "title": "Untitled", "author": "Band"}, "Band. Untitled."),
    (
        make_article(author=[None, 3, {}, {"family": "Roe"}]),
        "Roe. A trial. <em>J Test</em>. 2025;85(4):777-790.",
    ),
    (make_article(issued="2025"), "Roe A. A trial. <em>J Test</em>. 85(4):777-790."),
    (
        make_article(issued={"date-parts": [[2025, 13, 1]]}),
        "Roe A. A trial. <em>J Test</em>. 2025;85(4):777-790.",
    ),
    (make_article(DOI="n/a"), "Roe A. A trial. <em>J Test</em>. 2025;85(4):777-790."),
    (make_article(URL="http://[broken"), "Roe A. A trial. <em>J Test</em>. 2025;85(4):777-790."),
    ({"type": "book", "title": "T", "edition": "9" * 9, "editor": "x"}, f"x, ed. <em>T</em>. {'9' * 9} ed."),
    ({"type": "speech", "accessed": 3, "event-date": [[1]]}, "Presented."),
]

LINKS = [
    (
        BHAGWAT | {"PMID": 39714259},
        ["https://doi.org/10.1158/0008-5472.CAN-24-2608", "https://pubmed.ncbi.nlm.nih.gov/39714259/"],
    ),
    (VANDEKOPPLE, [VANDEKOPPLE["URL"]]),
    (REGISTRY, ["https://clinicaltrials.gov/study/NCT04975308"]),
    (
        VANDEKOPPLE | {"number": "NCT04975308"},
        [VANDEKOPPLE["URL"], "https://clinicaltrials.gov/study/NCT04975308"],
    ),
    (
        make_article(DOI='10.1002/(SICI)1<1::AID>3.0;2-"#?'),
        ["https://doi.org/10.1002/(SICI)1%3C1::AID%3E3.0;2-%22%23%3F"],
    ),
    (make_article(URL="javascript:alert(1)", DOI="x", PMID="1/../2"), []),
    (SABCS, []),
    (None, []),
]

LABELS = [
    (VANDEKOPPLE, "Poster"),
    (make_poster(genre="Oral presentation", URL="https://a.test/"), "Presentation"),
    (make_article(URL="https://a.test/"), "Full text"),
    ({"type": "webpage", "URL": "https://a.test/"}, "Web page"),
    (REGISTRY, "ClinicalTrials.gov"),
    (BHAGWAT, "DOI"),
]


@pytest.mark.parametrize(("item", "expected"), SPECIMENS)
def test_it_writes_the_specimen_references(item, expected):
    assert ama.reference(item) == expected


@pytest.mark.parametrize(("fields", "expected"), ARTICLES)
def test_it_writes_journal_articles(fields, expected):
    assert ama.reference(make_article(**fields)) == expected


@pytest.mark.parametrize(("fields", "expected"), ONLINE)
def test_it_writes_articles_that_have_no_volume_yet(fields, expected):
    assert ama.reference(make_article(**(AHEAD | fields))) == expected


@pytest.mark.parametrize(("item", "expected"), BROKEN)
def test_it_writes_what_it_can_of_broken_data(item, expected):
    assert ama.reference(item) == expected
    assert isinstance(ama.links(item), list)


@pytest.mark.parametrize(("item", "expected"), LINKS)
def test_it_links_to_where_a_reference_can_be_looked_up(item, expected):
    assert [link.url for link in ama.links(item)] == expected


@pytest.mark.parametrize(("item", "label"), LABELS)
def test_it_labels_the_first_link(item, label):
    assert ama.links(item)[0].label == label


def test_it_gives_links_as_label_and_address():
    assert ama.links(make_article(PMID="12")) == [Link("PubMed", "https://pubmed.ncbi.nlm.nih.gov/12/")]
