/* Marks in the list of contents which section is being read, and offers readers on small screens a way back to it. */
const contents = document.querySelector("[data-contents]");

function follow(nav) {
  const links = new Map();
  for (const link of nav.querySelectorAll('a[href^="#"]')) {
    const place = document.getElementById(link.hash.slice(1));
    // Figures stand inside sections: a second mark for them would only flicker.
    if (place?.matches("h2")) links.set(place, link);
  }
  const begun = new Set();
  const mark = () => {
    const current = [...links.keys()].filter((place) => begun.has(place)).at(-1);
    for (const [place, link] of links) {
      if (place !== current) link.removeAttribute("aria-current");
      else if (!link.hasAttribute("aria-current")) show(nav, link);
    }
  };
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) begun[isIntersecting ? "add" : "delete"](target);
      mark();
    },
    // A section has begun once its heading is above this line of the window, however far above.
    { rootMargin: "1000000px 0px -66% 0px" },
  );
  for (const place of links.keys()) observer.observe(place);
}

/* Where the list itself scrolls, the mark stays in sight; the page does not move. */
function show(nav, link) {
  link.setAttribute("aria-current", "location");
  const frame = nav.getBoundingClientRect();
  const box = link.getBoundingClientRect();
  if (box.bottom > frame.bottom) nav.scrollTop += box.bottom - frame.bottom + box.height;
  if (box.top < frame.top) nav.scrollTop -= frame.top - box.top + box.height;
}

const isBeside = (nav) => getComputedStyle(nav).position === "sticky";

function offerReturn(nav) {
  const fold = nav.querySelector("details");
  const back = document.querySelector("[data-to-contents]");
  const past = new IntersectionObserver(([{ isIntersecting, boundingClientRect }]) => {
    const isAway = !isIntersecting && boundingClientRect.bottom < 0;
    back.dataset.toContents = isAway && !isBeside(nav) ? "shown" : "hidden";
  });
  past.observe(nav);
  back.addEventListener("click", () => {
    fold.open = true;
  });
}

if (contents) {
  // Where the list stands beside the text it is open; style sees to that only in newer browsers.
  if (isBeside(contents)) contents.querySelector("details").open = true;
  follow(contents);
  offerReturn(contents);
}
