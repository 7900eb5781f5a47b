/* Asks whether somebody is still signed in before a draft's form is sent, and who else has the draft open. */
const place = document.querySelector("[data-draft]");
const form = document.getElementById("faqversion_form");
const EVERY = 20_000;
const TIME = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const show = (name, isShown) => (place.querySelector(`[data-draft-${name}]`).hidden = !isShown);
let isChecked = false;

function token() {
  return form.elements.csrfmiddlewaretoken?.value ?? "";
}

/* A sign-in in another tab has another token for every form of this page. */
function renew(value) {
  document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => (field.value = value));
}

async function isSignedIn() {
  const response = await fetch(place.dataset.session, { cache: "no-store" });
  if (!response.ok) throw new Error(`status ${response.status}`);
  const { user, token: fresh } = await response.json();
  if (fresh) renew(fresh);
  return String(user) === place.dataset.user;
}

async function check(submitter) {
  try {
    const isIn = await isSignedIn();
    show("lost", !isIn);
    show("away", false);
    if (!isIn) return place.querySelector("[data-draft-lost]").focus();
  } catch {
    return show("away", true);
  }
  isChecked = true;
  form.requestSubmit(submitter);
  isChecked = false;
  return undefined;
}

function submitted(event) {
  if (isChecked) return;
  event.preventDefault();
  check(event.submitter);
}

function told(others) {
  const since = (each) => `${each.name} has had this draft open since ${TIME.format(new Date(each.since))}.`;
  const both = "If both of you change the same, whoever saves later is shown both wordings.";
  return others.length ? `${others.map(since).join(" ")} ${both}` : "";
}

function name(others) {
  const note = place.querySelector("[data-draft-others]");
  const words = told(others);
  if (note.textContent !== words) note.textContent = words;
  note.hidden = !words;
}

async function beat() {
  if (document.visibilityState === "hidden" && !place.querySelector("[data-draft-others]").hidden) return;
  try {
    const body = new URLSearchParams({ csrfmiddlewaretoken: token() });
    const response = await fetch(place.dataset.presence, { method: "POST", body, redirect: "manual" });
    if (response.ok) {
      name((await response.json()).others);
      show("lost", false);
    } else {
      show("lost", !(await isSignedIn()));
    }
  } catch {
    /* Nobody answers; saving will tell. */
  }
}

if (place && form) {
  form.addEventListener("submit", submitted);
  if (place.dataset.presence) {
    beat();
    setInterval(beat, EVERY);
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && beat());
    window.addEventListener("pagehide", () => {
      navigator.sendBeacon(place.dataset.presence, new URLSearchParams({ csrfmiddlewaretoken: token(), leave: "1" }));
    });
  }
}
