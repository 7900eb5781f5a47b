/* What the visitor had searched for where a page of results led here; nothing is stored for it anywhere. */
function searched(address) {
  const from = document.referrer && new URL(document.referrer);
  if (!from || from.origin !== location.origin || from.pathname !== address) return {};
  return { searched: from.searchParams.get("q"), searched_in: from.searchParams.get("drug") };
}

function hide(form, name, value) {
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
}

function hold(form, held) {
  for (const button of form.querySelectorAll("button")) button.disabled = held;
}

/* Puts what the server answers in place of all that the section shows, and goes there. */
function replace(section, text) {
  section.replaceChildren(document.createRange().createContextualFragment(text));
  section.querySelector("#feedback-title").focus();
}

/* Whether it arrived is unknown, so the visitor decides whether to send it again; a vote or text is stored once. */
function tell(section, form) {
  section.querySelector(".feedback__broken")?.remove();
  const told = Object.assign(document.createElement("p"), { className: "feedback__broken", textContent: section.dataset.broken });
  told.setAttribute("role", "alert");
  form.after(told);
}

async function send(section, form, choice) {
  const body = new FormData(form, choice);
  hold(form, true);
  let response;
  try {
    response = await fetch(form.action, { method: "POST", body, headers: { "X-Fragment": "feedback" } });
  } catch {
    hold(form, false);
    tell(section, form);
    return;
  }
  if (response.ok) {
    replace(section, await response.text());
  } else {
    /* Refused, and so not stored: sent the ordinary way, the page of the refusal is shown with what was typed. */
    hold(form, false);
    hide(form, choice.name, choice.value);
    form.submit();
  }
}

/* Sends without leaving the page; where that fails, and where it leads to another one, the form goes the ordinary way. */
for (const section of document.querySelectorAll("[data-feedback]")) {
  const question = section.querySelector("form");
  for (const [name, value] of Object.entries(searched(section.dataset.feedback))) if (value) hide(question, name, value);
  section.addEventListener("submit", (event) => {
    if (event.submitter?.name === "contact") return;
    event.preventDefault();
    send(section, event.target, event.submitter ?? event.target.querySelector("button"));
  });
}

/* How much of a text's length is left. The browser cuts nothing off: whoever pasted too much sees that it is too much. */
let pause;
function count(field) {
  const told = document.getElementById("feedback-limit");
  /* Whole characters, as the server counts them. */
  const left = Number(field.dataset.limit) - [...field.value.trim()].length;
  const words = told.dataset[left < 0 ? "over" : "left"].replace("{number}", Math.abs(left).toLocaleString(document.documentElement.lang));
  told.textContent = words;
  told.classList.toggle("feedback__help--over", left < 0);
  field.setCustomValidity(left < 0 ? words : "");
  /* Read out once the visitor pauses, and only where the end is near. */
  clearTimeout(pause);
  pause = setTimeout(() => { field.form.querySelector("[data-limit-said]").textContent = left < 500 ? words : ""; }, 1000);
}

document.addEventListener("input", (event) => { if (event.target.matches("[data-limit]")) count(event.target); });
for (const field of document.querySelectorAll("[data-limit]")) if (field.value) count(field);
