/* Prints the page with its tables of values open. */
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}

const values = document.querySelectorAll("details.figure__values");
let closed = [];
window.addEventListener("beforeprint", () => {
  closed = [...values].filter((details) => !details.open);
  for (const details of closed) details.open = true;
});
window.addEventListener("afterprint", () => {
  for (const details of closed) details.open = false;
});
