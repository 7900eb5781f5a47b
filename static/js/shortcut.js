/*
 * Ctrl+K, on Apple's devices ⌘K, leads to the page's search field, and from a page without one to the search page.
 * A single letter such as / is no shortcut here: speech input types letters, and nobody could turn it off (WCAG 2.1.4).
 */
const field = document.querySelector("[data-search-field]");
const page = document.querySelector("[data-search-page]");
const isApple = /mac|iphone|ipad/i.test(navigator.userAgentData?.platform ?? navigator.platform);

function isMeant(event) {
  /* The other of the two keys has a meaning of its own in a text field: on a Mac, Ctrl+K cuts the rest of a line. */
  const held = isApple ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  return held && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
}

if (field || page) {
  (field ?? page).setAttribute("aria-keyshortcuts", isApple ? "Meta+K" : "Control+K");
  const hint = field?.form.querySelector("[data-search-keys]");
  if (hint) {
    hint.textContent = isApple ? "⌘K" : `${hint.dataset.searchKeys}+K`;
    hint.hidden = false;
  }
  document.addEventListener("keydown", (event) => {
    /* A dialog keeps the focus until it is closed. */
    if (!isMeant(event) || document.querySelector("dialog:modal")) return;
    event.preventDefault();
    if (field) {
      field.focus();
      field.select();
    } else {
      location.assign(page.dataset.searchPage);
    }
  });
}
