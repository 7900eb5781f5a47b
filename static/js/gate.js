/* The gate as a dialog that holds the focus; it closes by an answer only. */
for (const gate of document.querySelectorAll("[data-gate]")) {
  /* Where the browser has no dialogs the gate stays in the page, as it is without a script. */
  if (!gate.showModal) break;
  gate.removeAttribute("open");
  gate.addEventListener("cancel", (event) => event.preventDefault());
  gate.addEventListener("keydown", (event) => {
    /* A second Escape closes a dialog whose cancel event was refused. */
    if (event.key === "Escape") event.preventDefault();
  });
  gate.showModal();
  gate.querySelector("h1")?.focus();
}
