/*
 * On the page of results these appear while somebody types, at the address of the search; the server is told once what
 * was asked in this way, and which answer was opened. Whatever fails, the form goes the ordinary way.
 * Typing replaces its own steps in the history, but never a search that was sent or used: back leads to that one.
 */
const SHOW_AFTER = 250;
/* Half a question often has no answer: that is said once the typing rests. */
const ADMIT_AFTER = 1000;
/* What was looked at for so long was asked. */
const ASKED_AFTER = 2500;

const place = document.querySelector("[data-search-results]");
const form = document.querySelector("[data-search]");
const said = document.createElement("p");
const timers = {};
let request;
/* What the server showed on its own, it has noted. */
let isLive = false;
let isNoted = true;
let isSettled = Boolean(place && heading().dataset.text);
/* Where the results that are shown are from; a place on the page, such as #main, is no other search. */
let shown = location.href.split("#")[0];

function later(name, delay, act) {
  clearTimeout(timers[name]);
  timers[name] = setTimeout(act, delay);
}

function heading() {
  return place.querySelector("[data-results]");
}

function query() {
  const filled = [...new FormData(form)].filter(([, value]) => value.trim());
  return new URLSearchParams(filled.map(([name, value]) => [name, value.trim()])).toString();
}

/* Tells the server what was asked, and the number of the answer that was opened. */
function note(opened) {
  const { text, drug } = heading().dataset;
  if (!text) return;
  const body = new URLSearchParams({ q: text, drug, opened });
  if (isLive && !isNoted) body.set("live", "1");
  isNoted = true;
  navigator.sendBeacon(place.dataset.searchResults, body);
}

async function fetched(address) {
  request?.abort();
  request = new AbortController();
  try {
    const options = { headers: { "X-Fragment": "results" }, cache: "no-store", signal: request.signal };
    const response = await fetch(address, options);
    return response.headers.get("X-Fragment") === "results" ? await response.text() : null;
  } catch {
    return null;
  }
}

function parsed(markup) {
  return document.createRange().createContextualFragment(markup);
}

function put(results) {
  place.replaceChildren(results);
  isLive = true;
  const { text } = heading().dataset;
  document.title = [text, place.dataset.title].filter(Boolean).join(" | ");
  said.textContent = heading().matches("h2") ? heading().textContent : "";
}

function go(results, address) {
  if (isSettled) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  shown = address;
  isSettled = false;
  isNoted = false;
  put(results);
}

function stop() {
  for (const timer of Object.values(timers)) clearTimeout(timer);
  request?.abort();
}

/* Back and forward within this page; what was shown there was noted then. */
async function returned() {
  const [address] = location.href.split("#");
  if (address === shown) return;
  stop();
  shown = address;
  const parameters = new URL(address).searchParams;
  const [text, drug] = ["q", "drug"].map((name) => parameters.get(name) ?? "");
  const scope = form.elements.drug;
  form.elements.q.value = text;
  if (scope) scope.value = drug;
  /* The form of another page had another drug to choose. */
  if (drug !== (scope?.value ?? "")) return location.reload();
  const asked = query();
  const markup = await fetched(address);
  if (address !== shown || asked !== query()) return;
  if (markup === null) return location.reload();
  isSettled = isNoted = true;
  put(parsed(markup));
}

async function show() {
  const asked = query();
  const address = asked ? `${form.action}?${asked}` : form.action;
  if (address === shown) return;
  const markup = await fetched(address);
  if (markup === null || asked !== query()) return;
  const results = parsed(markup);
  const hasNone = results.querySelector("[data-results]").dataset.results === "0";
  later("put", hasNone ? ADMIT_AFTER : 0, () => go(results, address));
}

function typed() {
  clearTimeout(timers.put);
  later("show", SHOW_AFTER, show);
  later("note", ASKED_AFTER, () => isLive && !isNoted && note(""));
}

function followed(event) {
  const link = event.target.closest("a[href]");
  if (!link || event.button > 1) return;
  isSettled = true;
  if (link.dataset.hit) {
    note(link.dataset.hit);
  } else if (isLive && !isNoted) {
    note("");
  }
}

function submitted(event) {
  /* What is there already, and noted, needs no second request. */
  if (isLive && isNoted && form.action + "?" + query() === location.href) {
    event.preventDefault();
    isSettled = true;
    heading().tabIndex = -1;
    heading().focus();
  }
  stop();
}

if (place && form) {
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  place.before(said);
  form.addEventListener("input", (event) => event.isComposing || typed());
  form.addEventListener("compositionend", typed);
  form.addEventListener("submit", submitted);
  place.addEventListener("click", followed);
  place.addEventListener("auxclick", followed);
  window.addEventListener("popstate", returned);
}
