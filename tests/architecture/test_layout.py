"""What the layout of the project promises, checked on its files."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders

ROOT = Path(__file__).resolve().parents[2]
MODULES = [path for name in ("portal", "faq", "tests", "benchmarks") for path in sorted((ROOT / name).rglob("*.py"))]
WRITTEN = [path for path in MODULES if "migrations" not in path.parts]
TEMPLATES = sorted(
    path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt"} and path.name != "OFL.txt"
)
SOURCES = "\n".join(path.read_text() for path in [*WRITTEN, *TEMPLATES])
PAGES = [path for path in TEMPLATES if "email" not in path.relative_to(ROOT).parts]
MODULE_LINES, FUNCTION_LINES, BASE_LINES = 300, 40, 90

# From below; apps on one level are blind to each other (DESIGN: Layout).
LEVELS = [
    {"lib"},
    {"audit"},
    {"chrome"},
    {"accounts", "leaving", "safety"},
    {"clock"},
    {"faq"},
    {"search"},
    {"contact"},
    {"chat"},
]
LEVEL = {label: number for number, labels in enumerate(LEVELS) for label in labels}


def name_of(path):
    return str(path.relative_to(ROOT))


def functions(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.end_lineno - node.lineno + 1


def foreign_keys():
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if field.remote_field and field.concrete and field.related_model and model._meta.app_label in LEVEL:
                yield model._meta.label, field.name, model._meta.app_label, field.related_model._meta.app_label


@pytest.mark.parametrize("path", WRITTEN, ids=name_of)
def test_a_module_is_short_and_so_are_its_functions(path):
    assert len(path.read_text().splitlines()) <= MODULE_LINES
    assert [(name, lines) for name, lines in functions(path) if lines > FUNCTION_LINES] == []


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_template_holds_no_script_and_no_style(path):
    text = path.read_text()
    assert not re.search(r"<script(?![^>]*\ssrc=)", text, re.IGNORECASE)
    assert not re.search(r"<style\b", text, re.IGNORECASE)
    assert not re.search(r"<[^>]*\s(on[a-z]+|style)\s*=", text, re.IGNORECASE)
    assert "javascript:" not in text


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_template_asks_no_other_site_for_anything(path):
    assert not re.search(r"""\s(src|srcset|data|poster)=["'](https?:)?//""", path.read_text())
    assert not re.search(r"""<link[^>]*href=["'](https?:)?//""", path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_static_file_that_a_template_names_is_there(path):
    for name in re.findall(r"""{%\s*static\s+["']([^"']+)["']""", path.read_text()):
        assert finders.find(name), name


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_is_used(path):
    name = str(path.relative_to(ROOT / "templates"))
    # Django itself asks for these; cells of admin lists and mails are named by what comes before their suffix.
    if name.endswith(("base_site.html", "change_form.html", "change_list.html", "submit_line.html")):
        return
    short = name.removeprefix("admin/").removeprefix("email/").removesuffix(path.suffix).removesuffix("_subject")
    assert name in SOURCES or f'"{short}"' in SOURCES


def test_base_html_stays_readable():
    assert len((ROOT / "templates" / "base.html").read_text().splitlines()) <= BASE_LINES


def test_styles_and_scripts_ask_no_other_site_for_anything():
    for path in [*(ROOT / "static").rglob("*.css"), *(ROOT / "static").rglob("*.js")]:
        assert not re.search(r"""(url\(|@import|from |import\()\s*["']?(https?:)?//""", path.read_text()), path


def test_foreign_keys_point_downward():
    people = settings.AUTH_USER_MODEL.partition(".")[0]
    for model, field, source, target in foreign_keys():
        below = target not in LEVEL or target == source or LEVEL[target] < LEVEL[source]
        # Who did something is named through a setting, so that their neighbours on a level know nothing of people.
        below = below or (target == people and LEVEL[target] == LEVEL[source])
        assert below, f"{model}.{field} points from {source} to {target}"


def test_every_app_of_ours_has_its_level():
    ours = {app.label for app in apps.get_app_configs() if app.name.split(".")[0] in {"portal", "faq"}}
    assert ours <= set(LEVEL)


def test_nothing_of_ours_imports_inside_a_function():
    for path in WRITTEN:
        if path.is_relative_to(ROOT / "tests"):
            continue
        tree = ast.parse(path.read_text())
        nested = [
            node for function in ast.walk(tree) if isinstance(function, ast.FunctionDef) for node in ast.walk(function)
        ]
        ours = [
            node
            for node in nested
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("faq", "portal"))
        ]
        assert ours == [], name_of(path)
