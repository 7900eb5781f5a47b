"""Citation files: what each format says, as the citation that it becomes."""

import time

import pytest

from faq.citations import ama
from faq.citations.formats import reading, tex

BIBTEX = r"""
@comment{nothing}
@string{nejm = "N Engl J Med"}
@article{jh25,
  author = {Jhaveri, Komal L and {\'E}lan, J{\"o}rg and {EMBER-3 Study Group} and Jan van der Berg and King, Jr., Al},
  title = {{Imlunestrant} with $\geq$ 10\textsuperscript{6} \textit{in vitro} \& \beta-blockers},
  journal = nejm, year = 2025, month = mar # "~27", volume = 392, number = 12, pages = {1189--1202},
  doi = {https://doi.org/10.1056/NEJMoa2410858},
}
@article{broken, title = {never closed
@misc{web, title = "A study", howpublished = "\url{https://clinicaltrials.gov/study/NCT04975308}", date = {2024-12-01}}
@article{jh25, title = {The same key}, journal = {J}, year = {2021}, volume = 1, title = {second}}
"""
RIS = """TY  - JOUR
AU  - Jhaveri, Komal L.
AU  - King, Martin Luther, Jr.
AU  - EMBER-3 Study Group
TI  - Imlunestrant with or without
      abemaciclib
T2  - New England Journal of Medicine
J2  - N Engl J Med
PY  - 2025
DA  - 2025/03/27/
VL  - 392
IS  - 12
SP  - 1189
EP  - 1202
DO  - doi.org/10.1056/NEJMoa2410858
DB  - PubMed
AN  - 39660834
ER  -

TY  - CONF
AU  - Vandekopple, Matthew
TI  - A poster
T2  - A congress
CY  - Chicago
PY  - 2023///May
ER  -
TY  - ODD
TI  - A thing
Y1  - 2020
"""
PUBMED = """PMID- 39660834
OWN - NLM
TI  - Imlunestrant with or without Abemaciclib in Advanced Breast
      Cancer.
PG  - 1189-1202
LID - 10.1056/NEJMoa2410858 [doi]
FAU - Jhaveri, Komal L
AU  - Jhaveri KL
FAU - King, Martin Luther Jr
AU  - King ML Jr
CN  - EMBER-3 Study Group
SI  - ClinicalTrials.gov/NCT04975308
DEP - 20241211
TA  - N Engl J Med
JT  - The New England journal of medicine
VI  - 392
IP  - 12
DP  - 2025 Mar 27
PMC - PMC1234

PMID- 123
TI  - Ahead of print?
LID - S0140 [pii]
AID - 10.1016/S0140-6736(25)00001-1 [doi]
AU  - Doe JA
DEP - 20250102
DP  - 2025 Feb
TA  - Lancet
PMID- 124
TI  - Taken back.
TA  - J
DP  - 2020 Mar-Apr
VI  - 1
PG  - e12
RIN - J. 2021;1:1
"""
CSL = """{"items": [
 {"type": "article-journal", "title": "One", "author": [{"family": "A", "given": "B", "orcid": 1}], "volume": "2"},
 {"type": "article-journal", "title": "Broken" "x", "author": [{"family": "A"}]},
 {"id": "c", "type": "thesis", "title": "Thr\\u0000ee", "publisher": "P"}
]}"""
GOOD = "2025;392(12):1189-1202. doi:10.1056/NEJMoa2410858"


@pytest.mark.parametrize(
    ("text", "name", "citations"),
    [
        (
            BIBTEX,
            "BibTeX",
            [
                "Jhaveri KL, Élan J, van der Berg J, King A Jr; EMBER-3 Study Group. Imlunestrant with ≥ 10<sup>6</sup>"
                f" <i>in vitro</i> &amp; β-blockers. <em>N Engl J Med</em>. {GOOD}",
                "",
                "A study. ClinicalTrials.gov identifier: NCT04975308. Updated December 1, 2024."
                " https://clinicaltrials.gov/study/NCT04975308",
                "The same key. <em>J</em>. 2021;1.",
            ],
        ),
        (
            RIS,
            "RIS",
            [
                "Jhaveri KL, King ML Jr; EMBER-3 Study Group. Imlunestrant with or without abemaciclib."
                f" <em>N Engl J Med</em>. {GOOD}",
                "Vandekopple M. A poster. Paper presented at: A congress; 2023; Chicago.",
                "A thing. 2020.",
            ],
        ),
        (
            PUBMED,
            "PubMed",
            [
                "Jhaveri KL, King ML Jr; EMBER-3 Study Group. Imlunestrant with or without Abemaciclib in Advanced"
                f" Breast Cancer. <em>N Engl J Med</em>. {GOOD}",
                "Doe JA. Ahead of print? <em>Lancet</em>. Published online January 2, 2025."
                " doi:10.1016/S0140-6736(25)00001-1",
                "Taken back. <em>J</em>. 2020;1:e12.",
            ],
        ),
        (CSL, "CSL-JSON", ["A B. One. 2.", "", "<em>Three</em>. P."]),
    ],
)
def test_it_reads(text, name, citations):
    found = reading.read(text)
    assert found.format == name
    assert [ama.reference(entry.item) if entry.item else "" for entry in found.entries] == citations


@pytest.mark.parametrize("text", [BIBTEX, RIS, PUBMED])
def test_it_does_not_mind_how_lines_end_or_where_the_file_begins(text):
    windows = "\ufeff" + text.replace("\n", "\r\n")
    assert [entry.item for entry in reading.read(windows).entries] == [
        entry.item for entry in reading.read(text).entries
    ]


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        (BIBTEX, 10, "Field 'title' is not closed."),
        (CSL, 3, "Is no JSON: Expecting ',' delimiter, line 3."),
        ("words before\n" + RIS, 1, "Does not begin with TY, as every entry of a RIS file does."),
        ("words before\n\n" + PUBMED, 1, "Does not begin with PMID-, as every entry of a PubMed file does."),
        ("TY  - JOUR\nER  -\n", 1, "title is missing."),
        ("TY  - JOUR\nTI  - x\nDO  - 10/x\n", 1, "DOI does not look like 10.1000/example."),
    ],
)
def test_it_says_what_is_wrong_and_where_and_keeps_the_words(text, line, problem):
    wrong = [entry for entry in reading.read(text).entries if entry.problems]
    assert [(entry.line, entry.problems) for entry in wrong] == [(line, [problem])]
    assert all(part.strip() in text for part in wrong[0].source.splitlines())


@pytest.mark.parametrize(
    ("text", "place", "remark"),
    [
        (RIS, 2, "Type 'ODD' is unknown and was taken for a document."),
        (PUBMED, 2, "PubMed says that this article was retracted: J. 2021;1:1"),
        (CSL, 2, "Type 'thesis' is laid out as 'report'."),
        ("TY  - JOUR\nTI  - x\nPY  - soon\n", 0, "The date 'soon' could not be read."),
    ],
)
def test_it_remarks_what_a_person_should_look_at(text, place, remark):
    assert reading.read(text).entries[place].remarks == [remark]


def test_it_keeps_identifiers_and_both_names_of_a_journal():
    item = reading.read(PUBMED).entries[0].item
    told = {name: item[name] for name in ("PMID", "PMCID", "number", "container-title", "container-title-short")}
    assert told == {
        "PMID": "39660834",
        "PMCID": "PMC1234",
        "number": "NCT04975308",
        "container-title": "The New England journal of medicine",
        "container-title-short": "N Engl J Med",
    }
    assert reading.read(RIS).entries[0].item["PMID"] == "39660834"


def test_it_loses_nothing_of_csl():
    assert reading.read(CSL).entries[0].item["author"] == [{"family": "A", "given": "B", "orcid": 1}]


@pytest.mark.parametrize("text", ["", "Jhaveri KL. Imlunestrant. 2025.", "\x00" * 100, "x" * 1_000_001])
def test_it_refuses_what_is_no_citation_file_or_too_much(text):
    with pytest.raises(reading.Unreadable):
        reading.read(text)


@pytest.mark.parametrize(
    "text",
    [
        "@article{\n" * 80_000,
        "".join(f"@article{{k{number},title={{T}},year={{2020}}}}\n" for number in range(10_000)),
        "TY  - JOUR\n" * 80_000,
        "PMID- 1\n" * 90_000,
        "[" + '{"type":"book","title":"x"},' * 30_000,
    ],
)
def test_ten_thousand_entries_are_refused_at_once(text):
    begun = time.process_time()
    with pytest.raises(reading.Unreadable, match="more than 400 entries"):
        reading.read(text)
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "text",
    [
        "@article{a,title={" + "{" * 880_000,
        "@article{a,title={" + r"\'e" * 200_000 + "}}",
        "@article{a," + 't="' * 200_000,
        "TY  - JOUR\n" + "x\n" * 440_000,
        "[" * 880_000,
        '{"a":' * 140_000,
        '[{"type":"book","title":"' + "<i>" * 200_000 + '"}]',
        '[{"type":"book","volume":1' + "0" * 880_000 + "}]",
    ],
)
def test_a_megabyte_of_junk_is_one_problem(text):
    begun = time.process_time()
    found = reading.read(text).entries
    assert len(found) == 1
    assert found[0].problems
    assert time.process_time() - begun < 5


def test_what_no_column_can_store_is_left_out():
    (entry,) = reading.read('{"type": "book", "title": "a\\u0000b\\ud800", "note": {"x": ["\\u0001"]}}').entries
    assert entry.item == {"type": "book", "title": "ab", "note": {"x": [""]}}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"Stra{\ss}e \o re", "Straße øre"),
        (r"\c{c}\v{s}\~n\'{\i}", "çšñí"),
        (r"CO$_2$ at 10$^{-3}$ $\mu$M", "CO<sub>2</sub> at 10<sup>-3</sup> µM"),
        (r"50\% of \$5 --- a_b #1", "50% of $5 — a_b #1"),
        (r"\unknown{kept} text}", "kept text"),
        (r"\textbf{{Deep}} \emph{slant", "Deep <i>slant</i>"),
        ("", ""),
    ],
)
def test_tex_becomes_text(written, read):
    assert tex.text(written) == read
