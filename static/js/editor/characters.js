/* A palette of characters that no keyboard has. Arrow keys move in it; Enter puts the character into the text. */
import { ask, element } from "editor/dialog";

const COLUMNS = 8;
const CHARACTERS = [
  ["≥", "greater than or equal to"], ["≤", "less than or equal to"], ["±", "plus or minus"], ["×", "times"],
  ["÷", "divided by"], ["≈", "almost equal to"], ["≠", "not equal to"], ["−", "minus"],
  ["°", "degree"], ["µ", "micro"], ["‰", "per mille"], ["½", "one half"],
  ["¼", "one quarter"], ["∞", "infinity"], ["√", "square root"], ["Δ", "capital delta"],
  ["®", "registered"], ["™", "trade mark"], ["©", "copyright"], ["§", "section"],
  ["–", "en dash"], ["—", "em dash"], ["…", "ellipsis"], ["•", "bullet"],
  ["α", "alpha"], ["β", "beta"], ["γ", "gamma"], ["δ", "delta"],
  ["κ", "kappa"], ["λ", "lambda"], ["σ", "sigma"], ["ω", "omega"],
  ["†", "dagger"], ["‡", "double dagger"], ["¶", "paragraph"], ["→", "arrow to the right"],
  ["←", "arrow to the left"], ["↑", "arrow up"], ["↓", "arrow down"], ["\u00a0", "no-break space"],
];
const STEPS = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS };

export function characters(editor) {
  let close = () => {};
  const name = element("p", { class: "editor-dialog__help", "aria-hidden": "true" });
  const buttons = CHARACTERS.map(([character, called]) => {
    const shown = character === "\u00a0" ? "nbsp" : character;
    const button = element("button", { type: "button", tabindex: "-1", "aria-label": called, title: called }, shown);
    button.addEventListener("focus", () => (name.textContent = called));
    button.addEventListener("click", () => {
      close();
      editor.chain().focus().insertContent({ type: "text", text: character, marks: marksHere(editor) }).run();
    });
    return button;
  });

  function focus(place) {
    buttons.forEach((button, at) => (button.tabIndex = at === place ? 0 : -1));
    buttons[place].focus();
  }

  const grid = element("div", { class: "editor-characters", role: "group", "aria-label": "Characters" }, ...buttons);
  grid.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const ends = { Home: 0, End: buttons.length - 1 };
    const to = ends[event.key] ?? at + (STEPS[event.key] ?? NaN);
    if (!(to >= 0 && to < buttons.length)) return;
    event.preventDefault();
    focus(to);
  });
  close = ask(editor, { title: "Special characters", parts: [grid, name] });
  focus(0);
}

/* The character is set as the words around it are. */
function marksHere(editor) {
  const { storedMarks, selection } = editor.state;
  return (storedMarks ?? selection.$from.marks()).map((mark) => mark.toJSON());
}
