"""A reference's own page: its form, what is told of likely duplicates, where it is used, and its fall."""

import json

import pytest

from faq.models import Reference, ReviewRequest
from tests import cast
from tests.factories import make_draft, make_published, make_reference

pytestmark = pytest.mark.django_db
LIST = "/admin/faq/reference/"
CITED = '<p>So it is.<cite data-ref="doe"></cite></p>'


@pytest.fixture
def doe():
    return make_reference("doe", title="A trial of something", custom={"kept": True}, DOI="10.1000/doe")


def page(reference, name="change"):
    return f"{LIST}{reference.pk}/{name}/"


def form_of(client, address):
    """What the browser would send if nobody touched anything."""
    form = client.get(address).context["adminform"].form
    told = {name: form[name].value() for name in form.fields}
    return {name: value if value is not None else "" for name, value in told.items()}


def test_saving_without_a_change_changes_nothing(author, doe):
    before = doe.csl
    response = author.post(page(doe), form_of(author, page(doe)))
    assert response.status_code == 302
    doe.refresh_from_db()
    assert doe.csl == before


def test_it_adds_by_the_fields_alone_and_makes_a_key(author):
    data = {"type": "article-journal", "title": "New", "authors": "Roe, A\nA Group", "issued": "2025-03", "doi": ""}
    author.post(f"{LIST}add/", {**data, "nct": "https://clinicaltrials.gov/study/NCT04975308", "csl": "null"})
    made = Reference.objects.get(key="roe-2025")
    assert made.csl == {
        "type": "article-journal",
        "title": "New",
        "author": [{"family": "Roe", "given": "A"}, {"literal": "A Group"}],
        "issued": {"date-parts": [[2025, 3]]},
        "number": "NCT04975308",
    }


def test_a_field_that_was_touched_counts_before_the_json(author, doe):
    changed = {**doe.csl, "volume": "7", "title": "By JSON"}
    author.post(page(doe), {**form_of(author, page(doe)), "csl": json.dumps(changed), "title": "By field"})
    doe.refresh_from_db()
    assert (doe.csl["title"], doe.csl["volume"], doe.csl["custom"]) == ("By field", "7", {"kept": True})


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("doi", "11.1/x", "A DOI looks like"),
        ("pmid", "123456789", "A PMID has one to eight digits"),
        ("nct", "NCT12", "A trial number is NCT and eight digits"),
        ("title", "", "Title is missing"),
        ("csl", "[1]", "not one bibliographic item"),
        ("csl", "{", "Enter a valid JSON"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(author, doe, field, text, told):
    response = author.post(page(doe), {**form_of(author, page(doe)), field: text})
    assert any(told in error for error in response.context["adminform"].form.errors[field])


def test_it_stores_nothing_that_no_column_can_hold(author, doe):
    changed = json.dumps({**doe.csl, "note": "a\x00b\ud800"})
    assert author.post(page(doe), {**form_of(author, page(doe)), "csl": changed}).status_code == 302
    doe.refresh_from_db()
    assert doe.csl["note"] == "ab"


def test_likely_duplicates_are_told_once(author, doe):
    data = {
        "type": "article-journal",
        "title": "Mine",
        "doi": "https://doi.org/10.1000/DOE",
        "csl": "null",
        "key": "mine",
    }
    told = author.post(f"{LIST}add/", data)
    assert "the same DOI" in told.content.decode()
    seen = told.context["adminform"].form["alike_seen"].value()
    assert author.post(f"{LIST}add/", {**data, "alike_seen": seen}).status_code == 302
    assert Reference.objects.count() == 2


def test_the_preview_follows_what_is_typed_and_stores_nothing(author, doe):
    data = {**form_of(author, page(doe)), "title": "Typed", "volume": "99"}
    content = author.post(f"{LIST}preview/?pk={doe.pk}", data).content.decode()
    assert "Doe JA. Typed. <em>J Test</em>. 2024;99:1-9. doi:10.1000/doe" in content
    fresh = author.post(f"{LIST}preview/", {"type": "book", "title": "Other", "doi": "10.1000/doe", "csl": "null"})
    assert "the same DOI" in fresh.content.decode()
    doe.refresh_from_db()
    assert doe.title == "A trial of something"


def test_only_those_who_may_write_get_a_preview(approver, doe):
    assert approver.post(f"{LIST}preview/?pk={doe.pk}", {}).status_code == 403
    assert approver.post(f"{LIST}preview/", {}).status_code == 403


def test_it_says_where_it_is_used_by_status(author, doe):
    published = make_published(body=CITED)
    make_draft(published.faq, body=CITED)
    uses = author.get(page(doe)).context["uses"]
    assert [(label, [version.number for version in rows]) for label, rows in uses] == [
        ("Published", [1]),
        ("Draft", [2]),
    ]


def test_the_list_of_versions_is_narrowed_to_those_that_cite_one(author, doe):
    draft = make_draft(body=CITED)
    make_draft()
    for key, found in (("doe", [draft]), ("nobody", [])):
        shown = author.get(f"/admin/faq/faqversion/?reference={key}").context["cl"].result_list
        assert list(shown) == found


def test_it_is_deleted_only_where_nothing_uses_it(client, doe):
    client.force_login(cast.administrator())
    draft = make_draft(body=CITED)
    assert client.post(page(doe, "delete"), {"post": "yes"}).status_code == 403
    draft.delete()
    client.post(page(doe, "delete"), {"post": "yes"})
    assert not Reference.objects.exists()


def test_its_fall_is_seen_before_it_is_done(approver, doe):
    version = make_published(body=CITED)
    shown = approver.get(page(doe, "retract"))
    assert list(shown.context["affected"]) == [version]
    told = {"reason": "Data made up.", "due": "2027-01-31", "notice_url": "example.org/notice"}
    assert approver.post(page(doe, "retract"), told, follow=True).status_code == 200
    doe.refresh_from_db()
    assert (doe.standing, doe.notice_url) == ("retracted", "https://example.org/notice")
    assert ReviewRequest.objects.get().faq == version.faq


def test_it_needs_a_reason_and_a_day(approver, doe):
    response = approver.post(page(doe, "retract"), {"reason": " "})
    assert set(response.context["form"].errors) == {"reason", "due"}


def test_an_author_supersedes_but_does_not_retract(author, doe):
    assert author.get(page(doe, "retract")).status_code == 403
    newer = make_reference("newer")
    author.post(page(doe, "supersede"), {"reason": "Longer.", "due": "2027-01-31", "successor": newer.pk})
    doe.refresh_from_db()
    assert (doe.standing, doe.successor) == ("superseded", newer)
    assert "took its place" in author.get(page(doe)).content.decode()
    author.post(page(doe, "reinstate"))
    doe.refresh_from_db()
    assert doe.standing == "current"


def test_a_reference_does_not_supersede_itself(author, doe):
    response = author.post(page(doe, "supersede"), {"reason": "x", "due": "2027-01-31", "successor": doe.pk})
    assert "does not supersede itself" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("q=10.1000/doe", ["doe"]),
        ("q=trial+2024", ["doe"]),
        ("q=zzz", []),
        ("use=unused", ["roe"]),
        ("use=used", ["doe"]),
        ("kind__exact=book", ["roe"]),
        ("standing__exact=retracted", []),
    ],
)
def test_the_list_finds_and_narrows(author, doe, query, keys):
    make_reference("roe", type="book", title="A book")
    make_draft(body=CITED)
    assert [row.key for row in author.get(f"{LIST}?{query}").context["cl"].result_list] == keys


def test_an_approver_reads_the_page(approver, doe):
    assert "A trial of something" in approver.get(page(doe)).content.decode()


def test_the_pages_ask_few_questions(author, doe, django_assert_max_num_queries):
    for _ in range(5):
        make_published(body=CITED)
    for address in (LIST, page(doe), f"{LIST}?use=unused"):
        with django_assert_max_num_queries(19):
            author.get(address)
