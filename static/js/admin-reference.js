// The form of a reference: fields that its kind does not need step aside, and the citation follows what is typed.
const PAUSE = 400;

function rowOf(input) {
  return input.closest(".fieldBox") ?? input.closest(".form-row");
}

function showWhatTheKindNeeds(form, kind) {
  for (const input of form.querySelectorAll("[data-kinds]:not([data-kinds=''])")) {
    const isNeeded = input.dataset.kinds.split(" ").includes(kind.value);
    // What holds something is never out of sight.
    rowOf(input).hidden = !isNeeded && input.value.trim() === "";
  }
  for (const row of form.querySelectorAll("fieldset .form-row")) {
    const boxes = [...row.querySelectorAll(".fieldBox")];
    if (boxes.length) row.hidden = boxes.every((box) => box.hidden);
  }
  for (const fieldset of form.querySelectorAll("fieldset")) {
    const rows = [...fieldset.querySelectorAll(".form-row")];
    fieldset.hidden = rows.length > 0 && rows.every((row) => row.hidden);
  }
}

function follow(form, panel) {
  const shown = panel.querySelector("[aria-live]");
  let waiting = 0;
  let asked = 0;
  async function ask() {
    const turn = ++asked;
    try {
      const response = await fetch(panel.dataset.referencePreview, { method: "POST", body: new FormData(form) });
      // A slower answer to an earlier question is out of date.
      if (response.ok && turn === asked) shown.innerHTML = await response.text();
    } catch {
      // Without a connection the last preview stays; saving tells what is wrong.
    }
  }
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
  if (form.elements.title.value) ask();
}

function start() {
  const panel = document.querySelector("[data-reference-preview]");
  const form = panel?.closest("form");
  const kind = form?.querySelector("select[name=type]");
  if (!kind) return;
  kind.addEventListener("change", () => showWhatTheKindNeeds(form, kind));
  showWhatTheKindNeeds(form, kind);
  follow(form, panel);
}

start();
