/*
 * Between the HTML that is stored and the tree that the editor works on. Stored text stands bare in list items and cells,
 * a table has a caption and sections; the tree has paragraphs everywhere, a caption beside its table, and rows that know
 * their section. `opened` makes the one of the other and `closed` the other of the one: nothing else may change.
 */
const BLOCKS = new Set("P H1 H2 H3 H4 H5 H6 UL OL LI BLOCKQUOTE FIGURE TABLE DIV HR PRE DL".split(" "));
const HOLDERS = "li, td, th, blockquote";
const PARTS = { THEAD: "head", TBODY: "body", TFOOT: "foot" };
const SECTIONS = { head: "thead", body: "tbody", foot: "tfoot" };

/* A document of its own: nothing in it is loaded, run or shown; styles become data, so no policy has to refuse them. */
export function inert(html = "") {
  const other = document.implementation.createHTMLDocument("");
  other.body.innerHTML = html.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on[a-z]+)\s*=/gi, " data-$1="));
  return other.body;
}

function isBlank(node) {
  return node.nodeType === Node.TEXT_NODE && !/[^ \t\r\n\f]/.test(node.data);
}

function isBlock(node) {
  return node.nodeType === Node.ELEMENT_NODE && BLOCKS.has(node.tagName);
}

/* Puts what stands bare in `holder`, between its blocks, into paragraphs that say so. */
function wrapBare(holder) {
  let paragraph = null;
  for (const node of [...holder.childNodes]) {
    if (isBlock(node)) {
      paragraph = null;
    } else if (paragraph || !isBlank(node)) {
      if (!paragraph) {
        paragraph = holder.ownerDocument.createElement("p");
        paragraph.dataset.bare = "yes";
        node.before(paragraph);
      }
      paragraph.append(node);
    }
  }
}

/* A table with its caption beside it and without sections; each row says which it came from. */
export function openTable(table) {
  const other = table.ownerDocument;
  const outside = other.createElement("div");
  outside.dataset.tabular = "";
  /* In the order of the page: heads first, feet last. */
  const rows = [...table.rows];
  const bodies = [...table.tBodies];
  for (const row of rows) {
    const section = row.parentElement;
    row.dataset.part = PARTS[section.tagName] ?? "body";
    if (bodies.indexOf(section) > 0 && row === section.rows[0]) row.dataset.begins = "";
  }
  table.replaceWith(outside);
  if (table.caption) {
    const caption = other.createElement("div");
    caption.dataset.caption = "";
    caption.append(...table.caption.childNodes);
    outside.append(caption);
  }
  const inside = other.createElement("table");
  inside.append(...rows);
  if (rows.length) outside.append(inside);
}

export function opened(html) {
  const body = inert(html);
  for (const paragraph of body.querySelectorAll("p")) paragraph.dataset.bare = "no";
  wrapBare(body);
  body.querySelectorAll(HOLDERS).forEach(wrapBare);
  body.querySelectorAll("table").forEach(openTable);
  return body;
}

function closeTable(outside) {
  const other = outside.ownerDocument;
  const table = other.createElement("table");
  const written = outside.querySelector(":scope > [data-caption]");
  if (written?.hasChildNodes()) {
    const caption = other.createElement("caption");
    caption.append(...written.childNodes);
    table.append(caption);
  }
  let section = null;
  for (const row of outside.querySelectorAll(":scope > table > tbody > tr")) {
    const name = SECTIONS[row.dataset.part] ?? "tbody";
    if (section?.localName !== name || "begins" in row.dataset) {
      section = other.createElement(name);
      table.append(section);
    }
    delete row.dataset.part;
    delete row.dataset.begins;
    section.append(row);
  }
  outside.replaceWith(table);
}

/* Whether a paragraph stands bare: as it was opened, or, where it is new, alone in a list item or a cell. */
function isBare(paragraph) {
  const before = paragraph.previousSibling;
  if (before && !isBlock(before)) return false;
  if (paragraph.dataset.bare) return paragraph.dataset.bare === "yes";
  const siblings = [...paragraph.parentElement.children].filter((child) => child.tagName === "P");
  return paragraph.parentElement.matches("li, td, th") && !before && siblings.length === 1;
}

export function closed(body) {
  for (const paragraph of [...body.querySelectorAll("p")]) {
    if (!paragraph.hasChildNodes()) paragraph.remove();
    else if (isBare(paragraph)) paragraph.replaceWith(...paragraph.childNodes);
    else delete paragraph.dataset.bare;
  }
  body.querySelectorAll("[data-tabular]").forEach(closeTable);
  return body.innerHTML;
}
