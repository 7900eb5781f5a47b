/* Opens figures large in a dialog, with their words and values; the others are a step away. */
const body = document.querySelector("[data-figures]");
const figures = body ? [...body.querySelectorAll("figure")].filter((figure) => figure.querySelector(".figure__image")) : [];

function element(tag, name, ...children) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...children);
  return made;
}

function button(name, words, act) {
  const made = element("button", `figure-dialog__button figure-dialog__button--${name}`);
  made.type = "button";
  made.append(element("span", "visually-hidden", words));
  made.addEventListener("click", act);
  return made;
}

/* A copy whose ids are its own, so that both can stand on one page; links to places inside it lead to its own. */
function copied(source) {
  const copy = source.cloneNode(true);
  for (const named of copy.querySelectorAll("[id]")) named.id = `large-${named.id}`;
  for (const link of copy.querySelectorAll('a[href^="#"]')) {
    const place = CSS.escape(`large-${link.hash.slice(1)}`);
    if (copy.querySelector(`#${place}`)) link.setAttribute("href", `#large-${link.hash.slice(1)}`);
  }
  for (const details of copy.querySelectorAll("details")) details.open = true;
  return copy;
}

class Viewer {
  constructor(words) {
    this.words = words;
    this.title = element("h2", "figure-dialog__title");
    this.title.id = "figure-dialog-title";
    this.count = element("p", "figure-dialog__count");
    this.count.setAttribute("role", "status");
    this.frame = element("div", "figure-dialog__frame");
    this.frame.setAttribute("role", "group");
    this.frame.setAttribute("aria-labelledby", this.title.id);
    this.text = element("div", "figure-dialog__words");
    this.zoomer = button("zoom-in", words.zoomIn, () => this.zoom());
    const close = button("close", words.close, () => this.dialog.close());
    const steps = [button("previous", words.previous, () => this.step(-1)), button("next", words.next, () => this.step(1))];
    for (const step of steps) step.hidden = figures.length < 2;
    const bar = element("div", "figure-dialog__bar", this.count, ...steps, this.zoomer, close);
    const content = element("div", "figure-dialog__content", this.title, this.frame, this.text);
    this.dialog = element("dialog", "figure-dialog", bar, content);
    this.dialog.setAttribute("aria-labelledby", this.title.id);
    this.frame.addEventListener("click", (event) => this.zoom(event));
    this.dialog.addEventListener("click", (event) => this.clicked(event));
    body.after(this.dialog);
  }

  open(place) {
    this.show(place);
    this.dialog.showModal();
  }

  show(place) {
    this.place = place;
    const figure = figures[place];
    const words = copied(figure.querySelector(".figure__words"));
    this.title.replaceChildren(...copied(figure.querySelector("figcaption")).childNodes);
    this.count.textContent = this.words.count.replace("{number}", place + 1).replace("{count}", figures.length);
    this.text.replaceChildren(...words.childNodes);
    this.picture = this.pictured(figure);
    this.frame.replaceChildren(this.picture);
    this.setZoom(false);
    this.dialog.scrollTop = 0;
  }

  pictured(figure) {
    const small = figure.querySelector("img");
    const [width, height] = ["width", "height"].map((name) => Number(small.getAttribute(name)));
    const large = new Image(width, height);
    large.src = figure.querySelector(".figure__image").href;
    large.alt = figure.querySelector(".label")?.textContent ?? "";
    large.setAttribute("aria-describedby", `large-${small.getAttribute("aria-describedby")}`);
    large.style.setProperty("--ratio", width / height);
    // A drawing is sharp at every size, a photograph up to its own.
    if (!large.src.endsWith(".svg")) large.style.setProperty("--own-width", `${width}px`);
    return large;
  }

  step(by) {
    this.show((this.place + by + figures.length) % figures.length);
  }

  /* At its own size, and at least twice as large as it was; what was clicked comes to the middle. */
  zoom(event) {
    const box = this.picture.getBoundingClientRect();
    const [x, y] = event ? [event.clientX - box.left, event.clientY - box.top] : [box.width / 2, box.height / 2];
    const isLarge = !this.frame.classList.contains("figure-dialog__frame--large");
    this.setZoom(isLarge, Math.max(Number(this.picture.getAttribute("width")), 2 * box.width));
    if (!isLarge) return;
    const grown = this.picture.getBoundingClientRect();
    this.frame.scrollLeft = (x / box.width) * grown.width - this.frame.clientWidth / 2;
    this.frame.scrollTop = (y / box.height) * grown.height - this.frame.clientHeight / 2;
  }

  setZoom(isLarge, width = 0) {
    this.frame.classList.toggle("figure-dialog__frame--large", isLarge);
    if (isLarge) this.picture.style.setProperty("--large-width", `${width}px`);
    this.zoomer.querySelector("span").textContent = isLarge ? this.words.zoomOut : this.words.zoomIn;
    this.zoomer.classList.toggle("figure-dialog__button--zoom-out", isLarge);
    // Only what scrolls is a stop of the Tab key.
    if (isLarge) this.frame.tabIndex = 0;
    else this.frame.removeAttribute("tabindex");
  }

  holds(id) {
    return this.dialog.querySelector(`#${CSS.escape(id)}`) !== null;
  }

  clicked(event) {
    const link = event.target.closest("a");
    const leads = link?.hash && link.getAttribute("href").startsWith("#") && !this.holds(link.hash.slice(1));
    // The backdrop counts as the dialog itself. A place on the page behind can be reached only once this is closed.
    if (event.target === this.dialog || (leads && !event.defaultPrevented)) this.dialog.close();
  }
}

if (figures.length && "showModal" in HTMLDialogElement.prototype) {
  let viewer = null;
  for (const [place, figure] of figures.entries()) {
    const link = figure.querySelector(".figure__image");
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      viewer ??= new Viewer(body.dataset);
      link.focus();
      viewer.open(place);
    });
  }
}
