"""What staff do about searches: a synonym, a phrasing, a draft, or nothing."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from faq.models import Faq, FaqVersion, OtherPhrasing
from faq.search import gaps
from faq.search.admin import steps
from faq.search.models import LearntAbbreviation, SearchGap, SearchLine, Synonym
from faq.search.models.lines import EVER
from tests import cast
from tests.factories import make_drug, make_faq, make_market, make_published
from tests.faq.searching import ask, miss

pytestmark = pytest.mark.django_db

NO_PHRASINGS = {"other_phrasings-TOTAL_FORMS": 0, "other_phrasings-INITIAL_FORMS": 0}


def url(name, *args):
    return reverse(f"admin:{name}", args=args)


@pytest.fixture
def author(client):
    client.force_login(cast.author())
    return client


def addresses(row, user=None):
    return {label: address for label, _, address in steps.offered(user or cast.author(), row)}


def initial(client, address):
    return client.get(address).context["adminform"].form.initial


def state_of(gap):
    return SearchGap.objects.values_list("state", "handled_by__username").get(pk=gap.pk)


def test_each_step_leads_to_a_form_that_is_filled_in(author):
    drug = make_drug()
    gap = miss("Glows it in the dark?", drug=drug)
    to = addresses(gap)
    form = initial(author, to["Add synonym"])
    assert (form["typed"], form["language"], form["market"]) == (gap.text, "en", str(gap.market.pk))
    assert initial(author, to["Add phrasing"])["text"] == gap.text
    form = initial(author, to["Begin draft"])
    assert (form["drug"], form["question"], form["slug"]) == (str(drug.pk), gap.text, "glows-it-in-the-dark")


def test_what_is_filled_in_fits_its_fields(author):
    gap = miss("dose " * 79)
    to = {label: parse_qs(urlsplit(address).query) for label, address in addresses(gap).items()}
    assert len(to["Add synonym"]["typed"][0]) <= 120
    assert len(to["Add phrasing"]["text"][0]) <= 300
    assert (len(to["Begin draft"]["question"][0]) <= 300, len(to["Begin draft"]["slug"][0]) <= 100) == (True, True)


def test_a_line_offers_the_same_steps_and_names_its_gap():
    gap = miss()
    ask("How is it stored?")
    by_gap = {line.gap_id: addresses(line) for line in SearchLine.objects.over(EVER)}
    assert by_gap[gap.pk] == addresses(gap)
    assert "gap=" not in by_gap[None]["Add synonym"]


@pytest.mark.parametrize("role", ["feedback_reviewer", "approver"])
def test_readers_are_offered_nothing_to_do(client, role):
    gap = miss()
    client.force_login(getattr(cast, role)())
    assert addresses(gap, getattr(cast, role)()) == {}
    for page in (url("search_searchgap_changelist"), url("search_searchgap_change", gap.pk)):
        content = client.get(page).content.decode()
        assert "Does it glow?" in content
        assert "synonym/add" not in content
        assert "dismiss_selected" not in content
        assert "/dismiss/" not in content


def test_a_synonym_added_from_a_gap_handles_it(author):
    gap = miss()
    data = {"typed": "glow", "meant": "luminescence", "kind": "synonym", "language": "en"}
    response = author.post(addresses(gap)["Add synonym"], data)
    assert response.url == url("search_searchgap_changelist")
    assert str(Synonym.objects.get(typed="glow")) == "glow → luminescence"
    assert state_of(gap) == ("synonym", "ada")


def test_a_phrasing_added_from_a_gap_handles_it_and_is_found(author):
    gap, version = miss("Does it glimmer?"), make_published()
    data = {"faq": version.faq_id, "text": gap.text}
    assert author.post(addresses(gap)["Add phrasing"], data).url == url("search_searchgap_changelist")
    assert OtherPhrasing.objects.get().text == "Does it glimmer?"
    assert state_of(gap) == ("phrased", "ada")
    assert "glimmer" in version.faq.search_entry.phrasings


def test_a_draft_begun_from_a_gap_handles_it_and_has_its_words(author):
    drug = make_drug()
    gap = miss("Does it glow?", drug=drug)
    address = addresses(gap)["Begin draft"]
    data = {**initial(author, address), "content_id": "US_NEW", "label_status": "on-label", **NO_PHRASINGS}
    response = author.post(address, {**data, "_save": "1"})
    draft = FaqVersion.objects.get()
    assert response.url == url("faq_faqversion_change", draft.pk)
    assert (draft.question, draft.faq.drug, draft.author) == ("Does it glow?", drug, cast.author())
    assert (draft.status, list(draft.writers.all())) == ("draft", [cast.author()])
    assert state_of(gap) == ("drafted", "ada")


def test_a_question_without_a_draft_leaves_the_gap_open(author):
    gap = miss(drug=make_drug())
    address = addresses(gap)["Begin draft"]
    data = {**initial(author, address), "question": "", "content_id": "US_NEW", "label_status": "on-label"}
    author.post(address, {**data, **NO_PHRASINGS})
    assert Faq.objects.get().versions.count() == 0
    assert state_of(gap) == ("open", None)


@pytest.mark.parametrize("number", ["", "0", "x", "-1", "²", "9" * 30, "\x00"])
def test_a_form_whose_address_names_no_gap_is_an_ordinary_form(author, number):
    data = {"typed": "glow", "meant": "luminescence", "kind": "synonym", "language": "en"}
    response = author.post(f"{url('search_synonym_add')}?gap={number}", data)
    assert response.url == url("search_synonym_changelist")


def test_chosen_gaps_are_dismissed_with_a_note(author):
    chosen = [miss("Does it glow?"), miss("Does it hum?")]
    gaps.handle(chosen[1], "dismissed", by=cast.administrator(), note="Spam")
    data = {"action": "dismiss_selected", "_selected_action": [gap.pk for gap in chosen], "note": "Nobody's question."}
    response = author.post(f"{url('search_searchgap_changelist')}?state=all", data, follow=True)
    assert "Dismissed: 1 of the selected gaps." in response.content.decode()
    assert list(SearchGap.objects.order_by("pk").values_list("note", "handled_by__username")) == [
        ("Nobody's question.", "ada"),
        ("Spam", "emil"),
    ]
    assert LogEntry.objects.get().change_message == "Dismissed. Nobody's question."


def test_a_gap_is_dismissed_and_opened_again_on_its_page(author):
    gap = miss()
    author.post(url("search_searchgap_dismiss", gap.pk), {"note": "Not ours."})
    assert state_of(gap) == ("dismissed", "ada")
    page = author.get(url("search_searchgap_change", gap.pk)).content.decode()
    assert "Open again" in page
    assert "Not ours." in page
    author.post(url("search_searchgap_reopen", gap.pk))
    assert state_of(gap)[0] == "open"


@pytest.mark.parametrize("button", ["dismiss", "reopen"])
def test_readers_handle_no_gap(client, button):
    gap = miss()
    client.force_login(cast.feedback_reviewer())
    assert client.post(url(f"search_searchgap_{button}", gap.pk)).status_code == 403
    assert state_of(gap)[0] == "open"


def test_the_list_shows_what_waits_first_and_the_rest_when_asked(author):
    waiting, done = miss("Does it glow?"), miss("Does it hum?")
    gaps.handle(done, "synonym", by=cast.author())
    address = url("search_searchgap_changelist")
    shown = {
        state: [*author.get(address, {"state": state} if state else {}).context["cl"].result_list]
        for state in ("", "all", "synonym", "phrased", "strange")
    }
    assert shown == {"": [waiting], "all": [waiting, done], "synonym": [done], "phrased": [], "strange": []}


def test_a_learnt_abbreviation_is_listed_once_with_all_who_define_it(author):
    entries = [make_published(make_faq()).faq.search_entry for _ in range(2)]
    for entry in entries:
        LearntAbbreviation.objects.create(entry=entry, short="CNS", long="central nervous system")
    LearntAbbreviation.objects.create(entry=entries[0], short="CNS", long="cranial nerve score")
    page = author.get(url("search_learntabbreviation_changelist"))
    rows = page.context["cl"].result_list
    assert [(row.long, len(row.definitions)) for row in rows] == [
        ("central nervous system", 2),
        ("cranial nerve score", 1),
    ]
    assert entries[1].faq.content_id in page.content.decode()


def test_a_wrongly_learnt_abbreviation_is_said_to_be_none(author):
    entry = make_published().faq.search_entry
    LearntAbbreviation.objects.create(entry=entry, short="CNS", long="cranial nerve score")
    page = author.get(url("search_learntabbreviation_changelist")).content.decode()
    address = next(part for part in page.split('"') if "synonym/add/?kind=unrelated" in part).replace("&amp;", "&")
    form = initial(author, address)
    assert (form["typed"], form["meant"], form["language"]) == ("CNS", "cranial nerve score", "en")
    assert form["market"] == str(make_market().pk)
    author.post(address, {**form, "note": "Wrong."})
    assert Synonym.objects.get(kind="unrelated").typed == "CNS"


def test_synonyms_are_found_by_kind_language_and_words(author):
    Synonym.objects.all().delete()
    Synonym.objects.create(language="en", typed="glow", meant="luminescence")
    Synonym.objects.create(language="de", typed="Kühlschrank", meant="Lagerung", kind="intent")
    address = url("search_synonym_changelist")
    for query in ({"language": "de"}, {"kind": "intent"}, {"q": "lager"}):
        assert [row.typed for row in author.get(address, query).context["cl"].result_list] == ["Kühlschrank"]
