/*
 * The numbers that markers show: references and figures by first appearance in the short answer and then the body, a
 * figure's sources and the citations in its table of values at its place, as faq/rendering.py counts.
 */
import { figures } from "editor/figures";

/* Each editor of the page with the name of its field. */
export const editors = new Map();
const labels = new Map();
const CHUNK = 20;
const SOURCE = /^figures-\d+-values_table$/;

/* What is known of a reference: how it reads, and what stands against it. */
export function label(key) {
  return labels.get(key);
}

export function learn(references) {
  for (const reference of references) labels.set(reference.key, reference);
}

function main() {
  const found = [...editors].filter(([, field]) => !SOURCE.test(field));
  return (found.length ? found : [...editors]).map(([editor]) => editor);
}

function editorOf(field) {
  return [...editors].find(([, name]) => name === field)?.[0];
}

function cited(doc, each) {
  doc.descendants((node) => {
    if (node.type.name === "cite" || node.type.name === "figure") each(node);
  });
}

/* The numbers of this moment: {references, figures}, each a Map from key to number. */
export function count() {
  const references = new Map();
  const places = new Map();
  const known = new Map(figures().map((figure) => [figure.key, figure]));
  const add = (map, key) => map.has(key) || map.set(key, map.size + 1);
  for (const editor of main()) {
    cited(editor.state.doc, (node) => {
      const { key } = node.attrs;
      if (node.type.name === "cite") return add(references, key);
      add(places, key);
      const figure = known.get(key);
      figure?.sources.forEach((source) => add(references, source));
      const values = figure && editorOf(figure.valuesField);
      if (values) cited(values.state.doc, (inner) => add(references, inner.attrs.key));
      return true;
    });
  }
  return { references, figures: places, known };
}

function write(dom, text, title, isKnown) {
  if (dom.textContent !== text) dom.textContent = text;
  if (dom.title !== title) dom.title = title;
  dom.setAttribute("aria-label", title);
  dom.setAttribute("role", "img");
  dom.classList.toggle("marker--lost", !isKnown);
}

function writeCite(dom, { references }) {
  const { ref: key } = dom.dataset;
  const reference = labels.get(key);
  const number = references.get(key);
  const lost = labels.has(key) && !reference;
  const title = lost ? `No reference has the key ${key}` : `Reference ${number ?? key}: ${reference?.text ?? key}`;
  write(dom, lost ? "?" : String(number ?? key), reference?.warning ? `${title} (${reference.warning})` : title, !lost);
  dom.classList.toggle("marker--fallen", Boolean(reference?.warning));
}

function writeXref(dom, { figures: places, known }) {
  const { xref: key } = dom.dataset;
  const number = places.get(key);
  const title = known.get(key)?.title ?? "";
  const isKnown = Boolean(number);
  write(dom, isKnown ? `Figure ${number}` : `Figure ? (${key})`, isKnown ? `Figure ${number}: ${title}` : `The text does not show a figure ${key}`, isKnown);
}

function writeFigure(dom, { figures: places, known }) {
  const { figure: key } = dom.dataset;
  const figure = known.get(key);
  const number = places.get(key);
  const words = figure ? `Figure ${number}. ${figure.title || key}` : `No figure has the key ${key}`;
  if (dom.dataset.words === words && dom.dataset.image === (figure?.image ?? "")) return;
  write(dom, words, words, Boolean(figure));
  dom.dataset.words = words;
  dom.dataset.image = figure?.image ?? "";
  if (figure?.image) {
    const picture = document.createElement("img");
    picture.src = figure.image;
    picture.alt = "";
    dom.prepend(picture);
  }
}

async function fetched(address, keys) {
  const query = new URLSearchParams(keys.map((key) => ["key", key]));
  const response = await fetch(`${address}?${query}`, { headers: { Accept: "application/json" } });
  return response.ok ? (await response.json()).references : null;
}

/* Asks for what is not known yet of the references that the page cites. */
async function look(references, address) {
  const keys = [...references.keys()].filter((key) => !labels.has(key));
  for (let at = 0; at < keys.length; at += CHUNK) {
    const some = keys.slice(at, at + CHUNK);
    const found = await fetched(address, some).catch(() => null);
    if (!found) return;
    some.forEach((key) => labels.set(key, null));
    learn(found);
  }
  if (keys.length) paint();
}

function paint() {
  const counted = count();
  for (const editor of editors.keys()) {
    const { dom } = editor.view;
    dom.querySelectorAll("[data-ref]").forEach((each) => writeCite(each, counted));
    dom.querySelectorAll("[data-xref]").forEach((each) => writeXref(each, counted));
    dom.querySelectorAll("figure[data-figure]").forEach((each) => writeFigure(each, counted));
  }
  return counted;
}

let waiting = false;

/* Writes the numbers soon, once for however many changes; `address` is where references are looked up. */
export function refresh(address) {
  if (waiting) return;
  waiting = true;
  queueMicrotask(() => {
    waiting = false;
    look(paint().references, address);
  });
}
