import shutil

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from faq.models import Drug, FaqVersion
from portal.accounts.models import User
from portal.chrome.models import Market
from tests.factories import make_market

pytestmark = pytest.mark.django_db

MARKETS = {"us", "de", "uk"}
FILES = list((settings.BASE_DIR / "fixtures").glob("*/answers/*.yaml"))


@pytest.fixture
def one_drug(tmp_path):
    """A folder like that of the demonstration, with one market and one drug."""
    folder = tmp_path / "us"
    (folder / "answers").mkdir(parents=True)
    source = settings.BASE_DIR / "fixtures" / "us"
    shutil.copy(source / "site.yaml", folder)
    shutil.copy(source / "answers" / "weslumira.yaml", folder / "answers")
    shutil.copytree(source / "answers" / "figures", folder / "answers" / "figures")
    return tmp_path


def test_it_loads_the_markets_and_publishes_every_answer(capsys):
    call_command("load_demonstration")
    assert set(Market.objects.values_list("code", flat=True)) == MARKETS
    assert Market.objects.default()[0].code == "us"
    assert Drug.objects.count() == len(FILES)
    published = FaqVersion.objects.published().filter(faq__market__code="us").count()
    assert f"for us: {published} answers about" in capsys.readouterr().out
    changed = FaqVersion.objects.exclude(status="published")
    assert {version.faq.market.code for version in changed} == {"us", "de"}
    assert all(version.faq.versions.published().get().what_changed for version in changed)


def test_it_says_where_the_answers_come_from_and_makes_no_people(one_drug):
    call_command("load_demonstration", folder=one_drug)
    assert set(FaqVersion.objects.values_list("imported_from", flat=True)) == {"Demonstration content"}
    assert not User.objects.exists()


def test_it_leaves_a_database_with_a_market_alone(capsys):
    make_market("fr")
    call_command("load_demonstration")
    assert "nothing was loaded" in capsys.readouterr().out
    assert not FaqVersion.objects.exists()


def test_it_loads_beside_other_markets_on_request(one_drug):
    make_market("fr")
    call_command("load_demonstration", folder=one_drug, force=True)
    count = FaqVersion.objects.count()
    call_command("load_demonstration", folder=one_drug, force=True)
    assert FaqVersion.objects.count() == count > 0


def test_a_bad_answer_loads_nothing(tmp_path):
    folder = tmp_path / "us"
    (folder / "answers").mkdir(parents=True)
    (folder / "site.yaml").write_text((settings.BASE_DIR / "fixtures" / "us" / "site.yaml").read_text())
    (folder / "answers" / "a.yaml").write_text('drug: {slug: a, name: A}\nanswers: [{question: "Why?", body: So}]')
    with pytest.raises(CommandError, match=r"a\.yaml, answers 1: content_id: is missing"):
        call_command("load_demonstration", folder=tmp_path)
    assert not Market.objects.exists()
