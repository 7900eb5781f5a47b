"""How the catalogs of the interface are collected, kept and compiled."""

import gettext
import io

import pytest

from portal.lib import messages

DE = ("locale", "de", "LC_MESSAGES", "django.po")


@pytest.fixture
def project(tmp_path):
    """A project's root; call it with a file's name and text to write that file."""

    def write(name, source):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
        return path

    write.root = tmp_path
    return write


def texts(project):
    return [(text.context, text.forms) for text in messages.found(project.root)]


def catalog_of(project, **translations):
    catalog = messages.updated(messages.read(project.root.joinpath(*DE)), messages.found(project.root))
    for message in catalog:
        if message.id in translations:
            message.string = translations[message.id]
    return catalog


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("<p title=\"{% translate 'A “word”' %}\">", (None, "A “word”")),
        ('{% translate "May" context "verb" %}', ("verb", "May")),
        ('{% translate "Search" as word %}', (None, "Search")),
        ('{{ topic|default:_("Other") }}', (None, "Other")),
        ('{% include "x.html" with label=_("Given") %}', (None, "Given")),
        ("{% blocktranslate with n=a.b %}Page {{ n }}{% endblocktranslate %}", (None, "Page %(n)s")),
        ("{% blocktranslate trimmed asvar x %}\n  Two\n  lines\n{% endblocktranslate %}", (None, "Two lines")),
        (
            "{% blocktranslate count n=a %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
            (None, ("%(n)s day", "%(n)s days")),
        ),
        (
            '{% blocktranslate count n=a context "wait" %}{{ n }} day{% plural %}days{% endblocktranslate %}',
            ("wait", ("%(n)s day", "days")),
        ),
        ("{% blocktranslate %}100 % sure{% endblocktranslate %}", (None, "100 %% sure")),
    ],
)
def test_it_finds_what_a_template_says(project, template, expected):
    project("templates/a.html", f"<div>\n    {{# no #}}\n  <b>It's</b>\n{template}\n</div>")
    assert texts(project) == [expected]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("gettext('A' ' word')", (None, "A word")),
        ("_('A word')", (None, "A word")),
        ("now('A word')", (None, "A word")),
        ("gettext_lazy('Late')", (None, "Late")),
        ("pgettext_lazy('verb', 'May')", ("verb", "May")),
        ("ngettext('%(n)d day', '%(n)d days', n)", (None, ("%(n)d day", "%(n)d days"))),
        ("ngettext_lazy('day', 'days', 'n')", (None, ("day", "days"))),
        ("npgettext('wait', 'day', 'days', n)", ("wait", ("day", "days"))),
    ],
)
def test_it_finds_what_code_says(project, code, expected):
    project("faq/views/a.py", f"from django.utils.translation import gettext as now\ndef view(n):\n    return {code}\n")
    assert texts(project) == [expected]


@pytest.mark.parametrize(
    "name",
    ["faq/admin/drug.py", "portal/chrome/admin.py", "faq/management/commands/x.py", "faq/migrations/0001.py"],
)
def test_it_leaves_out_what_only_staff_read(project, name):
    project(name, "_('For staff')")
    project("templates/admin/x.html", '{% translate "For staff" %}')
    assert texts(project) == []


def test_it_keeps_translations_and_drops_what_nobody_says_any_more(project):
    template = project("templates/a.html", '{% translate "Old" %}{% translate "Kept" %}')
    path = project("/".join(DE), messages.written(catalog_of(project, Old="Alt", Kept="Geblieben")).decode())
    template.write_text('{% translate "Kept" %}{% translate "New" %}')
    catalog = messages.updated(messages.read(path), messages.found(project.root))
    assert [(message.id, message.string or "") for message in catalog if message.id] == [
        ("Kept", "Geblieben"),
        ("New", ""),
    ]
    assert messages.untranslated(catalog) == ["New"]


def test_it_writes_the_same_bytes_for_the_same_texts(project):
    project("templates/b.html", '{% translate "Second" %}\n\n{% translate "First" %}')
    first = messages.written(catalog_of(project, First="Erstes"))
    path = project("/".join(DE), first.decode())
    project("templates/b.html", '\n{% translate "First" %}{% translate "Second" %}')
    again = messages.updated(messages.read(path), messages.found(project.root))
    assert messages.written(again) == first
    assert messages.compiled(again) == messages.compiled(messages.read(path))
    assert b"Date" not in first


def test_it_compiles_what_gettext_reads_without_what_waits(project):
    project(
        "templates/a.html",
        '{% translate "One" %}{% translate "Two" %}{% translate "Doubtful" %}'
        "{% blocktranslate count n=a %}day{% plural %}days{% endblocktranslate %}",
    )
    catalog = catalog_of(project, One="Eins", Doubtful="Zweifelhaft")
    catalog["day"].string = ("Tag", "Tage")
    catalog["Doubtful"].flags.add("fuzzy")
    german = gettext.GNUTranslations(io.BytesIO(messages.compiled(catalog)))
    assert [german.gettext(word) for word in ("One", "Two", "Doubtful")] == ["Eins", "Two", "Doubtful"]
    assert [german.ngettext("day", "days", number) for number in (0, 1, 2)] == ["Tage", "Tag", "Tage"]
    assert sorted(messages.untranslated(catalog)) == ["Doubtful", "Two"]
