/* Shows at once what a report needs and what is optional in one, as soon as the topic or an answer makes it one. */
function arrange(form) {
  const topic = form.querySelector("[name=topic]:checked");
  const reports = topic?.matches("[data-safety]") ?? false;
  const answer = form.querySelector("[data-safety]:checked") !== null && !reports;
  const report = reports || answer;
  const medical = topic?.dataset.kind === "medical";
  const shown = { question: !reports, topic: reports, answer, report, medical };
  for (const part of form.querySelectorAll("[data-shown-for]")) {
    part.hidden = !shown[part.dataset.shownFor];
    if (part.matches("fieldset")) part.disabled = part.hidden;
  }
  const needed = { question: !report, medical: medical && !report };
  for (const input of form.querySelectorAll("[data-needed-of]")) {
    input.required = needed[input.dataset.neededOf];
    const mark = input.closest(".field").querySelector(".field__optional");
    if (mark) mark.textContent = input.required ? "" : mark.dataset.words;
  }
}

for (const form of document.querySelectorAll("[data-inquiry]")) {
  form.addEventListener("change", () => arrange(form));
  /* Also when the page comes back from history, with what was chosen then. */
  window.addEventListener("pageshow", () => arrange(form));
  arrange(form);
}

/* One press sends once; whoever comes back may press again. */
for (const form of document.querySelectorAll("[data-sent-once]")) {
  const hold = (held) => form.querySelectorAll("[type=submit]").forEach((button) => { button.disabled = held; });
  form.addEventListener("submit", () => hold(true));
  window.addEventListener("pageshow", () => hold(false));
}
