"""What readers are told of a source that was retracted after the answer was published."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from faq import standing
from tests import cast
from tests.factories import make_category, make_draft, make_drug, make_faq, make_market, make_published, make_reference

pytestmark = pytest.mark.django_db
CITED = '<p>So it is.<cite data-ref="roe"></cite><cite data-ref="doe"></cite></p>'


def retract(reference, **changes):
    told = {"reason": "Figures <made> up.", "notice_url": "https://example.org/notice", **changes}
    standing.retract(reference, by=cast.approver(), due=date(2027, 1, 1), **told)


@pytest.fixture
def doe():
    make_reference("roe")
    return make_reference("doe")


def page(client, version, **headers):
    return client.get(version.get_absolute_url(), headers=headers)


def test_the_answer_says_it_above_its_text_and_at_the_reference(client, doe):
    version = make_published(body=CITED)
    assert "retracted" not in page(client, version).content.decode()
    retract(doe)
    content = page(client, version).content.decode()
    above, _, below = content.partition('id="short-answer-title"')
    assert "A source of this answer was retracted" in above
    assert '<a href="#ref-2">Reference 2</a>: Figures &lt;made&gt; up.' in above
    assert "/us/leaving/?to=" in above.partition('id="retracted-2"')[2]
    assert '<li id="ref-2" value="2"><strong class="retracted"><a href="#retracted-2">Retracted</a></strong>' in below
    assert '<li id="ref-1" value="1">Doe' in below


def test_who_holds_the_page_from_before_is_given_the_new_one(client, doe):
    version = make_published(body=CITED)
    before = page(client, version)
    retract(doe)
    after = page(client, version, **{"if-none-match": before["ETag"], "if-modified-since": before["Last-Modified"]})
    assert (after.status_code, after["ETag"] != before["ETag"]) == (200, True)
    doe.refresh_from_db()
    assert page(client, version, **{"if-none-match": after["ETag"]}).status_code == 304


def test_what_was_taken_back_is_told_no_more(client, doe):
    version = make_published(body=CITED)
    retract(doe)
    standing.reinstate(doe, by=cast.approver())
    assert "retracted" not in page(client, version).content.decode()


def test_it_asks_the_database_no_more_for_it(client, doe, django_assert_num_queries):
    version = make_published(body=CITED)
    retract(doe)
    page(client, version)
    with django_assert_num_queries(2):
        page(client, version)


def test_a_german_page_says_it_in_german(client, doe):
    market = make_market("de", language_tag="de-DE", gate="none")
    version = make_published(make_faq(make_drug(category=make_category(market))), body=CITED)
    retract(doe, notice_url="")
    content = page(client, version).content.decode()
    assert "Eine Quelle dieser Antwort wurde zurückgezogen" in content
    assert ">Zurückgezogen</a>" in content


def test_the_document_says_it_too_and_is_a_new_one(client, doe):
    version = make_published(draft=make_draft(body=CITED))
    address = f"{version.get_absolute_url()}pdf/"
    before = client.get(address)
    retract(doe)
    after = client.get(address, headers={"if-none-match": before["ETag"]})
    words = " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(after.content)).pages).split())
    assert "A source of this answer was retracted" in words
    assert "Reference 2: Figures <made> up." in words
    assert "Retracted Doe" in words
