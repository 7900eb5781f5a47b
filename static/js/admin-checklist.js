// Leads from an item of the checklist into the field that it speaks of, and counts the printed pages.

const TYPED = "[contenteditable=true], textarea, input:not([type=hidden])";

function lead(event) {
  const link = event.target.closest("[data-leads-to]");
  const named = link && document.getElementById(link.dataset.leadsTo);
  if (!named) return;
  const row = named.closest(".form-row") ?? named;
  const field = [...row.querySelectorAll(TYPED)].find((found) => found.offsetParent);
  event.preventDefault();
  row.scrollIntoView({ block: "center" });
  if (field) {
    field.focus({ preventScroll: true });
  } else {
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
  }
}

async function count(item) {
  const response = await fetch(item.dataset.length);
  if (!response.ok) return;
  const made = new DOMParser().parseFromString(await response.text(), "text/html");
  item.replaceWith(made.querySelector("li"));
}

for (const list of document.querySelectorAll("[data-checklist]")) {
  list.addEventListener("click", lead);
  for (const item of list.querySelectorAll("[data-length]")) count(item).catch(() => {});
}
