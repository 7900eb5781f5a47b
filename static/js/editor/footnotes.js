/* Lettered footnotes of a table: a raised letter where the note belongs, and a row of the foot that begins with it. */
import * as tiptap from "django-prose-editor/editor";
import { around } from "editor/tables";

const { Extension } = tiptap;
const { TableMap } = tiptap.pm.tables;
const { Selection, TextSelection } = tiptap.pm.state;
const ALPHABET = "abcdefghijklmnopqrstuvwxyz";

/* The letters that begin notes in the foot of `table`. */
function noted(table) {
  const letters = new Set();
  table.forEach((row) => {
    if (row.attrs.part !== "foot") return;
    row.forEach((cell) => {
      const first = cell.firstChild?.firstChild;
      if (first?.isText && first.marks.some((mark) => mark.type.name === "superscript")) letters.add(first.text.trim());
    });
  });
  return letters;
}

function inFoot(state) {
  const row = around(state, "tableRow");
  return row?.node.attrs.part === "foot";
}

function footnote() {
  return ({ tr, state, dispatch }) => {
    const found = around(state, "tabular");
    if (!found || inFoot(state)) return false;
    const table = found.node.lastChild;
    const taken = noted(table);
    const letter = [...ALPHABET].find((each) => !taken.has(each));
    if (!letter) return false;
    if (!dispatch) return true;
    const { schema } = state;
    const raised = schema.text(letter, [schema.marks.superscript.create()]);
    const { tableRow, tableCell, paragraph } = schema.nodes;
    const note = paragraph.create(null, [raised, schema.text(" ")]);
    const cell = tableCell.create({ colspan: TableMap.get(table).width }, note);
    /* Behind the words, also where whole cells are selected. */
    tr.insert(Selection.near(state.doc.resolve(state.selection.to), -1).to, raised);
    const end = found.place + found.node.nodeSize - 2 + raised.nodeSize;
    const row = tableRow.create({ part: "foot" }, cell);
    tr.insert(end, row);
    /* Behind the letter, inside paragraph, cell and row. */
    tr.setSelection(TextSelection.create(tr.doc, end + row.nodeSize - 3));
    tr.setStoredMarks([]).scrollIntoView();
    return true;
  };
}

export const Footnotes = Extension.create({
  name: "footnotes",
  addCommands: () => ({ footnote }),
});
