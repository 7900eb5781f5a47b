"""The editor of answers, by keyboard alone, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.editing import WORD, begin, empty, paste, pick, text_of, value

pytestmark = pytest.mark.browser

SHORT = '<p>It keeps for 14 days.<cite data-ref="jhaveri-2025"></cite><cite data-source="company"></cite></p>'
BODY = (
    "<h2>Storage</h2>"
    '<p>Keep it at ≥2 °C.<cite data-ref="jhaveri-2025"></cite><cite data-ref="bhagwat-2025"></cite>'
    ' See <span data-xref="brain-exposure"></span>.</p>'
    "<ul><li>vials<ul><li>glass</li></ul></li><li>pens</li></ul>"
    '<figure data-figure="brain-exposure"></figure>'
    "<table><caption>Days</caption>"
    '<thead><tr><th scope="col">Form</th><th scope="col">Warm</th><th scope="col">Cold</th></tr></thead>'
    '<tbody><tr><th scope="row">Vial</th><td colspan="2">7<sup>a</sup></td></tr></tbody>'
    '<tfoot><tr><td colspan="3"><sup>a</sup> Once opened.</td></tr></tfoot></table>'
)
FROM_WORD = (
    "<h2>Storage</h2>"
    "<p>Keep it at 2&nbsp;°C to 8 °C for 10<sup>3</sup> hours, <strong>never</strong> <em>frozen</em>;"
    " H<sub>2</sub>O is no diluent.</p>"
    "<h3>In use</h3><ul><li>Vials<ul><li>glass</li></ul></li><li>Pens</li></ul><p>Then:</p>"
    '<ol><li>Warm it.</li><li>Shake it <a href="https://example.org/how">gently</a>.</li></ol>'
    "<table><caption>Days of stability</caption>"
    '<thead><tr><th>Form</th><th colspan="2">Days</th></tr></thead>'
    "<tbody><tr><td>Vial</td><td>7</td><td>14<sup>a</sup></td></tr></tbody></table>"
)
WEB = (
    '<div class="article" style="color:red"><h1 id="top">Dosing</h1><script>alert(1)</script><img src="https://x.example/a.png">'
    '<p style="margin:0" onclick="alert(1)">Take <span style="font-weight:700">one</span><br>daily.</p>'
    '<ul><li>a</li><ul><li>b</li></ul></ul><a href="javascript:alert(1)">bad</a></div>'
)
FROM_WEB = "<h2>Dosing</h2><p>Take <strong>one</strong><br>daily.</p><ul><li>a<ul><li>b</li></ul></li></ul><p>bad</p>"


@pytest.fixture
def draft(author_page):
    begin(author_page, "US_cFAQ_IML003_BRAIN_METASTASIS")
    return author_page


def stored(page, name):
    """What the form came with: one line, as the database has it."""
    return page.locator(f"[name={name}]").evaluate("field => field.defaultValue").replace("\n", "")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def write_beginning(page):
    press(page, "Control+Alt+2")
    page.keyboard.type("Storage")
    press(page, "Enter")
    page.keyboard.type("Keep it at ")
    press(page, "Alt+Shift+S", "Enter")
    page.keyboard.type("2 ")
    press(page, "Alt+Shift+S", "ArrowDown", "Enter")
    page.keyboard.type("C.")
    press(page, "Alt+Shift+C")
    pick(page, "Jhaveri")
    pick(page, "Bhagwat")
    press(page, "Enter")
    page.keyboard.type(" See ")
    press(page, "Alt+Shift+X")
    pick(page, "brain-exposure")
    page.keyboard.type(".")
    press(page, "Enter")


def write_list_and_figure(page):
    press(page, "Control+Shift+8")
    page.keyboard.type("vials")
    press(page, "Enter", "Tab")
    page.keyboard.type("glass")
    press(page, "Enter", "Shift+Tab")
    page.keyboard.type("pens")
    press(page, "Enter", "Enter", "Alt+Shift+F")
    pick(page, "brain-exposure")


def use(page, tool):
    """Goes to a tool by keyboard: to the toolbar, then along it."""
    press(page, "Alt+F10")
    for _ in range(60):
        if page.evaluate("document.activeElement.dataset.tool") == tool:
            break
        press(page, "ArrowRight")
    press(page, "Enter")


def write_table(page):
    press(page, "Alt+Shift+T")
    page.keyboard.type("Days")
    for words in ("Form", "Warm", "Cold"):
        press(page, "Tab")
        page.keyboard.type(words)
    press(page, "Tab")
    for _ in range(3):
        # On, off, and on again.
        use(page, "Header cell")
    page.keyboard.type("Vial")
    press(page, "Tab")
    page.keyboard.type("7")
    press(page, "Shift+ArrowRight")
    use(page, "Merge the selected cells")
    press(page, "Alt+Shift+N")
    page.keyboard.type("Once opened.")
    press(page, "Shift+Tab")
    use(page, "Delete the row")


def test_it_writes_a_whole_answer_by_keyboard(draft):
    empty(draft, "Short answer")
    draft.keyboard.type("It keeps for 14 days.")
    press(draft, "Alt+Shift+C")
    pick(draft, "Jhaveri")
    press(draft, "Enter", "Alt+Shift+D")
    assert value(draft, "short_answer") == SHORT
    empty(draft, "Body")
    write_beginning(draft)
    numbers = text_of(draft, "Body").locator(".marker--cite").all_inner_texts()
    assert numbers == ["1", "2"]
    write_list_and_figure(draft)
    write_table(draft)
    assert value(draft, "body") == BODY
    draft.get_by_role("button", name="Save and continue editing").click()
    expect(draft.locator(".messagelist")).to_contain_text("was changed successfully")
    assert (stored(draft, "short_answer"), stored(draft, "body")) == (SHORT, BODY)
    expect(draft.locator(".preview .table-scroll a.note")).to_have_count(2)


def test_it_makes_clean_text_of_what_word_and_web_pages_put_on_the_clipboard(draft):
    empty(draft, "Body")
    paste(draft, "Body", WORD)
    assert value(draft, "body") == FROM_WORD
    empty(draft, "Body")
    paste(draft, "Body", WEB)
    assert value(draft, "body") == FROM_WEB


def test_it_can_be_used_without_a_mouse_and_left_again(draft):
    text_of(draft, "Body").focus()
    press(draft, "Alt+F10", "End")
    expect(draft.locator(":focus")).to_have_attribute("aria-label", "Keys")
    press(draft, "Enter")
    expect(draft.get_by_role("dialog", name="Keys")).to_contain_text("Cite references")
    press(draft, "Escape")
    expect(text_of(draft, "Body")).to_be_focused()
    press(draft, "Escape", "Tab")
    expect(text_of(draft, "Body")).not_to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_and_its_dialogs_have_no_flaw_that_axe_finds(draft, scheme):
    draft.emulate_media(color_scheme=scheme)
    assert violations(draft, ".form-row.field-body") == []
    text_of(draft, "Body").focus()
    press(draft, "Alt+Shift+C")
    draft.locator("dialog [role=option]").first.wait_for()
    assert violations(draft, "dialog") == []
    draft.set_viewport_size({"width": 390, "height": 844})
    press(draft, "Escape")
    # The words of the tools wrap; nothing but a table may be wider than the screen.
    assert draft.locator(".editor").evaluate_all("all => all.every(each => each.scrollWidth <= innerWidth)")


def violations(page, within):
    # Without asking for style sheets once more, which the policy of the page refuses to axe.
    found = Axe().run(page, context=within, options={"preload": False}).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]


def test_it_numbers_citations_as_the_answer_will(draft):
    begin(draft, "US_cFAQ_IML004_CNS_PROGRESSION")
    text_of(draft, "Body").locator(".marker--cite").first.wait_for()
    shown = (
        draft.locator(".editor-text")
        .locator("[data-ref]")
        .evaluate_all("all => Object.fromEntries(all.map(each => [each.dataset.ref, each.textContent]))")
    )
    listed = draft.locator(".preview .reference-list > li").all_inner_texts()
    assert len(shown) == len(listed)
    for key, number in shown.items():
        author = key.split("-")[0]
        assert author[:4] in listed[int(number) - 1].lower().replace(".", ""), (key, number)


def test_it_offers_a_figure_that_is_not_saved_yet(draft):
    draft.get_by_text("Add another Figure").click()
    row = draft.locator("#figures-group .inline-related:not(.empty-form)").last
    row.locator("[name$='-key']").fill("unsaved-curve")
    row.locator("[name$='-title']").fill("A new curve")
    empty(draft, "Body")
    press(draft, "Alt+Shift+F")
    pick(draft, "A new curve")
    assert value(draft, "body") == '<figure data-figure="unsaved-curve"></figure>'
    expect(text_of(draft, "Body").locator("figure")).to_have_text("Figure 1. A new curve")
