"""The checklist: what keeps a draft from review, what is only warned of, and where it stands on the page."""

from datetime import date

import pytest
from django.core.management import call_command

from faq import checklist, publishing
from faq.checklist import State
from faq.checklist.sections import sections
from faq.models import FaqVersion
from tests import cast
from tests.factories import COMPANY_DATA, make_draft, make_faq, make_figure, make_published, make_reference
from tests.faq.administering import in_review, page

pytestmark = pytest.mark.django_db

CITE = '<cite data-ref="doe"></cite>'


def raw(version, **wording):
    """A draft that says exactly this, as it is stored past every form."""
    FaqVersion.objects.filter(pk=version.pk).update(**wording)
    return FaqVersion.objects.with_parts().get(pk=version.pk)


def draft(**wording):
    make_reference("doe")
    return raw(make_draft(), **wording)


def said(version, state=State.FAILED):
    return [item.sentence for item in checklist.check(version) if item.state is state]


def test_a_whole_draft_passes_everything():
    assert {item.state for item in checklist.check(draft())} == {State.PASSED}


@pytest.mark.parametrize(
    ("answer", "bare"),
    [
        (f"<p>One.{CITE} Two.{COMPANY_DATA}</p>", []),
        (f"<p>One. Two.{CITE}</p>", ["One."]),
        (f"<p>One.{CITE} Two.</p>", ["Two."]),
        (f"<p>In the U.S., e.g. in 0.5 mg vs. 1.5 mg (p = .03).{CITE}</p>", []),
        (f"<p>One{CITE}; so two.</p><p>Three.</p>", ["Three."]),
        ("<p>One.<cite></cite></p>", ["One."]),
        ("<p>One.\ue000</p>", ["One."]),
        (f"<p>10<sup>9</sup> is <em>much</em>.<br>More.{CITE}</p>", ["10⁹ is much."]),
    ],
)
def test_every_sentence_of_the_short_answer_names_a_source(answer, bare):
    found = [item.sentence for item in checklist.check(draft(short_answer=answer)) if item.key == "cited"]
    expected = [f"A sentence of the short answer has no source: “{sentence}”" for sentence in bare]
    assert found == (expected or ["Every sentence of the short answer has a source."])


@pytest.mark.parametrize(
    ("body", "uncited"),
    [
        (f"<h2>A</h2><p>So.{CITE}</p>", []),
        ("<h2>A</h2><p>So.</p>", ["A"]),
        (f"<p>Before.</p><h2>A</h2><p>So.{CITE}</p>", [""]),
        ("<p>All of it.</p>", [""]),
        (f"<h2>A{CITE}</h2><p>So.</p>", []),
        (f"<h2>A</h2><p>So.{COMPANY_DATA}</p>", []),
        (f"<h2>A</h2><ul><li><p>So.</p></li><li>Then.{CITE}</li></ul>", []),
        (f"<h2>A</h2><table><caption>T{CITE}</caption><tr><td>1 mg</td></tr></table>", []),
        ("<h2>A</h2><table><tr><td>1 mg</td></tr></table>", ["A"]),
        ('<h2>A</h2><p>As drawn.</p><figure data-figure="sourced"></figure>', []),
        ('<h2>A</h2><p>As drawn.</p><figure data-figure="bare"></figure>', ["A"]),
        ('<h2>A</h2><figure data-figure="bare"></figure>', []),
        ("<h2>A</h2>", []),
        (f"<h2>A</h2><p>So.</p><h3>B</h3><p>Then.{CITE}</p>", []),
        ("<h2>A</h2><h3>B</h3><p>Then.</p>", ["A"]),
        ('<h2>More</h2><p>Read on:</p><ul><li><a href="/us/">A poster</a> (2024)</li></ul>', []),
        ('<h2>More</h2><p>It is safe, as <a href="/us/">a poster</a> of 2024 says in detail.</p>', ["More"]),
        (f"<blockquote><p>Quoted.</p></blockquote><h2>A</h2><p>So.{CITE}</p>", [""]),
    ],
)
def test_every_section_that_claims_something_names_a_source(body, uncited):
    assert [part.title for part in sections(body, {"sourced"}) if part.is_uncited] == uncited


def test_a_part_without_a_source_of_its_own_is_only_warned_of():
    version = draft(body=f"<h2>A</h2><p>So.{CITE}</p><h3>B</h3><p>Then.</p>")
    assert said(version) == []
    assert said(version, State.WARNED) == ["The part “B” names no source of its own."]


@pytest.mark.parametrize(
    ("wording", "problem"),
    [
        ({"question": ""}, "The question is missing."),
        ({"short_answer": "<p></p>"}, "The short answer is missing."),
        ({"last_reviewed": None}, "The date of last review is missing."),
        ({"next_review": None}, "The date of the next review is missing."),
        ({"body": "<h2>A</h2><p>So.</p>"}, "The section “A” names no source."),
        ({"body": "<p>So.</p>"}, "The body names no source."),
        ({"body": f"<p>So.</p><h2>A</h2><p>B.{CITE}</p>"}, "The text before the first heading names no source."),
        ({"body": f"<p>So.{CITE}<cite></cite></p>"}, "A citation names no reference."),
        ({"body": f"<p>So.{CITE}</p><figure></figure>"}, "The text has a place for a figure, but does not say which."),
        ({"body": f'<p>So.{CITE} <span data-xref="x"></span></p>'}, "refers to a figure 'x' that it does not show"),
        ({"body": f'<p>So.{CITE} <a href="#section-x">There</a></p>'}, "leads to #section-x, which this page does not"),
        ({"body": f"<p>So.{CITE}</p><script>alert(1)</script>"}, "The body holds <script> that visitors do not get."),
        ({"short_answer": f"<h2>So.{CITE}</h2>"}, "The short answer holds <h2> that visitors do not get."),
        ({"body": f'<p class="x">So.{CITE}</p>'}, "The body holds markup that visitors do not get."),
    ],
)
def test_each_fault_keeps_a_draft_from_review(wording, problem):
    version = draft(**wording)
    assert any(problem in sentence for sentence in said(version)), said(version)
    with pytest.raises(publishing.NotReady):
        publishing.submit(version, by=cast.author())


def test_a_link_within_the_page_may_lead_to_a_section_and_to_the_references():
    body = f'<h2>How so</h2><p>So.{CITE} <a href="#section-how-so">Up</a> <a href="#references">Down</a></p>'
    assert said(draft(body=body)) == []


def test_a_link_to_an_answer_that_nobody_can_read_is_warned_of():
    other = make_draft()
    path = other.faq.get_absolute_url()
    version = draft(body=f'<p>So.{CITE} <a href="{path}">There</a> <a href="/us/products/">Drugs</a></p>')
    assert said(version, State.WARNED) == [f"A link leads to {path}, where no answer is published today."]
    make_published(draft=other)
    assert said(version, State.WARNED) == []


def test_a_next_review_that_has_passed_is_warned_of():
    version = draft(last_reviewed=date(2020, 1, 1), next_review=date(2021, 1, 1))
    assert said(version, State.WARNED) == ["The date of the next review has passed."]


def test_a_figure_needs_a_description():
    version = draft(body=f'<p>So.{CITE}</p><figure data-figure="curve"></figure>')
    make_figure(version, description=" ")
    assert said(FaqVersion.objects.with_parts().get(pk=version.pk)) == ["Figure 'curve' has no description."]


def test_what_was_approved_elsewhere_is_warned_as_long_as_nobody_wrote_in_it():
    bare = {"short_answer": "<p>So.</p>", "body": "<p>So.</p>"}
    version = raw(make_draft(make_faq(), imported_from="elsewhere"), **bare)
    assert (len(said(version)), len(said(version, State.WARNED))) == (0, 2)
    publishing.write(version, by=cast.author())
    assert len(said(version)) == 2


@pytest.mark.parametrize(("pages", "state"), [(1, State.PASSED), (5, State.PASSED), (6, State.WARNED)])
def test_more_than_five_printed_pages_are_warned_of(pages, state):
    assert checklist.length(pages).state is state


def test_the_page_leads_an_author_to_each_fault(author):
    text = author.get(page(draft(short_answer="<p>So.</p>"))).content.decode()
    assert "1 to see to before review" in text
    assert 'href="#id_short_answer" data-leads-to="id_short_answer">A sentence of the short answer has no' in text


def test_the_page_shows_the_checklist_to_the_approver(approver):
    response = approver.get(page(in_review()))
    assert "Ready</span>" in response.content.decode()
    assert "data-leads-to" not in response.content.decode()


def test_the_printed_pages_are_counted_when_asked_for(author):
    long = "".join(f"<p>{'Word ' * 400}{number}.{CITE}</p>" for number in range(14))
    version = draft(body=long)
    text = author.get(f"/admin/faq/faqversion/{version.pk}/length/").content.decode()
    assert "checklist-item--warned" in text
    assert "an answer aims at 5 at most." in text
    assert author.get("/admin/faq/faqversion/0/length/").status_code == 404


def test_a_refused_submission_says_everything_that_is_missing(author):
    version = draft(short_answer="<p>One. Two.</p>", body="<h2>A</h2><p>So.</p>")
    with pytest.raises(publishing.NotReady) as refusal:
        publishing.submit(version, by=cast.author())
    assert len(refusal.value.problems) == 3


def test_revisions_of_the_demonstration_can_be_submitted():
    call_command("load_demonstration", verbosity=0)
    versions = FaqVersion.objects.with_parts().published()
    for version in versions:
        version.imported_from = ""
    assert {str(version): said(version) for version in versions if said(version)} == {}
