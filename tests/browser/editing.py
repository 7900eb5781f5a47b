"""What the tests of the editor share: a draft of one's own, its fields, and what Word puts on the clipboard."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

WORD = Path(__file__).with_name("word.html").read_text()
_PASTE = """([element, html]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "plain");
  element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def begin(page: Page, content_id: str) -> str:
    """Opens the draft of a question, begun by whoever asks for it first; returns its address."""
    page.goto(f"/admin/faq/faq/?q={content_id}")
    page.locator("#result_list").get_by_role("link", name=content_id).first.click()
    # Whether the button is there is asked at once, so the page that may have it has to be.
    page.locator("#versions-group").wait_for()
    button = page.get_by_role("button", name="New version")
    if button.count():
        button.click()
    else:
        page.locator("#versions-group").get_by_role("link", name="v").first.click()
    text_of(page, "Body").wait_for()
    return page.url


def text_of(page: Page, name: str) -> Locator:
    return page.get_by_role("textbox", name=name, exact=True)


def value(page: Page, name: str) -> str:
    """What the form would send for a field, without the line breaks for those who read it unformatted."""
    return str(page.locator(f"[name={name}]").input_value()).replace("\n", "")


def empty(page: Page, name: str) -> None:
    """Deletes everything in an editor and leaves the cursor in it."""
    text_of(page, name).focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")


def paste(page: Page, name: str, html: str) -> None:
    page.evaluate(_PASTE, [text_of(page, name).element_handle(), html])


def pick(page: Page, typed: str) -> None:
    """Takes the first option that an open picker offers for what is typed."""
    page.keyboard.insert_text(typed)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    # It begins anew where several are taken, and is gone where one is.
    expect(page.locator("dialog [role=combobox]").and_(page.locator(":not(:placeholder-shown)"))).to_have_count(0)
