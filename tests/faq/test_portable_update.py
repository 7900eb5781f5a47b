"""Adding to a market that is here: what it lacks comes, what it has stays, and published wording is never touched."""

import pytest
from django.core.management import CommandError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from faq import publishing
from faq.models import Drug, Faq, FaqVersion, Reference, Topic
from faq.portable.checking import Checker
from faq.portable.comparing import Comparison
from faq.portable.folder import Folder
from portal.chrome.models import Page
from tests import cast
from tests.factories import make_draft, make_drug, make_faq, make_published, make_reference
from tests.faq.carrying import carry_in, carry_out, files, hashes, make_everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def faq():
    return make_published(make_faq(content_id="ONE")).faq


def elsewhere(tmp_path, work):
    """The folder of a portal that went on from here: `work` is undone in this one."""
    with transaction.atomic():
        work()
        folder = carry_out(tmp_path / "elsewhere")
        transaction.set_rollback(True)
    return folder


def updated(folder, capsys, **options):
    """What an update says."""
    capsys.readouterr()
    carry_in(folder, update=True, **options)
    return capsys.readouterr().err


def histories(faq):
    return list(faq.versions.order_by("number").values_list("number", "status"))


def test_it_changes_nothing_where_nothing_is_missing(tmp_path, capsys):
    make_everything()
    folder, before = carry_out(tmp_path / "first"), hashes("us")
    assert updated(folder, capsys) == ""
    assert hashes("us") == before
    assert files(carry_out(tmp_path / "second")) == files(folder)


def test_it_compares_many_answers_with_as_many_queries_as_few(tmp_path, faq):
    def asked(place):
        checker = Checker(Folder(carry_out(tmp_path / place)))
        assert checker.run() == []
        with CaptureQueriesContext(connection) as queries:
            Comparison(checker, "us", update=True).run()
        return len(queries)

    few = asked("few")
    for number in range(3):
        make_published(make_faq(faq.drug, content_id=f"MORE-{number}"))
    assert asked("many") == few


def test_it_adds_what_is_missing_with_its_history(tmp_path, capsys, faq):
    def work():
        Page.objects.create(market=faq.market, slug="new", title="New", body="<p>New.</p>")
        other, reference = make_faq(faq.drug, topics=("New",), content_id="TWO"), make_reference("new-1")
        make_published(other, body=f'<p>So.<cite data-ref="{reference.key}"></cite></p>')
        make_published(draft=publishing.revise(other, by=cast.author()))

    assert updated(elsewhere(tmp_path, work), capsys) == ""
    assert histories(Faq.objects.get(content_id="TWO")) == [(1, "superseded"), (2, "published")]
    assert Page.objects.filter(slug="new").exists()
    assert Topic.objects.filter(name="New").exists()


def test_it_adds_a_draft_to_a_question_that_is_here(tmp_path, capsys, faq):
    folder = elsewhere(tmp_path, lambda: publishing.revise(faq, by=cast.author()))
    assert updated(folder, capsys) == ""
    assert histories(faq) == [(1, "published"), (2, "draft")]


def test_it_adds_no_draft_where_staff_work_on_one(tmp_path, capsys, faq):
    def work():
        make_published(draft=publishing.revise(faq, by=cast.author()))
        publishing.revise(faq, by=cast.author())

    folder = elsewhere(tmp_path, work)
    publishing.revise(faq, by=cast.author())
    said = updated(folder, capsys)
    assert "v0003/version.yaml: is not added: staff are working on another version here" in said
    assert "v0002/version.yaml: status: is published in the folder and draft here, and stays so" in said
    assert histories(faq) == [(1, "published"), (2, "draft")]


def test_it_publishes_nothing_in_place_of_what_is_published_here(tmp_path, capsys, faq):
    folder = elsewhere(tmp_path, lambda: make_published(draft=publishing.revise(faq, by=cast.author())))
    said = updated(folder, capsys)
    assert "answers/ONE/v0002/version.yaml: is not added: it would change what is published here" in said
    assert histories(faq) == [(1, "published")]


def test_it_refuses_a_history_that_contradicts_the_one_here(tmp_path, capsys, faq):
    def work():
        other = make_faq(faq.drug, content_id="TWO")
        make_published(other, question="Asked there?")

    folder = elsewhere(tmp_path, work)
    make_published(make_faq(faq.drug, content_id="TWO"), question="Asked here?")
    before = hashes("us")
    with pytest.raises(CommandError, match="1 thing is wrong, so nothing was written"):
        carry_in(folder, update=True)
    said = "answers/TWO/v0001/version.yaml: content_sha256: another wording was published here under this number"
    assert said in capsys.readouterr().err
    assert hashes("us") == before


def test_it_leaves_what_reads_differently_here(tmp_path, capsys, faq):
    draft = publishing.revise(faq, by=cast.author())
    folder = carry_out(tmp_path)
    Drug.objects.update(summary="Ours.")
    Faq.objects.update(slug="ours")
    FaqVersion.objects.filter(pk=draft.pk).update(body="<p>Ours.</p>")
    said = updated(folder, capsys)
    assert f"drugs/{faq.drug.slug}.yaml: {faq.drug.slug} reads differently here, and stays so" in said
    assert "answers/ONE/faq.yaml: the question's facts read differently here, and stay so" in said
    assert "v0002/version.yaml: the draft reads differently here, and stays so" in said
    draft.refresh_from_db()
    assert (Drug.objects.get().summary, Faq.objects.get().slug, draft.body) == ("Ours.", "ours", "<p>Ours.</p>")


def test_it_leaves_out_a_question_whose_number_is_taken(tmp_path, capsys, faq):
    folder = elsewhere(tmp_path, lambda: make_draft(make_faq(faq.drug, content_id="THERE", number=2000)))
    make_faq(faq.drug, content_id="HERE", number=2000)
    said = updated(folder, capsys)
    assert "answers/THERE/faq.yaml: number: 2000 belongs to another question here: this one is left out" in said
    assert not Faq.objects.filter(content_id="THERE").exists()


def test_a_shared_source_that_reads_differently_is_refused_and_with_an_update_left(tmp_path, capsys, faq):
    make_draft(faq, number=2, body='<p>So.<cite data-ref="ours-1"></cite></p>')
    reference = make_reference("ours-1")
    folder = carry_out(tmp_path)
    reference.csl = {**reference.csl, "title": "Another"}
    reference.save()
    with pytest.raises(CommandError, match="1 thing is wrong"):
        carry_in(folder, code="xx")
    assert "references/ours-1.yaml: ours-1 reads differently here" in capsys.readouterr().err
    assert "ours-1 reads differently here, and stays so" in updated(folder, capsys, code="xx")
    assert Reference.objects.get().csl["title"] == "Another"


def test_it_comes_to_a_market_of_another_portal(tmp_path, capsys, faq):
    make_drug(faq.market, slug="second")
    folder = carry_out(tmp_path)
    assert updated(folder, capsys, code="xx") == ""
    assert hashes("xx") == hashes("us")
