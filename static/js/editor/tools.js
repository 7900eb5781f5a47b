/* The tools of an editor, in groups, each with its words, its keys, and when it may be used. */
import { characters } from "editor/characters";
import { cite } from "editor/citing";
import { placeFigure, referToFigure } from "editor/figures";
import { link } from "editor/link";

const inTable = (editor) => editor.isActive("table");
const inTabular = (editor) => editor.isActive("tabular");

function mark(name, label, sign, keys) {
  return {
    needs: name, label, sign, keys, own: true,
    run: (editor) => editor.chain().focus().toggleMark(name).run(),
    active: (editor) => editor.isActive(name),
  };
}

function heading(level, label) {
  return {
    needs: "heading", label, sign: `H${level}`, keys: `Mod-Alt-${level}`, own: true,
    run: (editor) => editor.chain().focus().toggleHeading({ level }).run(),
    active: (editor) => editor.isActive("heading", { level }),
    usable: (editor) => !inTabular(editor),
  };
}

function list(name, label, sign, keys, command) {
  return {
    needs: name, label, sign, keys, own: true,
    run: (editor) => editor.chain().focus()[command]().run(),
    active: (editor) => editor.isActive(name),
    usable: (editor) => !editor.isActive("tableCaption"),
  };
}

function table(label, sign, command, usable = inTable) {
  return {
    needs: "table", label, sign,
    run: (editor) => editor.chain().focus()[command]().run(),
    usable: (editor) => usable(editor) && editor.can()[command](),
  };
}

const STYLE = [
  {
    needs: "heading", label: "Normal text", sign: "¶", keys: "Mod-Alt-0", own: true,
    run: (editor) => editor.chain().focus().setParagraph().run(),
    active: (editor) => editor.isActive("paragraph") && !editor.isActive("listItem"),
    usable: (editor) => !editor.isActive("tableCaption"),
  },
  heading(2, "Section heading"),
  heading(3, "Heading in a section"),
  heading(4, "Small heading"),
];

const MARKS = [
  mark("bold", "Bold", "B", "Mod-b"),
  mark("italic", "Italic", "I", "Mod-i"),
  mark("superscript", "Superscript", "x²", "Mod-."),
  mark("subscript", "Subscript", "x₂", "Mod-,"),
];

const LISTS = [
  list("bulletList", "Bulleted list", "•–", "Mod-Shift-8", "toggleBulletList"),
  list("orderedList", "Numbered list", "1.", "Mod-Shift-7", "toggleOrderedList"),
  {
    needs: "listItem", label: "Into the list above", sign: "⇥", keys: "Tab", own: true,
    run: (editor) => editor.chain().focus().sinkListItem("listItem").run(),
    usable: (editor) => editor.can().sinkListItem("listItem"),
  },
  {
    needs: "listItem", label: "Out of the list", sign: "⇤", keys: "Shift-Tab", own: true,
    run: (editor) => editor.chain().focus().liftListItem("listItem").run(),
    usable: (editor) => editor.can().liftListItem("listItem"),
  },
  list("blockquote", "Quotation", "❝", "Mod-Shift-b", "toggleBlockquote"),
];

const INSERT = [
  { needs: "cite", label: "Cite references", words: "Cite", keys: "Alt-Shift-c", run: (editor, { references }) => cite(editor, references) },
  {
    needs: "company", label: "Company data: the statement rests on no publication", words: "Company data", keys: "Alt-Shift-d",
    run: (editor) => editor.chain().focus().insertContentAt(editor.state.selection.to, { type: "company" }).run(),
  },
  { needs: "figure", label: "Place a figure", words: "Figure", keys: "Alt-Shift-f", run: placeFigure, usable: (editor) => !inTabular(editor) },
  { needs: "xref", label: "Refer to a figure", words: "See figure", keys: "Alt-Shift-x", run: referToFigure },
  {
    needs: "table", label: "Insert a table", words: "Table", keys: "Alt-Shift-t",
    run: (editor) => editor.chain().focus().insertTabular({ rows: 3, columns: 3 }).run(),
    usable: (editor) => !inTabular(editor),
  },
  {
    needs: "table", label: "Footnote of the table", words: "Footnote", keys: "Alt-Shift-n",
    run: (editor) => editor.chain().focus().footnote().run(),
    usable: (editor) => editor.can().footnote(),
  },
  { needs: "link", label: "Link", words: "Link", keys: "Mod-k", run: (editor, { address }) => link(editor, address), active: (editor) => editor.isActive("link") },
  { needs: "text", label: "Special characters", words: "Ω", keys: "Alt-Shift-s", run: characters },
];

const TABLE = [
  table("Row above", "Row ↑", "addRowBefore"),
  table("Row below", "Row ↓", "addRowAfter"),
  table("Delete the row", "Row ✕", "deleteRow"),
  table("Column before", "Column ←", "addColumnBefore"),
  table("Column after", "Column →", "addColumnAfter"),
  table("Delete the column", "Column ✕", "deleteColumn"),
  table("Merge the selected cells", "Merge", "mergeCells"),
  table("Split the cell", "Split", "splitCell"),
  { ...table("Header rows down to here", "Header rows", "toggleHeadRows"), active: (editor) => inTable(editor) && editor.getAttributes("tableRow").part === "head" },
  { ...table("Header cell", "Header cell", "toggleHeadCell"), active: (editor) => editor.isActive("tableHeader") },
  table("Write the caption", "Caption", "toCaption", inTabular),
  table("Delete the table", "Table ✕", "deleteTable", inTabular),
];

const HISTORY = [
  { needs: "text", label: "Undo", sign: "↶", keys: "Mod-z", own: true, run: (editor) => editor.chain().focus().undo().run(), usable: (editor) => editor.can().undo() },
  { needs: "text", label: "Redo", sign: "↷", keys: "Mod-Shift-z", own: true, run: (editor) => editor.chain().focus().redo().run(), usable: (editor) => editor.can().redo() },
];

const GROUPS = [
  { name: "Style", tools: STYLE },
  { name: "Letters", tools: MARKS },
  { name: "Lists", tools: LISTS },
  { name: "Insert", tools: INSERT },
  { name: "Undo", tools: HISTORY },
  { name: "Table", tools: TABLE, shown: inTabular },
];

/* The groups with the tools that the schema has something to do for. */
export function toolsFor(schema) {
  const has = (name) => name in schema.nodes || name in schema.marks;
  const groups = GROUPS.map((group) => ({ ...group, tools: group.tools.filter((tool) => has(tool.needs)) }));
  return groups.filter((group) => group.tools.length);
}
