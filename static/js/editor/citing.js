/* The picker over the library of references: several in one go, numbered as the answer will number them. */
import { combobox } from "editor/combobox";
import { ask, element } from "editor/dialog";
import { count, label, learn } from "editor/numbers";

async function found(address, typed) {
  if (!typed) return [...count().references.keys()].map(label).filter(Boolean);
  const response = await fetch(`${address}?${new URLSearchParams({ q: typed })}`, { headers: { Accept: "application/json" } });
  if (!response.ok) return [];
  const { references } = await response.json();
  learn(references);
  return references;
}

function option(reference) {
  const number = count().references.get(reference.key);
  return {
    key: reference.key,
    label: reference.text,
    detail: number ? `${reference.key}, number ${number} here` : reference.key,
    warning: reference.warning,
  };
}

export function cite(editor, address) {
  const chosen = new Map();
  const list = element("ol", { class: "editor-chosen", "aria-label": "Chosen references" });
  const said = element("p", { role: "status", class: "visually-hidden" });

  function remove(key) {
    chosen.delete(key);
    show();
    picker.clear();
  }

  function entry([key, { label: text, warning }]) {
    const button = element("button", { type: "button", "aria-label": `Remove ${key}` }, "Remove");
    button.addEventListener("click", () => remove(key));
    const words = element("span", {}, text, ...(warning ? [" ", element("strong", {}, warning)] : []));
    return element("li", {}, words, button);
  }

  function show() {
    list.replaceChildren(...[...chosen].map(entry));
    list.hidden = chosen.size === 0;
    said.textContent = `${chosen.size} chosen`;
  }

  function choose(reference) {
    chosen.set(reference.key, reference);
    show();
    picker.clear();
  }

  function insert() {
    if (!chosen.size) return false;
    const content = [...chosen.keys()].map((key) => ({ type: "cite", attrs: { key } }));
    /* Behind what is selected: a citation never takes the place of words. */
    editor.chain().focus().insertContentAt(editor.state.selection.to, content).run();
    return true;
  }

  const picker = combobox({
    label: "Find a reference",
    hint: "Author, title, year, DOI, PMID",
    search: async (typed) => (await found(address, typed).catch(() => [])).map(option),
    choose,
    empty: "Nothing found. References are added in the library: References, Add.",
  });
  show();
  const help = element("p", { class: "editor-dialog__help" }, "Enter takes a reference; Enter once more cites what is taken.");
  ask(editor, { title: "Cite references", parts: [...picker.parts, list, said, help], submit: "Cite", done: insert });
}
