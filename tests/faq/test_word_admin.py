import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from faq import publishing
from faq.models import FaqVersion, WordImport
from portal.lib.admin import change_url
from tests import cast
from tests.factories import make_draft, make_faq, make_published
from tests.faq.administering import LIST, in_review, page
from tests.faq.word_files import docx, p, picture, png, run

pytestmark = pytest.mark.django_db

CONTENT = docx(
    p("How is it stored?", style="Title"),
    p("Store it below 25 °C."),
    p("Storage", style="Heading1"),
    p("Keep it dry.", run("7", "sup")),
    p(picture("rIda.png")),
    p("Figure 1. Curves"),
    media={"a.png": png()},
)


def upload(client, faq, content=CONTENT, name="answer.docx", **data):
    chosen = {"faq": faq.pk, **data}
    return client.post(f"{LIST}word/", {**chosen, "file": SimpleUploadedFile(name, content)})


def seen(client, second):
    """What the second page remembers of the draft."""
    return re.search(r'name="seen" value="(\w+)"', client.get(second).content.decode())[1]


def brought(client, faq=None):
    """The address of the second page for a file that was read."""
    return upload(client, faq or make_faq())["Location"]


def test_a_file_becomes_a_draft_on_the_second_page(author):
    faq = make_faq()
    second = brought(author, faq)
    shown = author.get(second).content.decode()
    assert "Keep it dry." in shown
    assert "no list of references" in shown
    assert not faq.versions.exists()
    answer = author.post(second, {"question": "How is it stored today?"})
    draft = faq.versions.get()
    assert answer["Location"] == change_url(draft)
    assert (draft.question, draft.short_answer) == ("How is it stored today?", "<p>Store it below 25 °C.</p>")


def test_the_draft_shows_the_report_until_it_is_dismissed(author):
    second = brought(author)
    draft = FaqVersion.objects.get(pk=author.post(second, {"question": "How?"})["Location"].split("/")[-3])
    kept = author.get(page(draft)).content.decode()
    assert "Left to do after the import of answer.docx" in kept
    assert "has no description" in kept
    author.post(f"{LIST}word/{draft.word_import.pk}/dismiss/")
    assert "Left to do" not in author.get(page(draft)).content.decode()
    assert not WordImport.objects.exists()


def test_a_question_may_be_named_by_its_content_id(author):
    faq = make_faq(content_id="US_cFAQ_COLD")
    answer = author.post(f"{LIST}word/", {"content_id": "us_cfaq_cold", "file": SimpleUploadedFile("a.docx", CONTENT)})
    assert answer.status_code == 302
    assert WordImport.objects.get().faq == faq


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"x", "no Word document"),
        (CONTENT[:500], "incomplete or damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
    ],
)
def test_it_says_why_a_file_cannot_be_read(author, content, reason):
    answer = upload(author, make_faq(), content)
    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert not WordImport.objects.exists()


def test_an_open_draft_is_replaced_only_after_a_tick(author):
    draft = make_draft()
    second = brought(author, draft.faq)
    shown = seen(author, second)
    assert author.post(second, {"question": "How?", "seen": shown}).status_code == 422
    before = draft.body
    draft.refresh_from_db()
    assert draft.body == before
    assert author.post(second, {"question": "How?", "replaces": "on", "seen": shown}).status_code == 302
    draft.refresh_from_db()
    assert "<sup>7</sup>" in draft.body


def test_it_stops_where_somebody_changed_the_draft_meanwhile(author):
    draft = make_draft()
    second = brought(author, draft.faq)
    shown = seen(author, second)
    FaqVersion.objects.filter(pk=draft.pk).update(body="<p>Later words.</p>")
    answer = author.post(second, {"question": "How?", "replaces": "on", "seen": shown})
    assert "Somebody changed the draft" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.body == "<p>Later words.</p>"


def test_it_refuses_a_question_whose_version_is_no_draft(author):
    version = in_review()
    answer = upload(author, version.faq)
    assert "it has to be a draft first" in answer.content.decode()
    draft = make_draft()
    second = brought(author, draft.faq)
    shown = seen(author, second)
    publishing.submit(draft, by=cast.author())
    answer = author.post(second, {"question": "How?", "replaces": "on", "seen": shown})
    assert answer.status_code == 422
    assert "nobody writes in it" in answer.content.decode()


def test_the_pictures_of_a_file_are_for_its_author_alone(author, client):
    second = brought(author)
    answer = author.get(f"{second}0/")
    assert (answer["Content-Type"], answer.content) == ("image/png", png())
    client.force_login(cast.administrator())
    assert client.get(f"{second}0/").status_code == 404
    assert client.get(second).status_code == 404


def test_a_file_is_thrown_away(author):
    second = brought(author)
    author.post(f"{second}dismiss/")
    assert not WordImport.objects.exists()
    assert author.get(second).status_code == 404


@pytest.mark.parametrize("who", [cast.approver, cast.feedback_reviewer])
def test_only_those_who_write_bring_files(client, who):
    client.force_login(who())
    assert client.get(f"{LIST}word/").status_code == 403
    assert upload(client, make_faq()).status_code == 403


def test_any_version_is_downloaded_by_those_who_may(client):
    version = make_published()
    client.force_login(cast.approver())
    answer = client.get(f"{LIST}{version.pk}/word/")
    assert answer["Content-Disposition"] == f'attachment; filename="{version.faq.content_id}-v1.docx"'
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    client.force_login(cast.feedback_reviewer())
    assert client.get(f"{LIST}{version.pk}/word/").status_code == 403


def test_the_ways_to_and_from_word_stand_where_they_are_open(author, client):
    draft, published = make_draft(), make_published()
    assert "Import from Word" in author.get(page(draft)).content.decode()
    shown = author.get(page(published)).content.decode()
    assert "Download as Word" in shown
    assert "Import from Word" not in shown
    assert "New draft from Word" in author.get(LIST).content.decode()
    assert "New draft from Word" in author.get(f"/admin/faq/faq/{draft.faq_id}/change/").content.decode()
    client.force_login(cast.feedback_reviewer())
    shown = client.get(page(published)).content.decode()
    assert "Download as Word" not in shown


def test_the_second_page_asks_little_of_the_database(author, django_assert_max_num_queries):
    second = brought(author)
    with django_assert_max_num_queries(20):
        author.get(second)
