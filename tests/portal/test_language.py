"""The interface speaks the language of the market, whatever the browser asks for."""

import re
from datetime import date, time

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import RequestFactory
from django.utils import translation
from django.utils.formats import date_format, localize, time_format
from django.utils.translation import gettext

from faq import printout
from faq.models import FaqVersion
from portal.lib import language, messages, plain
from tests import cast
from tests.architecture.wording import spoken_texts
from tests.factories import (
    make_draft,
    make_drug,
    make_faq,
    make_figure,
    make_market,
    make_published,
    make_reference,
)
from tests.portal.contacting import make_topics, send
from tests.portal.test_public_pages import public_addresses

GERMAN = {"accept-language": "de"}
FIGURE = '<p>x<cite data-ref="doe"></cite> <span data-xref="curve"></span></p><figure data-figure="curve"></figure>'


def make_german_market(code="de", **changes):
    return make_market(code, language_tag="de-DE", time_zone="Europe/Berlin", **changes)


def content(response):
    return response.content.decode()


def strings(node):
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for part in node.values() if isinstance(node, dict) else node:
            yield from strings(part)


def english_in(markup):
    """The texts of a page that are English texts of the interface, whatever stands in their placeholders."""
    return [text for text in spoken_texts(markup) if ENGLISH.fullmatch(text)]


def _pattern(text):
    return ".+".join(re.escape(part) for part in PLACEHOLDER.split(text.replace("%%", "%")))


def _english():
    """Every text of the interface that has a word besides its placeholders and is another one in German."""
    for message in messages.read(CATALOG):
        forms = zip(message.id, message.string, strict=True) if message.pluralizable else [(message.id, message.string)]
        for english, german in forms:
            words = re.findall(r"(?<![({\w])[a-z]{2,}", english, re.IGNORECASE)
            # "%(first)s to %(last)s" fits too much that is none of ours.
            if german and german != english and len(words) > bool(PLACEHOLDER.search(english)):
                yield _pattern(english)


PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
CATALOG = settings.BASE_DIR / "locale" / "de" / "LC_MESSAGES" / "django.po"
ENGLISH = re.compile("|".join(_english()), re.DOTALL)


@pytest.fixture(autouse=True)
def _nothing_learned(monkeypatch):
    monkeypatch.setattr(language, "_learned", {})


@pytest.mark.parametrize(
    ("tag", "day", "clock", "word"),
    [
        ("en-US", "April 11, 2025", "2:30 p.m.", "Short answer"),
        ("en-GB", "11 April 2025", "14:30", "Short answer"),
        ("de", "11. April 2025", "14:30", "Kurzantwort"),
        ("de-DE", "11. April 2025", "14:30", "Kurzantwort"),
        ("de-AT", "11. April 2025", "14:30", "Kurzantwort"),
        ("fr-FR", "April 11, 2025", "2:30 p.m.", "Short answer"),
    ],
)
def test_a_language_tag_decides_words_dates_and_times(tag, day, clock, word):
    with language.spoken(tag):
        assert date_format(date(2025, 4, 11)) == day
        assert time_format(time(14, 30)) == clock
        assert gettext("Short answer") == word


@pytest.mark.parametrize("tag", ["en-US", "en-GB", "de-DE", "fr-FR"])
def test_a_whole_number_is_never_grouped_for_it_may_stand_in_an_address(tag):
    with language.spoken(tag):
        assert localize(12345) == "12345"


def test_a_language_without_a_catalog_does_not_mix_in_what_django_translates():
    with language.spoken("fr-FR"):
        assert gettext("This field is required.") == "This field is required."


@pytest.mark.django_db
def test_a_page_ignores_the_language_of_the_browser(client):
    make_market()
    make_german_market()
    english = content(client.get("/us/medical-information/", headers=GERMAN))
    assert '<html lang="en-US">' in english
    assert "Skip to main content" in english
    german = content(client.get("/de/medical-information/", headers={"accept-language": "en"}))
    assert '<html lang="de-DE">' in german
    assert "Zum Hauptinhalt springen" in german


@pytest.mark.django_db
def test_a_language_ends_with_its_page(client):
    make_market()
    make_german_market()
    client.get("/de/")
    client.get("/de/nothing/")
    assert translation.get_language() == "en"
    assert "Skip to main content" in content(client.get("/us/"))


@pytest.mark.django_db
def test_an_answer_has_its_labels_and_dates_in_german(client):
    version = make_published(make_faq(label_status="off-label"))
    market = version.faq.market
    market.language_tag = "de-DE"
    market.save()
    body = content(client.get(version.get_absolute_url()))
    for words in ("Kurzantwort", "Datum der letzten Überprüfung:", "2. März 2026", "Off-Label", "Inhalts-ID"):
        assert words in body


@pytest.mark.django_db
def test_a_figure_and_a_citation_are_named_in_german_when_they_are_approved():
    make_reference("doe")
    market = make_german_market()
    draft = make_draft(make_faq(make_drug(market)), body=FIGURE)
    make_figure(draft)
    body = make_published(draft=draft).rendered_body
    for words in ("Abbildung 1.", "Beschreibung zu Abbildung 1:", "Abkürzungen:", 'aria-label="Literaturstelle 1"'):
        assert words in body


@pytest.mark.django_db
def test_a_document_has_its_labels_in_german():
    version = make_published(make_faq(make_drug(make_german_market()), content_id="DE_cFAQ_1"))
    fetched = FaqVersion.objects.for_page(version.faq.market).get(pk=version.pk)
    told = list(strings(printout.document(fetched, "https://portal.example/de/answers/DE_cFAQ_1/")))
    for words in ("Kurzantwort", "Zuletzt überprüft", "2. März 2026", "Seite {page} von {pages}", "Zulassungskonform"):
        assert words in told
    assert [words for words in told if ENGLISH.fullmatch(words)] == []


@pytest.mark.django_db
def test_no_page_of_a_german_market_says_a_word_in_english(client):
    make_market(language_tag="de-DE")
    for address in public_addresses():
        response = client.get(address)
        if response.get("Content-Type", "").startswith("text/html"):
            assert english_in(content(response)) == [], address


@pytest.mark.django_db
def test_a_form_finds_its_faults_in_german(client):
    make_german_market()
    response = client.post("/de/contact/", {})
    assert response.status_code == 422
    assert "Dieses Feld ist zwingend erforderlich." in content(response)


@pytest.mark.django_db
def test_a_sender_is_answered_in_german_and_staff_are_told_in_english(client, mailoutbox):
    make_topics(make_german_market())
    response = send(client, "de")
    assert "Ihre Vorgangsnummer" in content(client.get(response["Location"]))
    staff, sender = mailoutbox
    assert "Apothekerin" not in staff.body
    assert "Pharmacist" in staff.body
    assert "Vorgangsnummer: DE-" in sender.body
    assert sender.subject.startswith("Wir haben Ihre Nachricht erhalten: DE-")


@pytest.mark.django_db
def test_staff_read_english_whatever_their_browser_says(client):
    make_german_market()
    make_published(make_faq(label_status="off-label"))
    client.force_login(cast.superuser())
    client.get("/de/")
    body = content(client.get("/admin/faq/faq/", headers=GERMAN))
    for words in ('<html lang="en"', "Log out", "Off-label"):
        assert words in body


def test_a_plain_page_speaks_the_language_of_a_market_that_was_served_before():
    request = RequestFactory().post("/de/contact/")
    assert "You may not see this" in content(plain.page(request, "chrome/403.html", 403))
    language.learn("de", "de-DE")
    german = content(plain.page(request, "chrome/403.html", 403))
    assert '<html lang="de">' in german
    assert '<a href="/de/">Zur Startseite</a>' in german


@pytest.mark.django_db
def test_a_page_without_database_keeps_the_language_of_its_market(client, monkeypatch):
    make_german_market()
    client.get("/de/")

    def gone(_code):
        raise OperationalError("no connection")

    monkeypatch.setattr("portal.chrome.pages._of_code.first", gone)
    response = client.get("/de/")
    assert response.status_code == 503
    assert "Bitte versuchen Sie es in einer Minute noch einmal" in content(response)


@pytest.mark.django_db
def test_a_form_from_another_site_is_refused_in_german(client):
    make_german_market()
    client.get("/de/")
    response = client.post("/de/feedback/", {}, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403
    assert '<html lang="de">' in content(response)
