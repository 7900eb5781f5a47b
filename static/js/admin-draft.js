/* Keeps the text of a draft's form on this machine until it is saved, and offers it when it differs from the form. */
const place = document.querySelector("[data-draft]");
const form = document.getElementById("faqversion_form");
const AFTER = 600;
const SHOWN = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const SHOWN_DAY = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const LABELS = { question: "question", short_answer: "short answer", body: "body" };

const key = place && `draft/${place.dataset.user}/${place.dataset.version}`;
/* What was kept before this page was opened, while nobody has said what shall become of it. */
const older = `${key}/older`;

/* Everything that a person types or chooses in the form, by name; what the page itself remembers is left out. */
function fields() {
  return [...form.elements].filter(
    ({ name, type }) =>
      name && !name.includes("__prefix__") && !["hidden", "file", "submit", "button"].includes(type),
  );
}

function valueOf(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked ? "on" : "";
  if (field.multiple) return [...field.selectedOptions].map((option) => option.value).join(" ");
  /* Line breaks between blocks are for whoever reads the markup, and no difference. */
  return field.dataset.editor ? field.value.replace(/\n/g, "") : field.value;
}

function typed() {
  return Object.fromEntries(fields().map((field) => [field.name, valueOf(field)]));
}

function differing(one, other) {
  return Object.keys(one).filter((name) => (one[name] ?? "") !== (other[name] ?? ""));
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function write(name, entry) {
  try {
    localStorage.setItem(name, JSON.stringify(entry));
  } catch {
    /* No room or no permission: then the page itself is all that keeps it. */
  }
}

function label(name) {
  const part = /^(figures|resources)-(\d+)-/.exec(name);
  return part ? `${part[1].slice(0, -1)} ${Number(part[2]) + 1}` : (LABELS[name] ?? name.replaceAll("_", " "));
}

function told(entry, names) {
  const at = new Date(entry.at);
  const isToday = at.toDateString() === new Date().toDateString();
  const which = [...new Set(names.map(label))].join(", ");
  return `Your text kept at ${(isToday ? SHOWN : SHOWN_DAY).format(at)} differs from what is stored: ${which}.`;
}

/* Rows that were added and never saved are added again before their words are put back. */
function makeRows(entry) {
  for (const group of ["figures", "resources"]) {
    const rows = Object.keys(entry.fields).map((name) => new RegExp(`^${group}-(\\d+)-`).exec(name)?.[1]);
    const most = Math.max(-1, ...rows.filter(Boolean).map(Number)) + 1;
    const total = form.elements[`${group}-TOTAL_FORMS`];
    const add = document.querySelector(`#${group}-group .add-row a`);
    for (let guard = 0; add && total && Number(total.value) < most && guard < 50; guard += 1) add.click();
  }
}

function put(field, value) {
  if (field.type === "checkbox" || field.type === "radio") field.checked = value === "on";
  else if (field.multiple) [...field.options].forEach((option) => (option.selected = value.split(" ").includes(option.value)));
  else field.value = value;
  if (field.dataset.editor) field.dispatchEvent(new Event("editor:load"));
  field.dispatchEvent(new Event("input", { bubbles: true }));
  if (field.tagName === "SELECT") window.django?.jQuery(field).trigger("change");
}

function restore(entry) {
  makeRows(entry);
  for (const field of fields()) {
    const value = entry.fields[field.name];
    if (value !== undefined && value !== valueOf(field)) put(field, value);
  }
}

function keep(before) {
  const now = typed();
  /* A form that came back with a complaint is not saved, even if nothing was typed since. */
  if (differing(now, before).length || isRefused()) write(key, { at: new Date().toISOString(), fields: now });
  else localStorage.removeItem(key);
}

function isRefused() {
  return Boolean(form.querySelector(".errornote, .errorlist"));
}

function offer(entry, names) {
  const note = place.querySelector("[data-draft-kept]");
  note.querySelector("[data-draft-kept-words]").textContent = told(entry, names);
  note.hidden = false;
  const close = () => {
    note.hidden = true;
    localStorage.removeItem(older);
  };
  note.querySelector("[data-draft-restore]").addEventListener("click", () => {
    restore(entry);
    close();
    form.querySelector(".editor [role=textbox]")?.focus();
  });
  note.querySelector("[data-draft-discard]").addEventListener("click", close);
}

function begin() {
  const before = typed();
  let timer = 0;
  if (isRefused()) {
    keep(before);
  } else {
    const entry = read(key) ?? read(older);
    const names = entry ? differing(entry.fields, before) : [];
    localStorage.removeItem(key);
    if (names.length) {
      write(older, entry);
      offer(entry, names);
    } else {
      localStorage.removeItem(older);
    }
  }
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep(before), AFTER);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  window.addEventListener("pagehide", () => keep(before));
}

/* Theirs in the place of mine, where both were changed. */
function take(name) {
  const field = form.elements[name];
  put(field, place.querySelector(`[data-theirs="${name}"]`).value);
  place.querySelector(`[data-taken="${name}"]`).textContent = "Theirs stands in the form now. Undo in the editor brings yours back.";
}

if (place && form) {
  /* Editors take their textareas over first, so that what they hold is compared as it will be sent. */
  window.addEventListener("load", begin, { once: true });
  place.addEventListener("click", ({ target }) => target.dataset.take && take(target.dataset.take));
}
