/*
 * With the visitor's consent, keeps on this device which answers were read last, and lists them on the home page.
 * Without it nothing is read or written, and what an earlier consent had left is deleted.
 */
const MOST = 8;
const GONE = [404, 410];
/* In the footer of every page: which text on privacy choices is shown today, and of which market. */
const terms = document.querySelector("[data-consent-text]");
const drawer = `recent ${terms?.dataset.consentPlace}`;
const list = document.querySelector("[data-recent-list]");
const deletion = document.querySelector("[data-recent-delete]");

function isGiven() {
  const cookie = document.cookie.split("; ").find((part) => part.startsWith("privacy_choices="));
  const choices = new URLSearchParams(cookie?.slice("privacy_choices=".length));
  const asked = Number(terms.dataset.consentText);
  /* A page that a proxy kept for some seconds may still name the text before the one that was answered. */
  return asked > 0 && choices.get("remember") === "1" && Number(choices.get("text")) >= asked;
}

function read() {
  try {
    const entries = JSON.parse(localStorage.getItem(drawer));
    return Array.isArray(entries) ? entries : [];
  } catch {
    return [];
  }
}

function write(entries) {
  /* Asked again, for another tab may have withdrawn the consent while answers were being checked. */
  if (!isGiven()) return forget();
  try {
    localStorage.setItem(drawer, JSON.stringify(entries.slice(0, MOST)));
  } catch {
    /* The device has no room or refuses to store: then it remembers nothing. */
  }
}

function forget() {
  try {
    localStorage.removeItem(drawer);
  } catch {
    /* A browser that refuses access holds nothing. */
  }
}

function entryOf(page) {
  const found = page.querySelector("[data-recent-answer]")?.dataset;
  return found && { title: found.recentAnswer, address: found.recentAddress, published: Number(found.recentPublished) };
}

function add(entry) {
  write([entry, ...read().filter((other) => other.address !== entry.address)]);
}

/* The entry as it may be shown today; null where the answer is gone, undefined where nobody could say. */
async function today(entry) {
  try {
    /* no-cache: a browser may otherwise answer for half a minute from what it has. */
    const head = await fetch(entry.address, { method: "HEAD", cache: "no-cache" });
    if (GONE.includes(head.status)) return null;
    if (!head.ok) return undefined;
    if (Date.parse(head.headers.get("Last-Modified")) === entry.published * 1000) return entry;
    /* Published anew: its question may have been reworded. */
    const page = await fetch(head.url, { cache: "no-cache" });
    return entryOf(new DOMParser().parseFromString(await page.text(), "text/html"));
  } catch {
    return undefined;
  }
}

async function checked() {
  const answers = await Promise.all(read().map(async (entry) => [entry.address, await today(entry)]));
  const known = new Map(answers.filter(([, entry]) => entry !== undefined));
  write(read().map((entry) => (known.has(entry.address) ? known.get(entry.address) : entry)).filter(Boolean));
  return [...known.values()].filter(Boolean);
}

function item({ title, address }) {
  const link = Object.assign(document.createElement("a"), { href: address, textContent: title });
  link.className = "answer-item__question";
  const row = document.createElement("li");
  row.className = "answer-item";
  row.append(link);
  return row;
}

async function show() {
  const entries = await checked();
  list.querySelector("ul").replaceChildren(...entries.map(item));
  list.hidden = entries.length === 0 || !isGiven();
}

function hide() {
  list?.querySelector("ul").replaceChildren();
  if (list) list.hidden = true;
  if (deletion) deletion.hidden = true;
}

function run() {
  if (!isGiven()) {
    forget();
    hide();
    return;
  }
  const entry = entryOf(document);
  if (entry) add(entry);
  if (list) show();
  if (deletion) deletion.hidden = read().length === 0;
}

if (terms) {
  run();
  /* Going back shows a page as it was left, also one that was left before the choice changed. */
  window.addEventListener("pageshow", (event) => event.persisted && run());
  deletion?.querySelector("button").addEventListener("click", () => {
    forget();
    deletion.hidden = true;
    const said = document.querySelector("[data-recent-deleted]");
    said.textContent = said.dataset.recentDeleted;
    said.focus();
  });
}
