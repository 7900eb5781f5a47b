/* Shows at once what a report needs, as soon as the topic or an answer makes the question one. */
const REPORTED = ["adverse-event", "complaint"];

function arrange(form) {
  const kind = form.querySelector("[name=topic]:checked")?.dataset.kind;
  const topic = REPORTED.includes(kind);
  const answer = form.querySelector("[name^=involves_][value=yes]:checked") !== null;
  const shown = { question: !topic, topic, answer: answer && !topic, report: topic || answer, medical: kind === "medical" };
  for (const part of form.querySelectorAll("[data-shown-for]")) {
    part.hidden = !shown[part.dataset.shownFor];
    if (part.matches("fieldset")) part.disabled = part.hidden;
  }
}

for (const form of document.querySelectorAll("[data-inquiry]")) {
  form.addEventListener("change", () => arrange(form));
  /* Also when the page comes back from history, with what was chosen then. */
  window.addEventListener("pageshow", () => arrange(form));
  arrange(form);
}
