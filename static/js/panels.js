/* Menu, market switch and help panel: details that close by Escape, by a click beside them, and when another opens. */
const panels = document.querySelectorAll(".menu, .market-switch, .help-panel");

function close(panel, andFocus) {
  if (!panel.open) return;
  panel.open = false;
  if (andFocus) panel.querySelector("summary").focus();
}

for (const panel of panels) {
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(panel, true);
  });
  panel.addEventListener("toggle", () => {
    if (panel.open) for (const other of panels) if (other !== panel) close(other, false);
  });
}

document.addEventListener("pointerdown", (event) => {
  for (const panel of panels) if (!panel.contains(event.target)) close(panel, false);
});
