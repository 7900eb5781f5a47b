/* Shows how far an export is while it is made, and its file once it is there. */
const place = document.querySelector("[data-export]");
const EVERY = 1000;

async function look() {
  try {
    const response = await fetch(place.dataset.export, { cache: "no-store", redirect: "error" });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const shown = document.createElement("template");
    shown.innerHTML = await response.text();
    const isUnderWay = shown.content.querySelector("progress") !== null;
    place.replaceChildren(shown.content);
    if (!isUnderWay) return window.location.reload();
  } catch {
    /* Nobody answers; asked again. */
  }
  return setTimeout(look, EVERY);
}

if (place) setTimeout(look, EVERY);
