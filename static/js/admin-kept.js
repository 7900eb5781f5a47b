/*
 * What authors typed is kept on their own machine (admin-draft.js) until it is saved. Every page of the admin forgets
 * what was saved meanwhile or has grown old, and signing out forgets all of it.
 */
const PREFIX = "draft/";
const DAYS = 14;
const SAVED = /(?:^|;\s*)saved_draft=([^;]+)/;

function entries() {
  return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
}

function isOld(name) {
  try {
    return Date.now() - new Date(JSON.parse(localStorage[name]).at) > DAYS * 86_400_000;
  } catch {
    return true;
  }
}

const saved = SAVED.exec(document.cookie)?.[1];
if (saved) {
  entries().filter((name) => name.split("/")[2] === saved).forEach((name) => localStorage.removeItem(name));
  document.cookie = "saved_draft=; path=/admin/; max-age=0; samesite=lax";
}
entries().filter(isOld).forEach((name) => localStorage.removeItem(name));
document.getElementById("logout-form")?.addEventListener("submit", () => {
  entries().forEach((name) => localStorage.removeItem(name));
});
