"""The lists of what visitors searched for: one line a question, counted over a period."""

import pytest
from django.urls import reverse

from faq.search.admin.log import SearchLineAdmin
from faq.search.models import SearchLine, UnansweredSearch, UnopenedSearch, UnsatisfiedSearch
from faq.search.models.lines import EVER
from tests import cast
from tests.factories import make_drug, make_market, make_published
from tests.faq.searching import ask, make_event, miss

pytestmark = pytest.mark.django_db


def line(key="storag", days=EVER):
    return SearchLine.objects.over(days).get(key=key)


def make_led_to(faq, kind, **changes):
    return make_event(kind=kind, faq=faq, results=None, answered=None, **changes)


def listed(client, model, **query):
    address = reverse(f"admin:search_{model._meta.model_name}_changelist")
    return [row.text for row in client.get(address, query).context["cl"].result_list]


@pytest.fixture
def reviewer(client):
    client.force_login(cast.feedback_reviewer())
    return client


def test_a_line_counts_what_happened_to_a_question():
    faq = make_published().faq
    for _ in range(4):
        make_event()
    make_event(answered=False, results=0)
    for kind in ("opened", "opened", "opened", "satisfied", "unsatisfied", "unsatisfied"):
        make_led_to(faq, kind)
    found = line()
    assert (found.text, found.market, found.drug) == ("Storage?", faq.market, None)
    assert (found.asked, found.unanswered, found.opened, found.satisfied, found.unsatisfied) == (5, 1, 3, 1, 2)
    assert (found.opened_share, found.satisfied_share) == (60, 33)


def test_a_line_is_of_one_question_in_one_market_and_drug():
    drug = make_drug()
    for changes in ({}, {"drug": drug}, {"market": make_market("de")}, {"key": "dose"}, {}):
        make_event(**changes)
    lines = SearchLine.objects.over(EVER)
    assert sorted(lines.values_list("asked", flat=True)) == [1, 1, 1, 2]
    assert lines.values("id").distinct().count() == 4


@pytest.mark.parametrize(("days", "asked"), [(7, 1), (30, 2), (90, 3), (EVER, 4)])
def test_a_line_counts_over_a_period(days, asked):
    for age in (5, 29, 80, 170):
        make_event(age)
    assert line(days=days).asked == asked
    assert line(days=days).id == line().id


def test_what_was_only_opened_is_no_line():
    make_led_to(make_published().faq, "opened")
    assert not SearchLine.objects.exists()


def test_several_answers_opened_after_one_search_are_no_more_than_all():
    faq = make_published().faq
    make_event()
    for _ in range(3):
        make_led_to(faq, "opened")
    assert (line().opened, line().opened_share, line().satisfied_share) == (3, 100, None)


@pytest.mark.parametrize(
    ("before", "now", "waits"), [(None, False, True), (None, True, False), (False, True, False), (True, False, True)]
)
def test_a_line_says_whether_the_question_found_an_answer_when_it_was_last_asked(before, now, waits):
    if before is not None:
        make_event(2, answered=before)
    make_event(answered=now)
    assert line().is_unanswered is waits


def test_a_line_knows_its_gap():
    gap, drug = miss(), make_drug()
    other = miss(drug=drug)
    assert {found.gap_id for found in SearchLine.objects.over(EVER)} == {gap.pk, other.pk}
    assert SearchLine.objects.over(EVER).get(drug=drug).gap == other


def test_each_list_shows_its_own_lines(reviewer):
    faq = make_published().faq
    ask("Often?")
    ask("often")
    miss("Does it glow?")
    ask("Opened?")
    make_led_to(faq, "opened", text="Opened?", key="open")
    make_led_to(faq, "unsatisfied", text="Opened?", key="open")
    assert listed(reviewer, SearchLine)[0] == "often"
    assert len(listed(reviewer, SearchLine)) == 3
    assert listed(reviewer, UnansweredSearch) == ["Does it glow?"]
    assert listed(reviewer, UnopenedSearch) == ["often"]
    assert listed(reviewer, UnsatisfiedSearch) == ["Opened?"]


def test_a_list_is_filtered_by_period_market_and_drug(reviewer):
    drug = make_drug()
    make_event(text="Old?", key="old", days=20)
    make_event(text="Here?", key="here", drug=drug)
    make_event(text="There?", key="there", market=make_market("de"))
    assert set(listed(reviewer, SearchLine, days="7")) == {"Here?", "There?"}
    assert listed(reviewer, SearchLine, market__id__exact=make_market("de").pk) == ["There?"]
    assert listed(reviewer, SearchLine, drug__id__exact=drug.pk) == ["Here?"]
    assert set(listed(reviewer, SearchLine, q="old")) == {"Old?"}
    for strange in ("8", "-1", "x", "9" * 99):
        assert len(listed(reviewer, SearchLine, days=strange)) == 3


def test_a_filter_with_a_character_that_no_text_has_is_refused(reviewer):
    address = reverse("admin:search_searchline_changelist")
    assert reviewer.get(address, {"days": "\x00"}).status_code == 400


def test_a_list_is_sorted_by_share(reviewer):
    faq = make_published().faq
    for key, times in (("few", 1), ("all", 2)):
        for _ in range(2):
            make_event(text=key, key=key)
        for _ in range(times):
            make_led_to(faq, "opened", text=key, key=key)
    column = 1 + SearchLineAdmin.list_display.index("opened_part")
    assert listed(reviewer, SearchLine, o=str(column)) == ["few", "all"]
    assert listed(reviewer, SearchLine, o=f"-{column}") == ["all", "few"]


def test_a_line_tells_the_wordings_and_where_they_led(reviewer):
    faq = make_published().faq
    ask("How is it stored?")
    ask("stored how")
    key = SearchLine.objects.over(EVER).get().key
    make_led_to(faq, "opened", text="stored how", key=key)
    found = SearchLine.objects.over(EVER).get()
    page = reviewer.get(reverse("admin:search_searchline_change", args=[found.pk])).content.decode()
    assert "How is it stored?" in page
    assert "stored how" in page
    assert faq.content_id in page
    assert "opened 1, satisfied 0, not satisfied 0" in page


def test_a_line_shows_hostile_words_as_words(reviewer):
    ask("<script>alert(1)</script> & dose")
    page = reviewer.get(reverse("admin:search_searchline_changelist")).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; dose" in page


def test_a_long_list_asks_the_database_little(reviewer, django_assert_max_num_queries):
    for number in range(20):
        miss(f"unknown thing {number}", drug=make_drug())
    for model in (SearchLine, UnansweredSearch, UnopenedSearch, UnsatisfiedSearch):
        with django_assert_max_num_queries(10):
            listed(reviewer, model)
