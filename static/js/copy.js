/* Buttons that put an address or a citation on the clipboard. */
const status = document.querySelector("[data-copy-status]");

async function copy(button, label) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    /* The browser refused: show the text, so that it can be selected. */
    button.textContent = button.dataset.copy;
    return;
  }
  button.textContent = button.dataset.done;
  if (status) status.textContent = button.dataset.done;
  setTimeout(() => {
    button.textContent = label;
    /* Said again when it is copied again. */
    if (status) status.textContent = "";
  }, 2500);
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const label = button.textContent;
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", () => copy(button, label));
}
