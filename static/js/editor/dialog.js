/* A dialog that holds the focus and gives it back to the editor, whichever way it is closed. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

let count = 0;

export function unique(stem) {
  count += 1;
  return `${stem}-${count}`;
}

/*
 * Opens a dialog called `title` around `parts`; `done` is asked when its form is sent and keeps it open by returning
 * false. Returns the function that closes it.
 */
export function ask(editor, { title, parts, submit, done, others = [] }) {
  const heading = element("h2", { id: unique("editor-dialog") }, title);
  const cancel = element("button", { type: "button", class: "editor-dialog__quiet" }, "Cancel");
  const send = submit && element("button", { type: "submit", class: "editor-dialog__send" }, submit);
  const buttons = element("div", { class: "editor-dialog__buttons" }, ...[send, ...others, cancel].filter(Boolean));
  const form = element("form", { method: "dialog", novalidate: true }, heading, ...parts, buttons);
  const dialog = element("dialog", { class: "editor-dialog", "aria-labelledby": heading.id }, form);
  const close = () => dialog.close();
  cancel.addEventListener("click", close);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (done?.() !== false) close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    /* Nothing was sent to the page around it; the cursor is where it was, or behind what was put in. */
    editor.view.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return close;
}
