/* Makes of HTML from Word or a web page what an answer may hold; the schema of the editor drops the rest. */
import { Extension, Plugin } from "django-prose-editor/editor";
import { inert, openTable } from "editor/shape";
import { around } from "editor/tables";
import { lists } from "editor/word";

const JUNK =
  "meta, link, title, style, script, xml, template, noscript, img, picture, svg, video, audio, iframe, object, embed, " +
  "input, button, select, textarea, colgroup, hr, del, strike, .MsoCommentReference, .MsoCommentText, " +
  '[data-style*="mso-element:comment" i], [data-style*="mso-comment-reference" i], [data-style*="mso-hide:all" i], ' +
  '[data-style*="display:none" i], [data-style*="display: none" i], a[href^="#_msocom"], [hidden]';
const RENAMED = { B: "strong", I: "em", H5: "h4", H6: "h4" };
const TITLES = "h1, h2, h3, h4, h5, h6";
const NUMBERED_TITLE = /^\s*table\s+\d+\s*[.:–-]?\s*/i;

/* Style sheets and comments go before anything reads them. */
function disarmed(html) {
  return html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<!\[[^\]]*\]>/g, "")
    .replace(/<(style|script|xml)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<\/?o:p[^>]*>/gi, "");
}

function renamed(element, name) {
  const other = element.ownerDocument.createElement(name);
  other.append(...element.childNodes);
  element.replaceWith(other);
  return other;
}

function wrapped(element, name) {
  const inside = element.ownerDocument.createElement(name);
  inside.append(...element.childNodes);
  element.append(inside);
}

/* Bold, italic, raised and lowered by a style become so by a tag. */
function styled(body) {
  for (const element of body.querySelectorAll("span[data-style], font[data-style], b[data-style], a[data-style]")) {
    const style = element.dataset.style.toLowerCase().replace(/\s/g, "");
    if (element.tagName === "B" && /(^|;)font-weight:(normal|400)/.test(style)) element.replaceWith(...element.childNodes);
    if (/(^|;)vertical-align:super/.test(style)) wrapped(element, "sup");
    if (/(^|;)vertical-align:sub(;|$)/.test(style)) wrapped(element, "sub");
    if (/(^|;)font-weight:(bold|[6-9]00)/.test(style)) wrapped(element, "strong");
    if (/(^|;)font-style:italic/.test(style)) wrapped(element, "em");
  }
  for (const [from, to] of Object.entries(RENAMED)) body.querySelectorAll(from).forEach((each) => renamed(each, to));
}

/* The highest heading of an answer is h2; whoever comes with an h1 has all of them go down by one. */
function headed(body) {
  body.querySelectorAll("p.MsoTitle").forEach((title) => renamed(title, "h1"));
  const shift = body.querySelector("h1") ? 1 : 0;
  for (const heading of body.querySelectorAll(TITLES)) {
    const level = Math.min(4, Number(heading.tagName[1]) + shift);
    const made = renamed(heading, `h${level}`);
    made.querySelectorAll("strong").forEach((strong) => strong.replaceWith(...strong.childNodes));
  }
}

function isAllBold(row) {
  const filled = [...row.cells].filter((each) => each.textContent.trim());
  return filled.length > 0 && filled.every((each) => bold(each) === each.textContent.trim());
}

function bold(cell) {
  return [...cell.querySelectorAll("strong")].map((strong) => strong.textContent).join("").trim();
}

/* Word calls nothing a header cell; a first row all in bold, or one that repeats on each page, is one. */
function tabled(table) {
  const first = table.rows[0];
  const isHead = table.tHead || !first || table.querySelector("th") ? table.tHead : isAllBold(first) && table.createTHead();
  if (isHead && !table.querySelector("th")) {
    if (!isHead.rows.length) isHead.append(first);
    for (const cell of isHead.querySelectorAll("td")) {
      const head = renamed(cell, "th");
      for (const name of ["colspan", "rowspan"]) {
        if (cell.hasAttribute(name)) head.setAttribute(name, cell.getAttribute(name));
      }
      head.querySelectorAll("strong").forEach((strong) => strong.replaceWith(...strong.childNodes));
    }
  }
  for (const cell of table.querySelectorAll("td, th")) {
    const only = cell.children.length === 1 && cell.firstElementChild.tagName === "P" ? cell.firstElementChild : null;
    if (only) only.replaceWith(...only.childNodes);
  }
  titled(table);
}

/* The line above a table that numbers it is its caption; the page numbers tables by itself. */
function titled(table) {
  const before = table.previousElementSibling;
  if (table.caption || !before || !NUMBERED_TITLE.test(before.textContent) || before.tagName !== "P") return;
  const caption = table.createCaption();
  caption.append(...before.childNodes);
  before.remove();
  let left = NUMBERED_TITLE.exec(caption.textContent)[0].length;
  const texts = caption.ownerDocument.createTreeWalker(caption, NodeFilter.SHOW_TEXT);
  while (left && texts.nextNode()) {
    const taken = Math.min(left, texts.currentNode.data.length);
    texts.currentNode.deleteData(0, taken);
    left -= taken;
  }
}

/* Some pages put a list between the items of another one, where no list may stand. */
function nested(body) {
  for (const list of body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")) {
    list.previousElementSibling?.append(list);
  }
}

function isEmpty(paragraph) {
  return !paragraph.textContent.replaceAll("\u00a0", " ").trim() && !paragraph.querySelector("br, [data-ref], [data-xref]");
}

export function cleaned(html) {
  const body = inert(disarmed(html));
  body.querySelectorAll(JUNK).forEach((element) => element.remove());
  body.querySelectorAll("ins").forEach((element) => element.replaceWith(...element.childNodes));
  body.querySelectorAll('a[name]:not([href]), a[href^="#_"]').forEach((link) => link.replaceWith(...link.childNodes));
  lists(body);
  nested(body);
  styled(body);
  headed(body);
  [...body.querySelectorAll("p")].filter(isEmpty).forEach((paragraph) => paragraph.remove());
  body.querySelectorAll("table").forEach(tabled);
  return body;
}

/* Inside a table another one gives its cells; everywhere else it stands with its caption. */
function received(html, view) {
  const own = html.includes("data-pm-slice");
  const body = own ? inert(disarmed(html)) : cleaned(html);
  const within = around(view.state, "table");
  const loose = [...body.querySelectorAll("table")].filter((table) => !table.closest("[data-tabular]"));
  if (!within) loose.forEach(openTable);
  return body.innerHTML;
}

export const Paste = Extension.create({
  name: "cleanPaste",
  addProseMirrorPlugins: () => [new Plugin({ props: { transformPastedHTML: received } })],
});
