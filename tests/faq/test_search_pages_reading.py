"""What a page of results says of how a question was read, and what it says where nothing answers it."""

import pytest

from faq.models import Topic
from faq.search.results import Correction, LookAlike
from tests.factories import make_drug, make_market, make_published
from tests.faq.resulting import give, make_results, page

pytestmark = pytest.mark.django_db

ASK = 'href="/us/contact/?question=dose"'


@pytest.fixture
def show(client, monkeypatch):
    """The page for `q` where the engine finds one answer with `changes`, or none at all."""

    def show(*, q="dose", answered=True, parameters=None, **changes):
        versions = [make_published()] if answered else []
        make_market()
        give(monkeypatch, make_results(*versions, **changes))
        return page(client, q=q, **(parameters or {}))

    return show


@pytest.mark.parametrize(
    ("total", "is_capped", "names", "expected"),
    [
        (1, False, (), "1 answer"),
        (12, False, (), "12 answers"),
        (50, True, (), "The 50 best answers"),
        (1, False, ("Alphacet",), "1 answer about Alphacet"),
        (3, False, ("Alphacet", "Betamin"), "3 answers about Alphacet, Betamin"),
        (50, True, ("Alphacet",), "The 50 best answers about Alphacet"),
    ],
)
def test_it_says_how_many_there_are_and_about_what(show, total, is_capped, names, expected):
    said = show(total=total, is_capped=is_capped, scope=[make_drug(name=name) for name in names])
    assert f">{expected}</h2>" in said


def test_of_a_choice_among_the_best_it_says_the_number(show):
    assert ">4 answers</h2>" in show(total=4, is_capped=True, parameters={"status": "on-label"})


def test_it_shows_the_drug_that_the_words_named_and_lets_it_be_dropped(show):
    said = show(scope=[make_drug(slug="alphacet", name="Alphacet")], parameters={"topic": 3, "page": 2})
    assert '<a href="?q=dose&amp;all=1">Search in all medicines</a>' in said
    assert 'href="/us/contact/?drug=alphacet&amp;question=dose"' in said
    assert "Search in all medicines" not in show(parameters={"all": 1})


def test_it_does_not_say_which_of_several_named_drugs_a_question_to_the_team_is_about(show):
    assert ASK in show(scope=[make_drug(), make_drug()])


def test_it_tells_of_a_correction_and_the_way_back(show):
    correction = Correction("doze", "dose")
    said = show(q="<doze>", corrections=[correction], parameters={"page": 2})
    assert "Showing results for <strong>&lt;dose&gt;</strong>." in said
    assert 'Search instead for <a href="?q=%3Cdoze%3E&amp;exact=1">&lt;doze&gt;</a>' in said


@pytest.mark.parametrize("answered", [True, False])
def test_it_lets_the_reader_choose_among_names_that_look_alike(show, answered):
    drugs = [make_drug(slug=slug, name=slug.title()) for slug in ("alphacet", "alphacen")]
    said = show(q="Alphace dose", answered=answered, look_alikes=[LookAlike("alphace", drugs)])
    assert "Did you mean" in said
    one = '<a href="?q=Alphacet%20dose&amp;drug=alphacet">Alphacet</a>'
    other = '<a href="?q=Alphacen%20dose&amp;drug=alphacen">Alphacen</a>'
    assert f"{one} or {other}?" in " ".join(said.split())


def test_where_answers_merely_come_near_it_says_so_and_leads_to_people(show):
    said = show(is_sure=False, total=6, scope=[make_drug(slug="alphacet", name="Alphacet")])
    assert ">No answer about Alphacet fits this question exactly</h2>" in said
    assert "answers about Alphacet" not in said
    assert 'href="/us/contact/?drug=alphacet&amp;question=dose">Send us this question</a>' in said
    assert 'class="hit"' in said
    assert "Search in all medicines" in said


@pytest.mark.parametrize("changes", [{"is_sure": False}, {"answered": False}])
def test_it_says_that_a_medicine_of_another_company_is_not_here(show, changes):
    said = show(q="metformin or aspirin", foreign=["metformin", "aspirin"], **changes)
    assert "None of our medicines is called metformin or aspirin." in said
    assert "is called" not in show(**changes)


def test_without_an_answer_it_says_so_and_leads_to_people(show):
    said = show(answered=False)
    assert "No answer was found" in said
    assert "None of our answers fits this question." in said
    assert ASK in said
    assert "1-800-555-0142" in said
    assert "Leave a message at any time" in said
    assert 'href="/us/report-safety/"' in said
    assert 'href="/us/medical-information/"' in said
    assert "Search in all medicines" not in said
    assert 'id="help-title"' not in said


def test_without_an_answer_about_a_drug_it_offers_to_search_everywhere(show):
    drug = make_published().faq.drug
    said = show(answered=False, parameters={"drug": drug.slug})
    assert f"None of our answers about {drug.name} fits this question." in said
    assert '<a href="?q=dose&amp;all=1">Search in all medicines</a>' in said
    assert f'href="/us/contact/?drug={drug.slug}&amp;question=dose"' in said


def test_without_an_answer_it_offers_what_comes_nearest(show):
    drug, topic = make_drug(name="Alphacet"), Topic.objects.create(market=make_market(), name="Dose & use")
    said = show(answered=False, nearest_drugs=[drug], nearest_topics=[topic])
    assert f'<a class="chip" href="{drug.get_absolute_url()}">' in said
    assert f'href="?q=Dose%20%26%20use&amp;topic={topic.pk}"' in said
    assert "What comes nearest" not in show(answered=False)


def test_it_says_where_it_searched_a_part_of_a_question_only(show):
    note = "Only the first 400 characters of your question were searched."
    assert note in show(q="dose " * 81)
    assert note in show(q="dose " * 81, answered=False)
    assert note not in show(q="dose " * 80)


@pytest.mark.parametrize("answered", [True, False])
def test_it_says_what_was_left_out_and_how_to_ask_for_it(show, answered):
    said = show(q='dose -<b> -rénal, -"a b"', answered=answered, parameters={"drug": "one", "topic": 3})
    assert "Answers with rénal, a b were left out, as you asked (-rénal -a b)." in said
    address = "?q=dose%20-%3Cb%3E%20r%C3%A9nal%2C%20%22a%20b%22&amp;drug=one"
    assert f'href="{address}">Leave nothing out</a>' in said


@pytest.mark.parametrize("text", ["dose", "covid - 19", "stored at -20", "non-small", "HER2 -negative"])
def test_it_says_nothing_of_a_dash_or_a_minus(show, text):
    assert "were left out" not in show(q=text)


def test_a_script_is_given_these_notes_too(client):
    make_published()
    said = client.get("/us/search/", {"q": f"-stored {'x ' * 400}"}, headers={"x-fragment": "results"}).content.decode()
    assert "Answers with stored were left out, as you asked (-stored)." in said
    assert "Only the first 400 characters" in said
