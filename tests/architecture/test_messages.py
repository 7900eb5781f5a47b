"""Visitors read every word in the language of their market: marked, collected, translated, compiled."""

import ast
import re

import pytest
from django.conf import settings
from django.utils.translation import to_locale

from portal.lib import messages
from tests.architecture.test_layout import ROOT, TEMPLATES, WRITTEN, name_of
from tests.architecture.wording import unmarked

CATALOGS = sorted(ROOT.glob("locale/*/LC_MESSAGES/django.po"))
FOUND = list(messages.found(ROOT))
HINT = "run `make messages` and translate what it names"
# What a translation must keep: variables, and what code or a market's text puts in the place of braces.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}|</?\w+[^>]*>")
# Read before there is a market, by whoever installs the portal; by crawlers; by staff.
STAFF = ("inquiry", "review", "safety", "safety_waiting")
STAFF_MAILS = {f"email/{name}{part}.txt" for name in STAFF for part in ("", "_subject")}
UNTRANSLATED = {"chrome/empty.html", "chrome/robots.txt", *STAFF_MAILS}
PUBLIC = [
    path
    for path in TEMPLATES
    if path.relative_to(ROOT / "templates").parts[0] != "admin"
    and str(path.relative_to(ROOT / "templates")) not in UNTRANSLATED
]
CODE = [path.relative_to(ROOT) for path in WRITTEN if path.relative_to(ROOT).parts[0] in {"portal", "faq"}]
READ = [ROOT / path for path in CODE if not messages.UNREAD & set(path.parts)]
AT_ONCE = {"gettext", "ngettext", "pgettext", "npgettext"}
SCRIPTS = [path for path in sorted((ROOT / "static/js").glob("*.js")) if not path.name.startswith("admin")]
FORMS = [path for path in READ if path.name == "forms.py"]

AMERICAN = re.compile(
    r"\b\w+(gniz|aniz|imiz|ariz|lyz)(e|ed|es|ing|ation)\b|\b\w*(olor|onor|avor|avior)(s|ed|ing|ite)?\b|\bcenter\b"
    r"|\blicense\b|\b(label|cancel|travel)(ed|ing)\b|\bprogram\b|\bcatalog\b|\bpediatric|\bfulfill\b",
    re.IGNORECASE,
)
BRITISH = re.compile(
    r"\b\w+(gnis|anis|imis|aris|lys)(e|ed|es|ing|ation)\b|\b\w*(olour|onour|avour|aviour)(s|ed|ing|ite)?\b|\bcentre\b"
    r"|\blicence\b|\b(label|cancel|travel)l(ed|ing)\b|\bprogramme\b|\bcatalogue\b|\bpaediatric|\bfulfil\b|\bwhilst\b",
    re.IGNORECASE,
)

catalogs = pytest.mark.parametrize("path", CATALOGS, ids=messages.language)


def test_every_language_that_is_offered_has_its_catalog():
    offered = {to_locale(code) for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE}
    assert offered == {messages.language(path) for path in CATALOGS}


def test_the_texts_are_american_english_and_british_readers_have_theirs():
    texts = {form for text in FOUND for form in ([text.forms] if isinstance(text.forms, str) else text.forms)}
    texts = {PLACEHOLDER.sub("", text): text for text in texts}
    assert [text for text in texts if BRITISH.search(text)] == []
    british = messages.read(ROOT / "locale/en_GB/LC_MESSAGES/django.po")
    assert [text for words, text in texts.items() if AMERICAN.search(words) and not british.get(text)] == []
    assert [message.id for message in british if AMERICAN.search(str(message.string))] == []


def docstrings(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body:
            yield from [node.body[0]] if isinstance(node.body[0], ast.Expr) else []


@catalogs
def test_a_catalog_holds_what_is_said_and_nothing_else(path):
    stored = messages.read(path)
    assert not stored.obsolete
    said = messages.updated(stored, FOUND)
    assert {message.id for message in said} ^ {message.id for message in stored} == set(), HINT
    assert messages.written(said) == path.read_bytes(), HINT


@catalogs
def test_everything_is_translated(path):
    assert messages.untranslated(messages.read(path)) == []


@catalogs
def test_a_translation_keeps_every_placeholder(path):
    for message in messages.read(path):
        originals = message.id if message.pluralizable else [message.id]
        translations = message.string if message.pluralizable else [message.string]
        for translation in filter(None, translations if message.id else []):
            # Of two forms the singular may say its number in words.
            allowed = [sorted(PLACEHOLDER.findall(original)) for original in originals]
            assert sorted(PLACEHOLDER.findall(translation)) in allowed, message.id


@catalogs
def test_a_catalog_is_compiled(path):
    assert path.with_suffix(".mo").read_bytes() == messages.compiled(messages.read(path)), HINT


@pytest.mark.parametrize("path", PUBLIC, ids=name_of)
def test_a_template_says_nothing_that_is_not_marked(path):
    assert unmarked(path.read_text()) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=name_of)
def test_a_script_says_only_what_the_page_gave_it(path):
    code = re.sub(r"//.*|throw new Error\(.*", "", path.read_text())
    assert re.findall(r"""(["'`])([A-Z]\w*\s\w[^"'`]*)\1""", code) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<p>{% translate "A word" %} 12 &mdash; {{ name }}</p>', []),
        ("<p>{% blocktranslate %}<b>A word</b>{% endblocktranslate %}</p>", []),
        ('<p lang="en" class="two words" data-kind="x">PDF{# a note #}</p>', []),
        ("{% comment %}a note{% endcomment %}<script>a b</script><svg><title>x y</title></svg>", []),
        ("<p>Page {{ number }} of {{ pages }}</p>", ["Page … of …"]),
        ('<img alt="A word"><a title="{{ x }} word">', ["A word", "… word"]),
        ('<button data-done="Link copied"></button>', ["Link copied"]),
        ('<meta name="description" content="A word"><meta name="robots" content="noindex">', ["A word"]),
        ('<input type="submit" value="Send"><input value="yes">', ["Send"]),
    ],
)
def test_the_search_for_unmarked_words_finds_them(source, expected):
    assert unmarked(source) == expected


@pytest.mark.parametrize("path", FORMS, ids=name_of)
def test_a_form_says_nothing_that_is_not_marked(path):
    tree, marks = ast.parse(path.read_text()), messages.imported(path.read_text())
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") in marks]
    quiet = {id(part) for node in [*calls, *docstrings(tree)] for part in ast.walk(node)}
    said = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in quiet]
    assert [text for text in said if isinstance(text, str) and re.match(r"[A-Z][a-z]+\b(?![/.])", text)] == []


@pytest.mark.parametrize("path", READ, ids=name_of)
def test_what_is_said_while_a_module_loads_waits_for_its_language(path):
    at_once = {alias for alias, function in messages.imported(path.read_text()).items() if function in AT_ONCE}
    early, waiting = [], [ast.parse(path.read_text())]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in at_once:
            early.append(node.lineno)
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))
    assert early == []
