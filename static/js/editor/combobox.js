/*
 * An editable combobox with a list, as the WAI-ARIA Authoring Practices have it. `search` gives options for what is
 * typed, each with `key`, `label` and perhaps `detail` and `warning`; `choose` is told of the one that is taken.
 */
import { element, unique } from "editor/dialog";

const AFTER = 150;

export function combobox({ label, hint, search, choose, empty }) {
  const list = element("ul", { id: unique("editor-options"), role: "listbox", "aria-label": label });
  const said = element("p", { role: "status", class: "visually-hidden" });
  const field = element("input", {
    id: unique("editor-field"),
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
    placeholder: hint,
  });
  /* `early` are the keys that were pressed before there was an answer to what was typed. */
  const state = { found: [], active: -1, timer: 0, asked: 0, answered: 0, early: [] };

  function activate(place) {
    state.active = place;
    for (const [at, each] of [...list.children].entries()) each.setAttribute("aria-selected", String(at === place));
    const option = list.children[place];
    if (option?.id) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  function option({ label: text, detail, warning }) {
    const parts = [element("span", { class: "editor-option__label" }, text)];
    if (detail) parts.push(" ", element("span", { class: "editor-option__detail" }, detail));
    if (warning) parts.push(" ", element("strong", { class: "editor-option__warning" }, warning));
    return element("li", { id: unique("editor-option"), role: "option", "aria-selected": "false" }, ...parts);
  }

  function show(found) {
    state.found = found;
    list.replaceChildren(...found.map(option));
    list.hidden = found.length === 0;
    field.setAttribute("aria-expanded", String(found.length > 0));
    said.textContent = found.length ? `${found.length} found` : empty;
    none.hidden = found.length > 0;
    activate(-1);
  }

  async function ask() {
    const { asked } = state;
    const found = await search(field.value.trim());
    /* Overtaken by what was typed since. */
    if (asked !== state.asked) return;
    state.answered = asked;
    show(found);
    state.early.splice(0).forEach(press);
  }

  function soon(delay) {
    state.asked += 1;
    state.early = [];
    clearTimeout(state.timer);
    state.timer = setTimeout(ask, delay);
  }

  /* What a key does here; false where it does what it does in any field. */
  function press(key) {
    const last = state.found.length - 1;
    if (key === "ArrowDown") activate(state.active >= last ? 0 : state.active + 1);
    else if (key === "ArrowUp") activate(state.active <= 0 ? last : state.active - 1);
    /* What is typed is no choice; only an empty field lets Enter send the form. */
    else if (key === "Enter") return take(state.active) || field.value.trim() !== "";
    else return false;
    return true;
  }

  function take(place) {
    const taken = state.found[place];
    if (!taken) return false;
    choose(taken);
    return true;
  }

  const none = element("p", { class: "editor-dialog__none", hidden: true }, empty);
  field.addEventListener("input", () => soon(AFTER));
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || !["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) return;
    const isEarly = state.answered !== state.asked && (field.value.trim() || event.key !== "Enter");
    if (isEarly) state.early.push(event.key);
    if (isEarly || press(event.key)) event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => take([...list.children].indexOf(event.target.closest("li"))));
  soon(0);
  const parts = [element("label", { for: field.id }, label), field, list, none, said];
  return {
    parts,
    clear() {
      field.value = "";
      field.focus();
      soon(0);
    },
  };
}
