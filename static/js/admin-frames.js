/* Takes words selected in a frame over into the form for comments, and copies links for reviewers. */
const form = document.querySelector("[data-comment-form]");
const pick = Object.assign(document.createElement("button"), {
  type: "button",
  className: "frames-pick",
  textContent: "Comment on the selected words",
  hidden: true,
});
let chosen = null;

/* As the server reads the text: without the numbers of citations and what only screen readers say. */
function selected(view) {
  const selection = view.getSelection();
  const article = view.document.querySelector("article.answer");
  if (!selection.rangeCount || selection.isCollapsed || !article?.contains(selection.anchorNode)) return null;
  const range = selection.getRangeAt(0);
  const words = range.cloneContents();
  for (const unsaid of words.querySelectorAll("sup.cite, .visually-hidden, .company-data")) unsaid.remove();
  const above = [...article.querySelectorAll("h2, figcaption")].filter(
    (title) => title.compareDocumentPosition(range.startContainer) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  return {
    quote: words.textContent.replace(/\s+/g, " ").trim().slice(0, 600),
    title: above.at(-1)?.textContent.trim() ?? "",
  };
}

function watch(frame) {
  const view = frame.contentWindow;
  const look = () => {
    chosen = selected(view);
    pick.hidden = !chosen?.quote;
  };
  view.document.addEventListener("selectionchange", look);
  /* Whoever was faster than the page has selected already. */
  if (selected(view)) look();
}

function take() {
  form.elements.quote.value = chosen.quote;
  const options = [...form.elements.place.options];
  form.elements.place.value = options.find((option) => option.value && option.value === chosen.title)?.value ?? "";
  pick.hidden = true;
  form.elements.words.focus();
}

async function copy(button) {
  const field = button.parentElement.querySelector("input");
  try {
    await navigator.clipboard.writeText(field.value);
    document.querySelector("[data-copied]").textContent = "Link copied";
    button.textContent = "Copied";
  } catch {
    field.select();
  }
}

if (form) {
  document.body.append(pick);
  pick.addEventListener("click", take);
  for (const frame of document.querySelectorAll("[data-frame]")) {
    if (frame.contentDocument?.readyState === "complete") watch(frame);
    frame.addEventListener("load", () => watch(frame));
  }
}
for (const button of document.querySelectorAll("[data-copy-link]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
