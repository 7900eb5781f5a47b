/* The figures of this version as its page has them now, saved or not, and the picker over them. */
import { combobox } from "editor/combobox";
import { ask } from "editor/dialog";
import { count } from "editor/numbers";

const SAVED = /^([a-z0-9][a-z0-9-]*): /;

function read(row) {
  const prefix = row.id;
  const field = (name) => row.querySelector(`[name="${prefix}-${name}"]`);
  const chosen = [...(field("taken_from")?.selectedOptions ?? [])];
  const order = (row.querySelector("[data-sources]")?.dataset.sources ?? "").split(" ").filter(Boolean);
  const sources = chosen.map((option) => SAVED.exec(option.text)?.[1]).filter(Boolean);
  /* Those that are stored keep their order, and new ones follow. */
  const place = (key) => (order.includes(key) ? order.indexOf(key) : order.length);
  return {
    key: field("key")?.value.trim() ?? "",
    title: field("title")?.value.trim() ?? "",
    image: row.querySelector(".thumbnail img")?.getAttribute("src") ?? "",
    valuesField: `${prefix}-values_table`,
    sources: sources.sort((one, other) => place(one) - place(other)),
    isGone: field("DELETE")?.checked ?? false,
  };
}

export function figures() {
  const rows = document.querySelectorAll("#figures-group .inline-related:not(.empty-form)");
  return [...rows].map(read).filter((figure) => figure.key && !figure.isGone);
}

function offered(typed) {
  const { figures: places } = count();
  const words = typed.toLowerCase();
  return figures()
    .filter(({ key, title }) => `${key} ${title}`.toLowerCase().includes(words))
    .map((figure) => ({ ...figure, number: places.get(figure.key) }));
}

function picker(editor, { title, type, detail, after = [] }) {
  let close = () => {};
  const search = async (typed) =>
    offered(typed).map((figure) => ({ key: figure.key, label: figure.title || figure.key, detail: detail(figure) }));
  const choose = ({ key }) => {
    close();
    editor.chain().focus().insertContent([{ type, attrs: { key } }, ...after]).run();
  };
  const empty = "This version has no such figure. Add figures further down on this page; each needs a key.";
  const { parts } = combobox({ label: "Which figure?", hint: "Type part of its title", search, choose, empty });
  close = ask(editor, { title, parts });
}

export function placeFigure(editor) {
  /* Behind it a paragraph to write on; without one the next insertion would replace the figure. */
  picker(editor, {
    title: "Place a figure",
    type: "figure",
    detail: ({ key, number }) => (number ? `${key}, placed already as figure ${number}` : key),
    after: [{ type: "paragraph" }],
  });
}

export function referToFigure(editor) {
  picker(editor, {
    title: "Refer to a figure",
    type: "xref",
    detail: ({ key, number }) => (number ? `Figure ${number}` : `${key}, not placed in the text yet`),
  });
}
