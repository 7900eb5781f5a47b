/*
 * A search field suggests while somebody types: an editable combobox with a list, as the WAI-ARIA Authoring Practices
 * have it. Without answers from the server it is the field that it was.
 */
const SUGGEST_AFTER = 120;
/* A screen reader hears how many there are once no more come. */
const SAY_AFTER = 400;
/* Above results the list leaves the view to them when the typing rests. */
const REST_AFTER = 2500;
const KEYS_OF_THE_TEXT = ["Home", "End", "ArrowLeft", "ArrowRight"];

const form = document.querySelector("[data-search]");
const field = form?.querySelector("[data-search-field]");
const hasResults = Boolean(document.querySelector("[data-search-results]"));
const words = form?.dataset;
const list = element("ul", { id: "suggestions", role: "listbox", class: "suggestions", hidden: "" });
const said = element("p", { role: "status", class: "visually-hidden" });
/* What is suggested now, which of it is active, and for what it was asked. */
let found = [];
let active = -1;
let request;
const timers = {};

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function later(name, delay, act) {
  clearTimeout(timers[name]);
  timers[name] = setTimeout(act, delay);
}

function option({ text, kind }, place) {
  const name = element("span", { class: "suggestion__text" }, text);
  const what = element("span", { class: "suggestion__kind" }, words[kind] ?? "");
  const attributes = { id: `suggestion-${place}`, role: "option", class: "suggestion", "aria-selected": "false" };
  return element("li", attributes, name, " ", what);
}

function activate(place) {
  active = place;
  for (const [at, each] of [...list.children].entries()) each.setAttribute("aria-selected", at === place);
  const chosen = list.children[place];
  if (chosen) {
    field.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  } else {
    field.removeAttribute("aria-activedescendant");
  }
}

function say(count) {
  said.textContent = count === 1 ? words.one : words.many.replace("{count}", count);
}

function show(isOpen) {
  list.hidden = !isOpen || found.length === 0;
  field.setAttribute("aria-expanded", !list.hidden);
  clearTimeout(timers.say);
  if (list.hidden) {
    activate(-1);
    said.textContent = "";
  } else {
    later("say", SAY_AFTER, () => say(found.length));
  }
}

function forget() {
  clearTimeout(timers.suggest);
  request?.abort();
  show(false);
}

async function fetched(query) {
  request?.abort();
  request = new AbortController();
  try {
    const response = await fetch(`${words.search}?${query}`, { signal: request.signal });
    return response.ok ? (await response.json()).suggestions : [];
  } catch (error) {
    /* Overtaken by a newer one, or the network failed, or something on the way answered with a page of its own. */
    return error.name === "AbortError" ? null : [];
  }
}

async function suggest() {
  const suggestions = field.value.trim() ? await fetched(new URLSearchParams(new FormData(form))) : [];
  if (suggestions === null) return;
  found = suggestions;
  list.replaceChildren(...found.map(option));
  show(document.activeElement === field);
}

function typed() {
  activate(-1);
  later("suggest", SUGGEST_AFTER, suggest);
  if (hasResults) later("rest", REST_AFTER, () => active < 0 && !list.matches(":hover") && show(false));
}

function move(step) {
  if (!list.hidden) {
    /* Beyond either end lies the field itself. */
    const places = found.length + 1;
    activate(((active + 1 + step + places) % places) - 1);
  } else if (found.length) {
    show(true);
    activate(step > 0 ? 0 : found.length - 1);
  } else {
    suggest();
  }
}

function clear() {
  field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/* What keys do; false where they do what they do in any field. */
const keys = {
  ArrowDown: (event) => (event.altKey ? show(true) : move(1)),
  ArrowUp: (event) => (event.altKey ? show(false) : move(-1)),
  Enter: () => active >= 0 && location.assign(found[active].url),
  Escape: () => (list.hidden ? clear() : show(false)),
};

function pressed(event) {
  /* A key that composes a character, such as Enter in Japanese, is none of ours. */
  if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (Object.hasOwn(keys, event.key)) {
    if (keys[event.key](event) !== false) event.preventDefault();
  } else if (KEYS_OF_THE_TEXT.includes(event.key)) {
    activate(-1);
  }
}

if (field) {
  list.setAttribute("aria-label", words.label);
  form.append(list, said);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  field.addEventListener("input", (event) => event.isComposing || typed());
  field.addEventListener("compositionend", typed);
  field.addEventListener("keydown", pressed);
  field.addEventListener("blur", forget);
  form.addEventListener("submit", forget);
  /* Who comes back finds the page as it was left. */
  window.addEventListener("pagehide", forget);
  /* Back and forward within the page of results put other words into the field. */
  window.addEventListener("popstate", () => {
    found = [];
    forget();
  });
  /* The field keeps the focus while a suggestion is pressed. */
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const place = [...list.children].indexOf(event.target.closest("li"));
    if (place >= 0) location.assign(found[place].url);
  });
}
