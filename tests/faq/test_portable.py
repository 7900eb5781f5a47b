"""Export, wipe, import, export: the same bytes, the same hashes, the same people and dates."""

import pytest
from django.core.management import CommandError

from faq.models import FaqVersion, Reference
from faq.models.workflow import Status
from faq.portable import documents, what
from faq.portable.gathering import Gatherer
from portal.accounts.models import User
from portal.chrome.models import Market
from tests.factories import make_drug, make_market, make_reference
from tests.faq.carrying import carry_in, carry_out, files, hashes, make_everything, markets, wipe

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    make_everything()
    return carry_out(tmp_path / "first")


def test_the_market_of_these_tests_has_every_state_and_every_field():
    make_everything()
    assert set(FaqVersion.objects.values_list("status", flat=True)) == set(Status.values)
    empty = {
        f"{table.model}.{field.name}"
        for table in what.tables()
        for field in what.fields(table)
        if not _told(table, field.name)
    }
    assert empty == set()


def _told(table, name):
    documents_of = Gatherer().documents(table, list(what.model(table)._default_manager.all()))
    return any(name in document for document in documents_of)


def test_it_comes_back_as_it_was(folder, tmp_path):
    before = hashes("us")
    wipe()
    assert markets() == []
    carry_in(folder)
    assert hashes("us") == before
    assert files(carry_out(tmp_path / "second")) == files(folder)


def test_two_exports_are_the_same_bytes(folder, tmp_path):
    assert files(carry_out(tmp_path / "second")) == files(folder)


def test_a_changed_word_is_a_changed_line(folder, tmp_path):
    FaqVersion.objects.filter(status=Status.DRAFT, number=3).update(body="<p>One. Two.</p><p>Three.</p>")
    carry_out(tmp_path / "first")
    before = files(folder)
    FaqVersion.objects.filter(status=Status.DRAFT, number=3).update(body="<p>One. Two.</p><p>Four.</p>")
    after = files(carry_out(tmp_path / "first"))
    changed = [name for name in before if before[name] != after[name] and name != "manifest.json"]
    lines = [set(found[changed[0]].splitlines()) for found in (before, after)]
    assert (len(changed), lines[0] ^ lines[1]) == (1, {b"<p>Three.</p>", b"<p>Four.</p>"})


def test_people_come_back_as_names_without_a_way_in(folder, capsys):
    wipe()
    carry_in(folder)
    ada = User.objects.get(username="ada")
    assert (ada.first_name, ada.is_active, ada.is_staff, ada.has_usable_password()) == ("Ada", False, False, False)
    assert "New accounts, inactive and without a password, for the names in the records: ada, bela, emil" in (
        capsys.readouterr().out
    )


def test_people_who_are_here_stay_as_they_are(folder):
    wipe()
    User.objects.create_user("ada", "ada@example.org", "secret", first_name="Adele")
    carry_in(folder)
    ada = User.objects.get(username="ada")
    assert (ada.first_name, ada.is_active, ada.check_password("secret")) == ("Adele", True, True)
    assert FaqVersion.objects.filter(author=ada).exists()


def test_only_references_that_the_market_uses_travel_unless_all_are_asked_for(folder, tmp_path):
    make_reference("unused-2001")
    names = {path.stem for path in (folder / "references").glob("*.json")}
    assert names == {"alpha-2024", "beta-2023", "gamma-2025", "delta-2026", "fallen-2020"}
    assert (carry_out(tmp_path / "all", library=True) / "references/unused-2001.json").exists()


def test_an_answer_comes_back_that_cites_a_source_retracted_here_since(folder):
    make_drug(make_market("de", is_default=False))
    wipe_answers_of_us()
    carry_in(folder)
    assert Reference.objects.get(key="alpha-2024").standing == "retracted"
    assert FaqVersion.objects.filter(citations__reference__key="alpha-2024", status=Status.WITHDRAWN).exists()


def wipe_answers_of_us():
    """The library and the people stay, as they do where another market uses them."""
    kept = list(Reference.objects.order_by("successor"))
    people = list(User.objects.all())
    wipe()
    User.objects.bulk_create(people)
    Reference.objects.bulk_create(kept)


def test_it_comes_as_another_market(folder, tmp_path):
    carry_in(folder, code="xx")
    assert hashes("xx") == hashes("us")
    assert not Market.objects.get(code="xx").is_default
    other = files(carry_out(tmp_path / "second", "xx"))
    differing = {name for name, content in files(folder).items() if other.get(name) != content}
    assert differing == {"market.yaml", "manifest.json"}


def test_a_market_that_is_here_is_refused(folder, capsys):
    with pytest.raises(CommandError, match="1 thing is wrong, so nothing was written"):
        carry_in(folder)
    assert "market.yaml: code: the market us is here already; --as" in capsys.readouterr().err


def test_a_check_writes_nothing(folder, capsys):
    wipe()
    carry_in(folder, check=True)
    assert "8 answers in 9 versions: nothing is wrong with them." in capsys.readouterr().out
    assert (markets(), User.objects.count()) == ([], 0)


def test_an_export_leaves_foreign_files_alone(tmp_path):
    make_market()
    (tmp_path / "us").mkdir()
    (tmp_path / "us" / "thesis.txt").write_text("Mine.")
    with pytest.raises(CommandError, match="no manifest of an earlier export"):
        carry_out(tmp_path)
    assert [path.name for path in (tmp_path / "us").iterdir()] == ["thesis.txt"]


def test_an_export_removes_what_is_gone(folder, tmp_path):
    draft = FaqVersion.objects.get(status=Status.DRAFT, number=3)
    gone = folder / f"answers/{draft.faq.content_id}/v0003"
    assert gone.is_dir()
    draft.delete()
    carry_out(tmp_path / "first")
    assert not gone.exists()


def test_the_image_is_a_file_that_its_kind_of_program_opens(folder):
    names = [path.suffix for path in (folder / "images").iterdir()]
    assert set(names) == {".svg"}


def test_the_manifest_counts(folder):
    told = documents.load_json((folder / "manifest.json").read_bytes())
    assert (told["format"], told["market"], told["counts"]["faq.faqversion"]) == (1, "us", 9)
    assert set(told["files"]) | {"manifest.json"} == set(files(folder))
