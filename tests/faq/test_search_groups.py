"""The page of gaps: what means the same stands together, is counted, filtered, dismissed and drafted together."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from faq import publishing
from faq.models import Faq, FaqVersion, OtherPhrasing
from faq.search import gaps, grouping, groups
from faq.search.groups import Chosen
from faq.search.models import SearchEvent, SearchGap
from tests import cast
from tests.factories import make_drug, make_faq, make_market
from tests.faq.searching import make_event, miss

pytestmark = pytest.mark.django_db

PAGE = reverse("admin:search_searchgap_groups")
WORDINGS = ("Does it glow in the dark?", "glows in the dark at home", "dark glow abroad")
READERS = ["feedback_reviewer", "approver"]


def make_group(drug=None, market=None, times=(1, 3, 2), wordings=WORDINGS):
    """The leader of questions that mean the same, asked so many times each."""
    for text, number in zip(wordings, times, strict=True):
        for _ in range(number):
            gap = miss(text, drug, market)
    grouping.group(market or make_market())
    return SearchGap.objects.get(pk=gap.leader_id or SearchGap.objects.get(pk=gap.pk).leader_id)


def shown(chosen=Chosen(), number=1):  # noqa: B008  (a tuple)
    found = groups.page(chosen, number).groups
    return [(group.times, [wording.gap.text for wording in group.wordings]) for group in found]


def act(client, leader, verb, **data):
    return client.post(reverse("admin:search_searchgap_group", args=[leader.pk, verb]), data)


@pytest.fixture
def author(client):
    client.force_login(cast.author())
    return client


def test_groups_stand_by_how_often_they_were_asked_and_so_do_their_wordings():
    for _ in range(5):
        miss("Is it blue?")
    make_group()
    assert shown() == [(6, [WORDINGS[1], WORDINGS[2], WORDINGS[0]]), (5, ["Is it blue?"])]
    group = groups.page(Chosen(), 1).groups[0]
    assert (group.number, group.more, group.gap.text) == (3, 0, WORDINGS[1])


def test_a_question_that_was_not_compared_yet_stands_alone(author):
    miss("glow in dark"), miss("glow in dark at home")
    assert [number for number, _ in shown()] == [1, 1]
    assert "2 new questions stand alone" in author.get(PAGE).content.decode()


def test_groups_are_filtered_by_market_medicine_state_and_period():
    drug, german = make_drug(), make_market("de")
    make_group(drug)
    miss("Blau?", market=german)
    gaps.handle(miss("Is it red?"), "dismissed", by=cast.author(), note="Spam")
    SearchEvent.objects.all().delete()
    make_event(
        5, text=WORDINGS[0], key=SearchGap.objects.get(text=WORDINGS[0]).key, drug=drug, answered=False, results=0
    )
    make_event(60, text="Blau?", key="blau", market=german, answered=False, results=0)
    assert [len(words) for _, words in shown(Chosen(drug=drug.pk))] == [3]
    assert shown(Chosen(market=german.pk)) == [(1, ["Blau?"])]
    assert shown(Chosen(state="dismissed")) == [(1, ["Is it red?"])]
    assert shown(Chosen(days=7)) == [(1, [WORDINGS[0]])]
    assert {words[0] for _, words in shown(Chosen(days=90))} == {WORDINGS[0], "Blau?"}


def test_a_long_group_shows_the_most_asked_and_leads_to_all(author, monkeypatch):
    leader = make_group()
    monkeypatch.setattr(groups, "WORDINGS", 2)
    assert shown() == [(6, [WORDINGS[1], WORDINGS[2]])]
    address = f"{reverse('admin:search_searchgap_changelist')}?group={leader.pk}&state=open"
    assert address.replace("&", "&amp;") in author.get(PAGE).content.decode()
    assert author.get(address).context["cl"].result_count == 3


@pytest.mark.parametrize("asked", ["state=x", "market=-1", "drug=²", "days=8", "p=0", "p=x", f"p={9**30}", "p=99"])
def test_a_strange_address_is_a_page(author, asked):
    make_group()
    assert author.get(f"{PAGE}?{asked}").status_code == 200


def test_a_page_asks_the_database_as_seldom_with_many_groups(author, django_assert_max_num_queries):
    for number in range(30):
        miss(f"unknown thing{number}", drug=make_drug())
    make_group()
    gaps.handle(miss("Is it red?"), "dismissed", by=cast.author())
    for asked in ({}, {"p": 2}, {"days": 30}, {"state": "dismissed"}):
        with django_assert_max_num_queries(19):
            author.get(PAGE, asked)


def test_hostile_words_are_words(author):
    miss("<script>alert(1)</script> & glow")
    page = author.get(PAGE).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; glow" in page


@pytest.mark.parametrize("role", READERS)
def test_readers_see_the_groups_and_handle_none(client, role):
    leader = make_group()
    client.force_login(getattr(cast, role)())
    page = client.get(PAGE).content.decode()
    assert WORDINGS[1] in page
    assert "Begin draft" not in page
    assert "Dismiss …" not in page
    for verb in ("draft", "dismiss", "reopen"):
        assert act(client, leader, verb, note="No.").status_code == 403
    assert SearchGap.objects.open().count() == 3


def test_who_reads_no_searches_sees_no_groups(client):
    client.force_login(cast.inquiry_handler())
    assert client.get(PAGE).status_code == 403


@pytest.mark.parametrize("verb", ["draft", "dismiss", "reopen"])
def test_nothing_is_done_by_a_link(author, verb):
    leader = make_group()
    assert author.get(reverse("admin:search_searchgap_group", args=[leader.pk, verb])).status_code == 405


def test_a_group_is_dismissed_with_a_reason_and_opened_again(author):
    leader = make_group()
    back = f"{PAGE}?market={make_market().pk}"
    assert act(author, leader, "dismiss", note="Not ours.", back=back).url == back
    rows = SearchGap.objects.order_by().values_list("state", "note", "handled_by__username").distinct()
    assert list(rows) == [("dismissed", "Not ours.", "ada")]
    assert "Not ours." in author.get(PAGE, {"state": "dismissed"}).content.decode()
    assert LogEntry.objects.get().change_message == "Dismissed with all that mean the same (3). Not ours."
    act(author, leader, "reopen", state="dismissed", back="https://elsewhere.example/")
    assert SearchGap.objects.open().count() == 3


def test_no_group_is_dismissed_without_a_reason(author):
    act(author, make_group(), "dismiss", note=" ")
    assert SearchGap.objects.open().count() == 3


def test_a_new_wording_tells_what_was_done_about_the_others(author):
    act(author, make_group(), "dismiss", note="Not ours.")
    miss("dark glow at sea")
    grouping.group(make_market())
    assert shown() == [(1, ["dark glow at sea"])]
    page = author.get(PAGE).content.decode()
    assert "3 more wordings: Not ours." in page


def begun(client, leader):
    """The form that the button leads to, and what it posts when nothing but what is missing is filled in."""
    address = act(client, leader, "draft").url
    context = client.get(address).context
    inline = context["inline_admin_formsets"][0].formset
    texts = [form["text"].value() for form in inline.forms if form["text"].value()]
    data = {**context["adminform"].form.initial, "content_id": "US_GLOW", "label_status": "on-label", "_save": "1"}
    data |= {"other_phrasings-TOTAL_FORMS": len(texts), "other_phrasings-INITIAL_FORMS": 0}
    return address, data | {f"other_phrasings-{place}-text": text for place, text in enumerate(texts)}


def test_one_click_leads_from_a_group_to_a_draft_that_handles_it(author):
    drug = make_drug()
    address, data = begun(author, make_group(drug))
    response = author.post(address, data)
    draft = FaqVersion.objects.get()
    assert response.url == reverse("admin:faq_faqversion_change", args=[draft.pk])
    assert (draft.question, draft.faq.drug, draft.author) == (WORDINGS[1], drug, cast.author())
    assert {phrasing.text for phrasing in OtherPhrasing.objects.all()} == {WORDINGS[0], WORDINGS[2]}
    rows = SearchGap.objects.values_list("state", "faq", "note", "handled_by__username")
    assert list(rows.order_by().distinct()) == [("drafted", draft.faq.pk, "Draft of US_GLOW.", "ada")]
    assert "US_GLOW" in author.get(PAGE, {"state": "drafted"}).content.decode()


def test_a_medicine_that_a_question_names_is_filled_in(author):
    drug = make_drug(name="Corvadune")
    gap = miss("does Corvadune glow")
    grouping.group(make_market())
    assert f"drug={drug.pk}" in act(author, gap, "draft").url


def test_what_was_asked_meanwhile_in_other_words_is_handled_too(author):
    address, data = begun(author, make_group(make_drug()))
    miss("dark glow at sea", drug=SearchGap.objects.first().drug)
    grouping.group(make_market())
    author.post(address, data)
    assert not SearchGap.objects.open().exists()


def test_a_draft_for_another_market_leaves_the_group_waiting(author):
    address, data = begun(author, make_group())
    response = author.post(address, {**data, "drug": make_drug(make_market("de")).pk}, follow=True)
    assert Faq.objects.get().market.code == "de"
    assert SearchGap.objects.open().count() == 3
    assert "still waits there" in response.content.decode()


def test_a_group_that_somebody_else_handled_is_not_drafted_twice(author):
    leader = make_group(make_drug())
    address, data = begun(author, leader)
    act(author, leader, "dismiss", note="Not ours.")
    assert act(author, leader, "draft").url == PAGE
    assert "Meanwhile somebody else" in author.post(address, data, follow=True).content.decode()
    assert set(SearchGap.objects.values_list("state", flat=True)) == {"dismissed"}


def test_whoever_may_not_write_drafts_is_sent_to_no_form(client):
    reader = cast.feedback_reviewer()
    client.force_login(reader)
    assert client.get(f"{reverse('admin:faq_faq_add')}?group={make_group().pk}").status_code == 403


def test_a_gap_waits_for_its_draft_and_again_once_that_was_published_in_vain():
    draft = publishing.revise(make_faq(), by=cast.author())
    gaps.handle(miss(), "drafted", by=cast.author(), faq=draft.faq)
    miss()
    assert SearchGap.objects.get().state == "drafted"
    draft.delete()
    miss()
    assert (SearchGap.objects.get().state, SearchGap.objects.get().asked) == ("open", 3)
