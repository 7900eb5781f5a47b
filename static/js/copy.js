/* Buttons that put an address or a citation on the clipboard. */
const status = document.querySelector("[data-copy-status]");

async function copy(button) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.done;
  } catch {
    /* The browser refused: show the text, so that it can be selected. */
    button.textContent = button.dataset.copy;
    return;
  }
  if (status) status.textContent = button.dataset.done;
  setTimeout(() => {
    button.textContent = label;
  }, 2500);
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}
