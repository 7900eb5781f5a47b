/* The toolbar of an editor: one stop for Tab, arrow keys inside it, Escape back to the text (WAI-ARIA: toolbar). */
import { ask, element } from "editor/dialog";

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);
const KEY_NAMES = { Mod: MAC ? "⌘" : "Ctrl", Alt: MAC ? "⌥" : "Alt", Shift: MAC ? "⇧" : "Shift" };

export function spoken(keys) {
  return keys.split("-").map((part) => KEY_NAMES[part] ?? part.toUpperCase()).join(MAC ? " " : "+");
}

function aria(keys) {
  return keys.split("-").map((part) => ({ Mod: MAC ? "Meta" : "Control" })[part] ?? part).join("+");
}

function buttonFor(tool) {
  const button = element("button", {
    type: "button",
    tabindex: "-1",
    class: tool.words ? "editor-tool editor-tool--words" : "editor-tool",
    "aria-label": tool.label,
    title: tool.keys ? `${tool.label} (${spoken(tool.keys)})` : tool.label,
    "aria-keyshortcuts": tool.keys ? aria(tool.keys) : null,
    "aria-pressed": tool.active ? "false" : null,
    "data-tool": tool.label,
  });
  button.append(element("span", { "aria-hidden": "true" }, tool.words ?? tool.sign));
  return button;
}

function help(editor, groups) {
  const keys = groups.flatMap(({ tools }) => tools).filter(({ keys: given }) => given);
  const rows = [
    ["To the tools", "Alt-F10"],
    ["Out of the text: Escape, then Tab", "Escape"],
    ["Line break", "Shift-Enter"],
    ...keys.map((tool) => [tool.label, tool.keys]),
  ].map(([label, given]) => element("tr", {}, element("th", { scope: "row" }, label), element("td", {}, element("kbd", {}, spoken(given)))));
  const table = element("table", { class: "editor-keys" }, element("tbody", {}, ...rows));
  ask(editor, { title: "Keys", parts: [element("div", { class: "editor-keys__scroll", tabindex: "0", role: "region", "aria-label": "Keys" }, table)] });
}

export function toolbar(editor, { groups, name, context, controls }) {
  const entries = [];
  /* At once: the editor's own command waits for a frame, and keys pressed meanwhile would be the button's. */
  const back = () => editor.view.focus();
  const bars = groups.map((group) => {
    const bar = element("div", { role: "group", class: "editor-group", "aria-label": group.name });
    for (const tool of group.tools) {
      const button = buttonFor(tool);
      entries.push({ tool, button, bar });
      button.addEventListener("click", () => {
        if (button.getAttribute("aria-disabled") === "true") return;
        back();
        tool.run(editor, context);
      });
      bar.append(button);
    }
    return { group, bar };
  });
  const keys = element("button", { type: "button", tabindex: "-1", class: "editor-tool", "aria-label": "Keys", title: "Keys" }, element("span", { "aria-hidden": "true" }, "?"));
  keys.addEventListener("click", () => {
    back();
    help(editor, groups);
  });
  bars.at(-1).group.shown ? bars.at(-2).bar.append(keys) : bars.at(-1).bar.append(keys);
  const whole = element("div", { role: "toolbar", class: "editor-toolbar", "aria-label": `Tools for ${name}`, "aria-controls": controls });
  whole.append(...bars.map(({ bar }) => bar));
  const buttons = () => [...whole.querySelectorAll("button")].filter((button) => !button.closest("[hidden]"));

  function stop(button) {
    whole.querySelectorAll("button").forEach((each) => (each.tabIndex = each === button ? 0 : -1));
  }

  function move(event) {
    const all = buttons();
    const at = all.indexOf(document.activeElement);
    const to = { ArrowRight: (at + 1) % all.length, ArrowLeft: (at - 1 + all.length) % all.length, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Escape") back();
    else if (to === undefined) return;
    else {
      stop(all[to]);
      all[to].focus();
    }
    event.preventDefault();
  }

  function update() {
    for (const { group, bar } of bars) {
      const isHidden = Boolean(group.shown) && !group.shown(editor);
      if (bar.hidden !== isHidden) bar.hidden = isHidden;
    }
    for (const { tool, button, bar } of entries) {
      if (bar.hidden) continue;
      if (tool.active) button.setAttribute("aria-pressed", String(tool.active(editor)));
      if (tool.usable) button.setAttribute("aria-disabled", String(!tool.usable(editor)));
    }
    if (!buttons().some((button) => button.tabIndex === 0)) stop(buttons()[0]);
  }

  whole.addEventListener("keydown", move);
  whole.addEventListener("focusin", (event) => stop(event.target.closest("button")));
  /* The text keeps its selection while a tool is pressed. */
  whole.addEventListener("mousedown", (event) => event.preventDefault());
  update();
  return { whole, update, focus: () => buttons().find((button) => button.tabIndex === 0)?.focus() };
}
