"""What stands in an answer stays as it is when an editor opens it, and what an editor makes is what may be stored."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

from portal.lib.html import permitted, sanitise, sanitise_line
from tests.browser.editing import begin

pytestmark = pytest.mark.browser

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
WORDED = ("short_answer", "body", "values_table")
# Opens each text in an editor of its own, writes a letter into it, takes that back, and tells what would be stored.
OPENED = """async ([texts, allowed]) => {
  const [{ extensions, stored }, { opened }, tiptap] = await Promise.all(
    ["editor/editor", "editor/shape", "django-prose-editor/editor"].map((name) => import(name)));
  const kinds = allowed.map(extensions);
  return texts.map(([kind, html]) => {
    const content = opened(html).innerHTML;
    const editor = new tiptap.Editor({ injectCSS: false, extensions: kinds[kind], content });
    const first = stored(editor);
    editor.commands.setTextSelection(3);
    const place = editor.state.selection.from;
    editor.view.dispatch(editor.state.tr.insertText("x", place));
    editor.view.dispatch(editor.state.tr.delete(place, place + 1));
    const second = stored(editor);
    editor.destroy();
    return [first, second];
  });
}"""
EVERYTHING = (
    '<h2>A</h2><h3>B</h3><h4>C</h4><p><strong>b</strong><em>i</em><sup>1</sup><sub>2</sub><a href="/us/">here</a><br>'
    'x<cite data-ref="key"></cite><cite data-source="company"></cite><span data-xref="key"></span></p>'
    '<ul><li>one</li></ul><ol start="3"><li>three</li></ol><blockquote><p>said</p></blockquote>'
    '<figure data-figure="key"></figure><table><caption>T</caption><thead><tr>'
    '<th scope="col" rowspan="2" colspan="2">h</th><th scope="col">i</th></tr><tr><th scope="col">j</th></tr></thead>'
    '<tbody><tr><td rowspan="2" colspan="2">1</td><td>2</td></tr><tr><td>3</td></tr></tbody>'
    '<tfoot><tr><td colspan="3"><sup>a</sup> note</td></tr></tfoot></table>'
)
TAGS = """
    abbr address article aside b bdi big blink button center cite code dd del dfn div dl dt fieldset figure font footer
    form video h1 h2 h5 h6 header i ins kbd label mark marquee nav ol p pre q s section small span strike svg tt
    u ul var
"""
STYLED = 'class="c" id="i" style="color:red" title="t" onclick="x()"'
FOREIGN = "".join(f"<{tag} {STYLED}>w</{tag}>" for tag in [*TAGS.split(), "a", "td"])


@pytest.fixture
def draft(author_page):
    begin(author_page, "US_cFAQ_IML003_BRAIN_METASTASIS")
    return author_page


def open_all(page, texts):
    return page.evaluate(OPENED, [texts, [permitted(line=True), permitted()]])


def worded(node):
    """All HTML of a demonstration, as (is it more than a line, what is stored)."""
    if isinstance(node, list):
        return [text for each in node for text in worded(each)]
    if not isinstance(node, dict):
        return []
    own = [(name, words) for name, words in node.items() if name in WORDED and words]
    cleaned = [(0, sanitise_line(words)) if name == "short_answer" else (1, sanitise(words)) for name, words in own]
    return cleaned + [text for each in node.values() for text in worded(each)]


def test_it_changes_nothing_in_any_answer_of_the_demonstration(draft):
    files = sorted(FIXTURES.rglob("answers/*.yaml"))
    texts = [text for file in files for text in worded(yaml.load(file.read_text(), yaml.CSafeLoader))]
    assert len(texts) > 100
    # What is stored is the same to the byte, and so is all that is rendered and hashed of it.
    for (_, before), (opened, edited) in zip(texts, open_all(draft, texts), strict=True):
        assert opened == before
        assert edited == before


class Pairs(HTMLParser):
    def __init__(self, markup):
        super().__init__()
        self.found = set()
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.found |= {(tag, ""), *((tag, name) for name, _ in attrs)}


def test_it_makes_everything_that_may_be_stored_and_nothing_else(draft):
    may = {(tag, name) for tag, names in permitted().items() for name in ("", *names)}
    assert Pairs(EVERYTHING).found == may
    (kept, _), (foreign, _), (line, _) = open_all(draft, [(1, EVERYTHING), (1, FOREIGN), (0, EVERYTHING)])
    assert kept == EVERYTHING == sanitise(EVERYTHING)
    assert foreign == sanitise(foreign)
    assert Pairs(foreign).found <= may
    assert line == sanitise_line(line)
    assert {tag for tag, _ in Pairs(line).found} == set(permitted(line=True))
