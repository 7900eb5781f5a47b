/* Shows the notice before another site in a dialog over the page. Where that fails or takes too long, the link leads to
   the notice's own page, as it does without a script. */
const PATIENCE = 3000;
/* By these the page below would close the menu or the card in which the link stands. */
const NOT_FOR_THE_PAGE = ["keydown", "pointerdown", "pointerover", "focusin"];
/* The request for the link that was chosen last. */
let asked = null;
let dialog = null;

function leads(link) {
  return link.origin === location.origin && /^\/[^/]+\/leaving\/\?to=./.test(link.pathname + link.search);
}

function isPlain(event) {
  return event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}

async function fetched(address, signal) {
  /* A redirect means that there is nothing to announce any more: the browser follows it by itself. */
  const response = await fetch(address, { headers: { "X-Fragment": "leaving" }, redirect: "manual", signal });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const notice = page.querySelector("[data-leaving-notice]");
  if (!notice) throw new Error("This is not the notice.");
  return notice;
}

async function announce(link) {
  const request = new AbortController();
  const timer = setTimeout(() => request.abort(), PATIENCE);
  asked = request;
  link.setAttribute("aria-busy", "true");
  try {
    const notice = await fetched(link.href, request.signal);
    if (asked === request) show(notice, link);
  } catch {
    if (asked === request) location.assign(link.href);
  } finally {
    clearTimeout(timer);
    link.removeAttribute("aria-busy");
  }
}

function show(notice, link) {
  dialog ??= made();
  dialog.replaceChildren(notice);
  dialog.showModal();
  /* On the first words, for the first link would lead away, and on a small screen lies below them. */
  dialog.querySelector("#leaving-title").focus();
  dialog.addEventListener("close", () => giveBack(link), { once: true });
}

function giveBack(link) {
  /* Some popovers close whenever a dialog opens. */
  const popover = link.closest("[popover]");
  if (popover && !popover.matches(":popover-open")) popover.showPopover();
  link.focus();
}

function made() {
  const element = document.createElement("dialog");
  element.className = "leaving-dialog";
  element.setAttribute("aria-labelledby", "leaving-title");
  let pressed = null;
  element.addEventListener("mousedown", (event) => {
    pressed = event.target;
  });
  element.addEventListener("click", (event) => {
    /* The second half of the double click that opened the notice chooses nothing. */
    if (event.detail > 1) event.preventDefault();
    else if (event.target.closest("[data-leaving-continue]")) element.close();
    else if (event.target === element && pressed === element) element.close();
  });
  for (const kind of NOT_FOR_THE_PAGE) window.addEventListener(kind, keep, true);
  document.body.append(element);
  return element;
}

function keep(event) {
  if (!dialog.contains(event.target)) return;
  event.stopPropagation();
  if (event.type === "keydown" && event.key === "Tab") goRound(event);
}

function goRound(event) {
  const stops = [...dialog.querySelectorAll("a, button")];
  const ends = event.shiftKey ? [stops[0], dialog.querySelector("#leaving-title")] : [stops.at(-1)];
  if (!ends.includes(document.activeElement)) return;
  event.preventDefault();
  stops.at(event.shiftKey ? -1 : 0).focus();
}

document.addEventListener("click", (event) => {
  const chosen = event.target.closest("a[href], button, input, select, summary, textarea");
  if (!chosen) return;
  /* Whoever chooses something else does not want the link any more. */
  asked?.abort();
  asked = null;
  if (event.defaultPrevented || !isPlain(event) || !leads(chosen)) return;
  event.preventDefault();
  announce(chosen);
});
