/* Takes the words that the reader has selected in the answer over into the form for comments. */
const article = document.querySelector("article.answer");
const pick = document.querySelector("[data-preview-pick]");
const form = document.querySelector("[data-preview-form]");

/* As the server reads the text: without the numbers of citations and what only screen readers say. */
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !article.contains(selection.anchorNode)) return "";
  const words = selection.getRangeAt(0).cloneContents();
  for (const unsaid of words.querySelectorAll("sup.cite, .visually-hidden, .company-data")) unsaid.remove();
  return words.textContent.replace(/\s+/g, " ").trim().slice(0, 600);
}

/* The heading under which the selection begins, where the list of parts has it. */
function part() {
  const place = getSelection().getRangeAt(0).startContainer;
  const above = [...article.querySelectorAll("h2, figcaption")].filter(
    (title) => title.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  const title = above.at(-1)?.textContent.trim();
  return [...form.elements.place.options].find((option) => option.value && option.value === title)?.value ?? "";
}

function take() {
  form.elements.quote.value = selected();
  form.elements.place.value = part();
  pick.hidden = true;
  form.elements.text.focus();
}

if (article && pick && form) {
  document.addEventListener("selectionchange", () => {
    pick.hidden = selected() === "";
  });
  /* Before the press, which some browsers let end the selection. */
  pick.addEventListener("pointerdown", (event) => event.preventDefault());
  pick.addEventListener("click", take);
}
for (const message of document.querySelectorAll("#saved")) message.focus();
