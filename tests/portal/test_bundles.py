"""Static files made of several."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from portal.lib.bundles import bundled

SCRIPTS = [name for name in settings.BUNDLES if name.endswith(".js")]


@pytest.mark.parametrize("name", settings.BUNDLES)
def test_it_is_found_with_all_that_it_is_made_of(name):
    with open(finders.find(name), encoding="utf-8") as found:
        content = found.read()
    for source in settings.BUNDLES[name]:
        assert (settings.BASE_DIR / "static" / source).read_text(encoding="utf-8").strip() in content


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_bundled_script_neither_imports_nor_exports(name):
    assert not re.search(r"^\s*(import|export)\b", bundled(name), re.MULTILINE)


def test_what_a_script_declares_and_breaks_stays_its_own(tmp_path, settings):
    (tmp_path / "static").mkdir()
    for name in ("one", "two"):
        (tmp_path / "static" / f"{name}.js").write_text(f'const word = "{name}";')
    settings.BASE_DIR = tmp_path
    settings.BUNDLES = {"bundles/both.js": ["one.js", "two.js"]}
    failure = "} catch (error) {\nreportError(error);\n}\n"
    parts = [f'try {{\nconst word = "{name}";\n{failure}' for name in ("one", "two")]
    assert bundled("bundles/both.js") == "".join(parts)


def test_it_is_made_anew_when_a_source_differs(tmp_path, settings):
    (tmp_path / "static").mkdir()
    source = tmp_path / "static" / "one.css"
    settings.BASE_DIR, settings.VAR = tmp_path, tmp_path / "var"
    settings.BUNDLES = {"bundles/one.css": ["one.css"]}
    finders.get_finder.cache_clear()
    for text in ("a { color: red }", "a { color: blue }"):
        source.write_text(text)
        with open(finders.find("bundles/one.css"), encoding="utf-8") as found:
            assert found.read() == text + "\n"
    finders.get_finder.cache_clear()


def test_an_unknown_bundle_is_not_found():
    assert finders.find("bundles/nothing.css") is None
