"""The editor's form field, its page, and the view that its pickers ask."""

import re
from pathlib import Path

import pytest

from faq.admin.editor import MODULES, EditorField
from faq.models import Reference
from tests import cast
from tests.factories import make_draft, make_figure, make_reference
from tests.faq.administering import LIST, page

SCRIPTS = Path(__file__).resolve().parents[2] / "static/js/editor"
REFERENCES = f"{LIST}references/"


def test_it_maps_every_module_that_there_is():
    assert {*MODULES, "start"} == {path.stem for path in SCRIPTS.glob("*.js")}


@pytest.mark.parametrize("pretty", [True, False])
def test_it_finds_unchanged_what_differs_in_white_space_only(pretty):
    field = EditorField(required=False)
    words = "<ul><li>one</li><li>two</li></ul><p>three</p>"
    shown = field.widget.format_value(words)
    assert shown != words
    assert not field.has_changed(words, shown if pretty else words)
    assert field.has_changed(words, words.replace("two", "too"))


def test_it_takes_away_what_the_allow_list_does_not_hold():
    assert EditorField(line=True).clean('<h2 class="x">a</h2><script>b()</script>') == "a"


@pytest.mark.django_db
def test_it_lets_the_import_map_run_and_no_other_script_in_the_page(author):
    version = make_draft()
    make_figure(version)
    response = author.get(page(version))
    (nonce,) = re.findall(r"'nonce-([^']+)'", response["Content-Security-Policy"])
    assert f'<script type="importmap" nonce="{nonce}">' in response.content.decode()
    assert "nonce" not in author.get("/admin/")["Content-Security-Policy"]


@pytest.mark.django_db
def test_it_finds_references_by_words_and_by_keys(author):
    make_reference("doe-2024", title="Storage of vials")
    make_reference("roe-2025", title="Dosing")
    Reference.objects.filter(key="roe-2025").update(
        standing="retracted", standing_reason="Wrong.", standing_at="2026-01-01T00:00Z"
    )
    (found,) = author.get(REFERENCES, {"q": "stor via"}).json()["references"]
    assert (found["key"], found["warning"]) == ("doe-2024", "")
    assert "Storage of vials" in found["text"]
    (known,) = author.get(REFERENCES, {"key": ["roe-2025", "nobody"]}).json()["references"]
    assert known["warning"] == "Retracted"


@pytest.mark.django_db
def test_it_tells_of_references_only_to_those_who_may_read_them(client):
    assert client.get(REFERENCES).status_code == 302
    client.force_login(cast.inquiry_handler())
    assert client.get(REFERENCES).status_code == 403
