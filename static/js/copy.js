/* Buttons that put an address or a citation on the clipboard. */
const status = document.querySelector("[data-copy-status]");

async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.copy);
  const label = button.textContent;
  button.textContent = button.dataset.done;
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
