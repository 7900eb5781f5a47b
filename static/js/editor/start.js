/* Puts editors in the place of the textareas that ask for one, also in rows that are added later. */
import { attach } from "editor/editor";
import { editors, refresh } from "editor/numbers";

let references = "";

function start(within) {
  for (const textarea of within.querySelectorAll("textarea[data-editor]")) {
    if (textarea.name.includes("__prefix__") || textarea.hidden) continue;
    references = JSON.parse(textarea.dataset.editor).references;
    attach(textarea);
  }
}

function recount() {
  /* A removed row takes its editor along, and renames those behind it. */
  for (const editor of [...editors.keys()]) {
    const textarea = editor.view.dom.closest(".editor")?.nextElementSibling;
    if (textarea?.isConnected) editors.set(editor, textarea.name);
    else editors.delete(editor);
  }
  refresh(references);
}

start(document);
document.addEventListener("formset:added", (event) => {
  start(event.target);
  recount();
});
document.addEventListener("formset:removed", recount);
document.getElementById("figures-group")?.addEventListener("input", recount);
/* Select2 tells of a choice through jQuery only, and a box that is ticked sends no input everywhere. */
window.django?.jQuery(document).on("change", "#figures-group :input", recount);
