/* An editor in the place of a textarea, which keeps the value that the form sends. */
import * as tiptap from "django-prose-editor/editor";
import { blocks, form } from "editor/blocks";
import { element, unique } from "editor/dialog";
import { Footnotes } from "editor/footnotes";
import { markers } from "editor/markers";
import { editors, refresh } from "editor/numbers";
import { Paste } from "editor/paste";
import { closed, inert, opened } from "editor/shape";
import { tables } from "editor/tables";
import { toolbar } from "editor/toolbar";
import { toolsFor } from "editor/tools";

const { Document, Dropcursor, Editor, Extension, Gapcursor, Text, TrailingNode, UndoRedo, pm } = tiptap;

/* The HTML that would be stored. */
export function stored(editor) {
  const body = inert();
  const serializer = pm.model.DOMSerializer.fromSchema(editor.schema);
  body.append(serializer.serializeFragment(editor.state.doc.content, { document: body.ownerDocument }));
  return closed(body);
}

export function extensions(permitted) {
  const withTables = tables(permitted);
  return [
    Document, Text, UndoRedo, Gapcursor, Dropcursor, TrailingNode, Paste,
    ...blocks(permitted), ...markers(permitted), ...withTables,
    ...(withTables.length ? [Footnotes] : []),
  ];
}

/* Keys for tools that no extension has keys for, the way to the tools, and the way out of the text. */
function keyboard(groups, context, bar) {
  const tools = groups.flatMap(({ tools: some }) => some).filter(({ keys, own }) => keys && !own);
  let leaves = false;
  return Extension.create({
    name: "keyboard",
    priority: 2000,
    addKeyboardShortcuts() {
      const run = (tool) => () => {
        if (!tool.usable || tool.usable(this.editor)) tool.run(this.editor, context);
        return true;
      };
      return { ...Object.fromEntries(tools.map((tool) => [tool.keys, run(tool)])), "Alt-F10": () => bar().focus() ?? true };
    },
    addProseMirrorPlugins() {
      const keydown = (_view, event) => {
        const tabs = event.key === "Tab";
        const passes = leaves && (tabs || event.key === "Shift");
        /* In lists and tables Tab has work to do; after Escape it leads on through the page. */
        leaves = event.key === "Escape" || (passes && !tabs);
        return passes && tabs;
      };
      return [new tiptap.Plugin({ props: { handleDOMEvents: { keydown } } })];
    },
  });
}

function nameOf(textarea) {
  const label = textarea.labels?.[0] ?? document.querySelector(`label[for="${textarea.id}"]`);
  return (label?.textContent ?? textarea.name).replace(/:\s*$/, "").trim();
}

function described(textarea) {
  const helps = [textarea.getAttribute("aria-describedby"), `${textarea.id}_helptext`, `${textarea.id}_error`];
  const ids = helps.flatMap((each) => (each ?? "").split(" ")).filter((id) => id && document.getElementById(id));
  return [...new Set(ids)].join(" ");
}

export function attach(textarea) {
  const settings = JSON.parse(textarea.dataset.editor);
  const context = { references: settings.references, address: form(settings.permitted, "a", "href") };
  const name = nameOf(textarea);
  const place = element("div", { class: "editor", id: unique("editor") });
  const text = element("div", { class: "editor-text" });
  textarea.before(place);
  textarea.hidden = true;
  let bar = null;
  const attributes = { role: "textbox", "aria-multiline": "true", "aria-label": name, id: `${place.id}-text`, spellcheck: "true" };
  const help = described(textarea);
  if (help) attributes["aria-describedby"] = help;
  const schema = extensions(settings.permitted);
  const groups = toolsFor(tiptap.getSchema(schema));
  const editor = new Editor({
    element: text,
    injectCSS: false,
    extensions: [...schema, keyboard(groups, context, () => bar)],
    content: opened(textarea.value).innerHTML,
    editorProps: { attributes },
  });
  const before = { value: textarea.value, stored: stored(editor) };
  bar = toolbar(editor, { groups, name, context, controls: attributes.id });
  place.append(bar.whole, text);

  function write() {
    const now = stored(editor);
    /* As long as nothing was changed, or all of it taken back, the form sends what it came with. */
    const value = now === before.stored ? before.value : now;
    if (textarea.value === value) return;
    textarea.value = value;
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
  }

  editor.on("update", write);
  editor.on("transaction", () => bar.update());
  editor.on("update", () => refresh(context.references));
  /* Whatever writes into the textarea from outside is shown too. */
  textarea.addEventListener("editor:load", () => {
    editor.commands.setContent(opened(textarea.value).innerHTML, { emitUpdate: false });
    refresh(context.references);
    bar.update();
  });
  /* A label leads to its field, which is hidden now. */
  textarea.labels?.forEach((label) => label.addEventListener("click", () => editor.commands.focus()));
  editors.set(editor, textarea.name);
  refresh(context.references);
  return editor;
}
