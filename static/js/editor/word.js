/* What Word puts on the clipboard in place of lists: paragraphs with a bullet in front and a level in their style. */
const LEVEL = /mso-list:\s*l(\d+)\s+level(\d+)\s+lfo(\d+)/i;
const IGNORED = '[data-style*="mso-list:Ignore" i], [data-style*="mso-list: Ignore" i]';
const MARKER = /^[\s\u00a0]*([·•o§▪–-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)])[\s\u00a0]+/;
const COUNTED = /^\(?[0-9a-zA-Z]{1,4}[.)]/;

function item(paragraph) {
  const style = paragraph.dataset.style ?? "";
  const found = LEVEL.exec(style);
  if (!found && !/MsoListParagraph/.test(paragraph.className)) return null;
  if (/mso-list:\s*none/i.test(style)) return null;
  let marker = [...paragraph.querySelectorAll(IGNORED)].map((span) => span.textContent).join("");
  paragraph.querySelectorAll(IGNORED).forEach((span) => span.remove());
  if (!marker.trim()) marker = stripped(paragraph);
  if (!found && !marker) return null;
  const sign = marker.replaceAll("\u00a0", " ").trim();
  return { list: found?.[3] ?? "", level: Number(found?.[2] ?? 1), counted: COUNTED.test(sign), sign };
}

/* Takes the marker out of the words of `paragraph`, where it has no element of its own. */
function stripped(paragraph) {
  const [marker = ""] = MARKER.exec(paragraph.textContent) ?? [];
  let left = marker.length;
  const texts = paragraph.ownerDocument.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  while (left && texts.nextNode()) {
    const taken = Math.min(left, texts.currentNode.data.length);
    texts.currentNode.deleteData(0, taken);
    left -= taken;
  }
  return marker;
}

function made(paragraph, { counted, sign }) {
  const list = paragraph.ownerDocument.createElement(counted ? "ol" : "ul");
  const first = Number.parseInt(sign.replace("(", ""), 10);
  if (counted && first > 1) list.setAttribute("start", first);
  return list;
}

export function lists(body) {
  /* The open lists, outermost first; each with its level and what it counts. */
  let open = [];
  let last = null;
  for (const paragraph of [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6")]) {
    const found = paragraph.closest("li") ? null : item(paragraph);
    if (!found) continue;
    const before = last && paragraph.previousElementSibling === last;
    if (!before || (open[0] && open[0].list !== found.list && found.level === open[0].level)) open = [];
    while (open.length && open.at(-1).level > found.level) open.pop();
    if (open.at(-1)?.level === found.level && open.at(-1).counted !== found.counted) open.pop();
    if (open.at(-1)?.level !== found.level) {
      const element = made(paragraph, found);
      if (open.length) open.at(-1).element.lastElementChild.append(element);
      else paragraph.before(element);
      open.push({ ...found, element });
    }
    const entry = paragraph.ownerDocument.createElement("li");
    entry.append(...paragraph.childNodes);
    open.at(-1).element.append(entry);
    paragraph.remove();
    last = open[0].element;
  }
}
