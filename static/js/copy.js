/* Buttons that put an address or a citation on the clipboard. */
const status = document.querySelector("[data-copy-status]");

async function copy(button, label) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    offer(button, label);
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

/* The browser refused: the text stands selected beside the button, to be copied by hand, until the visitor leaves it. */
function offer(button, label) {
  const field = document.createElement("input");
  field.readOnly = true;
  field.value = button.dataset.copy;
  field.className = "action-text";
  field.setAttribute("aria-label", label);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") button.focus();
  });
  field.addEventListener("blur", () => field.remove());
  button.after(field);
  field.focus();
  field.select();
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const label = button.textContent;
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", () => copy(button, label));
}
