/* Shows the references of a citation beside it: to a pointer that rests there, to the keyboard, and to a tap. */
const references = document.querySelector("[data-references]");
const CITATION = 'a[href^="#ref-"]';
/* In milliseconds: before a passing pointer opens the card, and for its way from the citation to the card. */
const REST = 120;
const TRAVEL = 300;
/* In pixels: from the citation to the card, and from the card to the edge of the window. */
const GAP = 6;
const EDGE = 8;

const card = document.createElement("span");
let link = null;
let group = null;
let returning = null;
let pointer = "";
let timer = 0;

/* "3-5,8" names 3, 4, 5 and 8: the links hold the ends of a range, the sign between them says that it is one. */
function numbers(of) {
  const found = [];
  for (const one of of.matches(CITATION) ? [of] : of.querySelectorAll(CITATION)) {
    const last = Number(one.hash.slice(5));
    const isEnd = /^[-–]$/.test(one.previousSibling?.textContent.trim() ?? "");
    for (let number = isEnd ? found.at(-1) + 1 : last; number <= last; number += 1) found.push(number);
  }
  return found.filter((number) => document.getElementById(`ref-${number}`));
}

/* The reference as the list has it, its links included. */
function entry(number) {
  const copy = document.getElementById(`ref-${number}`).cloneNode(true);
  copy.querySelector(".back-links")?.remove();
  for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
  const line = document.createElement("span");
  const words = document.createElement("span");
  const links = copy.querySelector(".reference-links");
  links?.remove();
  line.className = "citation-card__entry";
  words.id = `citation-${number}`;
  words.append(...copy.childNodes);
  line.append(`${number}. `, words, links ?? "");
  return line;
}

function fill(found, tapped) {
  card.replaceChildren(...found.map(entry));
  if (!tapped) return;
  const go = document.createElement("a");
  go.className = "citation-card__go";
  go.href = `#ref-${found[0]}`;
  go.textContent = references.dataset.go;
  card.append(go);
}

function place() {
  const at = link.getClientRects()[0];
  if (!at) return;
  const { clientWidth, clientHeight } = document.documentElement;
  const above = at.top - GAP - EDGE;
  const below = clientHeight - at.bottom - GAP - EDGE;
  card.style.maxHeight = "none";
  const { width, height } = card.getBoundingClientRect();
  const up = above >= height || above >= below;
  const room = Math.min(height, up ? above : below);
  const middle = at.left + at.width / 2 - width / 2;
  card.style.maxHeight = `${room}px`;
  card.style.top = `${scrollY + (up ? at.top - GAP - room : at.bottom + GAP)}px`;
  card.style.left = `${scrollX + Math.max(EDGE, Math.min(middle, clientWidth - width - EDGE))}px`;
}

function show(wanted, tapped = false) {
  clearTimeout(timer);
  const of = wanted.closest("sup") ?? wanted;
  const found = numbers(of);
  if (!found.length || (group === of && link === wanted && !tapped)) return;
  if (group !== of || tapped) {
    hide();
    fill(found, tapped);
    // Behind the citation, so that the Tab key and screen readers come to it next.
    of.after(card);
    card.showPopover();
  }
  link?.removeAttribute("aria-describedby");
  [link, group] = [wanted, of];
  link.setAttribute("aria-describedby", found.map((number) => `citation-${number}`).join(" "));
  place();
  if (tapped) card.focus({ preventScroll: true });
}

function hide() {
  clearTimeout(timer);
  if (!link) return;
  link.removeAttribute("aria-describedby");
  [link, group] = [null, null];
  if (card.matches(":popover-open")) card.hidePopover();
}

/* A dialog that closes takes along the card of a citation inside it. One that a link of the card opened leaves it. */
function closed({ target }) {
  if (link && !target.contains(link)) return;
  returning = null;
  clearTimeout(timer);
  hide();
}

function later(act, wait) {
  clearTimeout(timer);
  timer = setTimeout(act, wait);
}

const isBusy = () => group?.contains(document.activeElement) || card.contains(document.activeElement);

function hovered({ target, pointerType }) {
  if (pointerType !== "mouse") return;
  const citation = target.closest(CITATION);
  if (card.contains(target)) clearTimeout(timer);
  else if (citation) later(() => show(citation), REST);
  else if (link) later(() => isBusy() || hide(), TRAVEL);
  else clearTimeout(timer);
}

/* A dialog that a link of the card opened gives the focus back to that link. */
const isAbove = (dialog) => dialog && !dialog.contains(link);

function focused({ target }) {
  const citation = target.closest(CITATION);
  const returned = target === returning;
  returning = null;
  if (card.contains(target)) clearTimeout(timer);
  else if (citation && target.matches(":focus-visible")) returned || show(citation);
  else if (link && !isAbove(target.closest("dialog"))) hide();
}

function pressed(event) {
  pointer = event.pointerType;
  if (link && !card.contains(event.target) && !event.target.closest(CITATION)) hide();
}

function clicked(event) {
  const citation = event.target.closest?.(CITATION);
  if (!citation) return;
  const tapped = event.detail > 0 && pointer !== "mouse" && !card.contains(citation);
  const isOpen = citation === link;
  if (tapped) event.preventDefault();
  if (tapped && !isOpen) show(citation, true);
  else hide();
}

function escaped(event) {
  if (event.key !== "Escape" || !link) return;
  // A dialog around the citation stays open.
  event.preventDefault();
  event.stopPropagation();
  if (card.contains(document.activeElement)) {
    returning = link;
    link.focus();
  }
  hide();
}

if (references && "popover" in HTMLElement.prototype) {
  card.className = "citation-card";
  card.popover = "manual";
  card.tabIndex = -1;
  card.setAttribute("role", "group");
  card.setAttribute("aria-labelledby", "references");
  document.addEventListener("pointerover", hovered);
  document.addEventListener("pointerdown", pressed, true);
  document.addEventListener("focusin", focused);
  // Before a dialog around the citation learns of it.
  document.addEventListener("click", clicked, true);
  document.addEventListener("keydown", escaped, true);
  // This event does not bubble.
  document.addEventListener("close", closed, true);
  window.addEventListener("resize", () => link && place());
  // The card moves with the page; inside a table or a dialog that scrolls, it has to be moved.
  document.addEventListener("scroll", ({ target }) => link && target !== document && target !== card && place(), true);
}
