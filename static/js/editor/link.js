/* Asks where words lead. */
import { ask, element, unique } from "editor/dialog";

export function link(editor, valid) {
  const { href = "" } = editor.getAttributes("link");
  const isNew = !editor.isActive("link");
  const field = element("input", { id: unique("editor-link"), type: "text", value: href, placeholder: "https://", autocomplete: "off" });
  const wrong = element("p", { id: unique("editor-wrong"), class: "editor-dialog__wrong", role: "alert", hidden: true });
  const words = element("input", { id: unique("editor-words"), type: "text" });
  const needsWords = isNew && editor.state.selection.empty;

  function refuse(text) {
    wrong.textContent = text;
    wrong.hidden = false;
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", wrong.id);
    field.focus();
    return false;
  }

  function done() {
    const typed = field.value.trim();
    const address = /^[\w-]+(\.[\w-]+)+([/?#]|$)/.test(typed) ? `https://${typed}` : typed;
    if (!valid.test(address)) return refuse("An address begins with https://, with / for a page of this site, or with mailto: or tel:.");
    const chain = editor.chain().focus();
    if (needsWords) {
      const text = words.value.trim() || address;
      chain.insertContent([{ type: "text", text, marks: [{ type: "link", attrs: { href: address } }] }]).run();
    } else {
      chain.extendMarkRange("link").setMark("link", { href: address }).run();
    }
    return true;
  }

  const remove = element("button", { type: "button", class: "editor-dialog__quiet" }, "Remove the link");
  const parts = [element("label", { for: field.id }, "Address"), field, wrong];
  if (needsWords) parts.unshift(element("label", { for: words.id }, "Words that lead there"), words);
  const close = ask(editor, { title: "Link", parts, submit: "Link", done, others: isNew ? [] : [remove] });
  remove.addEventListener("click", () => {
    close();
    editor.chain().focus().extendMarkRange("link").unsetMark("link").run();
  });
}
