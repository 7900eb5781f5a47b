/* Tables with a caption, and rows that belong to the head, the body or the foot. */
import * as tiptap from "django-prose-editor/editor";
import { form } from "editor/blocks";

const { Node, Plugin, Table, TableCell, TableHeader, TableRow } = tiptap;
const { TextSelection } = tiptap.pm.state;
const RANK = { head: 0, body: 1, foot: 2 };

const Tabular = Node.create({
  name: "tabular",
  group: "block",
  content: "tableCaption? table",
  isolating: true,
  defining: true,
  parseHTML: () => [{ tag: "div[data-tabular]" }],
  renderHTML: () => ["div", { "data-tabular": "" }, 0],
});

const Caption = Node.create({
  name: "tableCaption",
  content: "inline*",
  isolating: true,
  defining: true,
  parseHTML: () => [{ tag: "div[data-caption]" }],
  renderHTML: () => ["div", { "data-caption": "" }, 0],
  addKeyboardShortcuts() {
    const toFirstCell = () => {
      const { node, place } = around(this.editor.state, "tabular") ?? {};
      if (!this.editor.isActive("tableCaption")) return false;
      /* Into the table behind the caption, its first row, cell and paragraph. */
      return this.editor.commands.setTextSelection(place + 1 + node.firstChild.nodeSize + 4);
    };
    return { Enter: toFirstCell, Tab: toFirstCell };
  },
});

function span(permitted, tag, name) {
  const valid = form(permitted, tag, name);
  return {
    default: 1,
    parseHTML: (element) => (valid.test(element.getAttribute(name) ?? "") ? Number(element.getAttribute(name)) : 1),
    renderHTML: (attributes) => (attributes[name] > 1 ? { [name]: attributes[name] } : {}),
  };
}

function cell(Base, tag, permitted) {
  const valid = form(permitted, tag, "scope");
  const scope = {
    default: null,
    parseHTML: (element) => (valid.test(element.getAttribute("scope") ?? "") ? element.getAttribute("scope") : null),
    renderHTML: (attributes) => (tag === "th" && attributes.scope ? { scope: attributes.scope } : {}),
  };
  return Base.extend({
    addAttributes() {
      /* A cell that is no header keeps its scope unseen, for it may be one again. */
      return { scope, rowspan: span(permitted, tag, "rowspan"), colspan: span(permitted, tag, "colspan") };
    },
    parseHTML: () => [{ tag }],
  });
}

const Row = TableRow.extend({
  /* A table without a cell would be mended for ever. */
  content: "(tableCell | tableHeader)+",
  addAttributes() {
    return {
      part: {
        default: null,
        parseHTML: (element) => element.dataset.part || null,
        renderHTML: ({ part }) => (part ? { "data-part": part } : {}),
      },
      begins: {
        default: false,
        parseHTML: (element) => "begins" in element.dataset,
        renderHTML: ({ begins }) => (begins ? { "data-begins": "" } : {}),
      },
    };
  },
});

/* The rows of `table` whose part has to change: new ones get their neighbour's, and no head follows a body. */
function strays(table) {
  const parts = [];
  let last = null;
  table.forEach((row) => {
    let part = row.attrs.part ?? last ?? (table.childCount > 1 ? table.child(1).attrs.part : null) ?? "body";
    if (last && RANK[part] < RANK[last]) part = last;
    parts.push((last = part));
  });
  return parts;
}

/* Keeps each row in its part after rows were added, moved or deleted. */
const parts = new Plugin({
  appendTransaction(transactions, _before, state) {
    if (!transactions.some((transaction) => transaction.docChanged)) return null;
    const { tr } = state;
    state.doc.descendants((node, place) => {
      if (node.type.name !== "table") return;
      const wanted = strays(node);
      node.forEach((row, offset, index) => {
        if (row.attrs.part !== wanted[index]) tr.setNodeAttribute(place + 1 + offset, "part", wanted[index]);
      });
    });
    return tr.docChanged ? tr : null;
  },
});

export function around(state, name) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type.name === name) return { node, place: $from.before(depth), depth, index: $from.index(depth) };
  }
  return null;
}

function filled(schema, rows, columns) {
  const { tabular, tableCaption, table, tableRow, tableCell, tableHeader } = schema.nodes;
  const written = Array.from({ length: rows }, (_row, at) => {
    const cells = Array.from({ length: columns }, () =>
      at ? tableCell.createAndFill() : tableHeader.createAndFill({ scope: "col" }),
    );
    return tableRow.create({ part: at ? "body" : "head" }, cells);
  });
  return tabular.create(null, [tableCaption.create(), table.create(null, written)]);
}

const commands = {
  insertTabular:
    ({ rows, columns }) =>
    ({ tr, state, dispatch }) => {
      if (around(state, "table")) return false;
      if (dispatch) {
        tr.replaceSelectionWith(filled(state.schema, rows, columns));
        let caption = null;
        tr.doc.descendants((node, place) => {
          if (node.type.name === "tableCaption" && place <= tr.selection.from) caption = place;
        });
        if (caption !== null) tr.setSelection(TextSelection.create(tr.doc, caption + 1)).scrollIntoView();
      }
      return true;
    },
  deleteTable:
    () =>
    ({ tr, state, dispatch }) => {
      const found = around(state, "tabular");
      if (found && dispatch) tr.delete(found.place, found.place + found.node.nodeSize).scrollIntoView();
      return Boolean(found);
    },
  /* The rows down to this one name the columns; where they do already, this one and those below it do no more. */
  toggleHeadRows:
    () =>
    ({ tr, state, dispatch }) => {
      const found = around(state, "table");
      if (!found) return false;
      const isHead = found.node.child(found.index).attrs.part === "head";
      const { tableCell, tableHeader } = state.schema.nodes;
      found.node.forEach((row, offset, index) => {
        const leaves = isHead && index >= found.index && row.attrs.part === "head";
        const joins = !isHead && index <= found.index;
        if (!dispatch || !(leaves || joins)) return;
        const place = found.place + 1 + offset;
        tr.setNodeAttribute(place, "part", joins ? "head" : "body");
        row.forEach((each, at) => {
          const attributes = { ...each.attrs, scope: joins ? "col" : null };
          tr.setNodeMarkup(place + 1 + at, joins ? tableHeader : tableCell, attributes);
        });
      });
      return true;
    },
  /* A cell that names its row, or no longer does. */
  toggleHeadCell:
    () =>
    ({ state, chain }) => {
      if (!around(state, "table")) return false;
      const row = around(state, "tableRow");
      /* The second refuses where the scope is so already, which is no reason to refuse the first. */
      chain()
        .toggleHeaderCell()
        .setCellAttribute("scope", row.node.attrs.part === "head" ? "col" : "row")
        .run();
      return true;
    },
  toCaption:
    () =>
    ({ tr, state, dispatch }) => {
      const found = around(state, "tabular");
      if (!found) return false;
      const place = found.place + 1;
      if (dispatch) {
        if (found.node.firstChild.type.name !== "tableCaption") tr.insert(place, state.schema.nodes.tableCaption.create());
        const end = place + tr.doc.nodeAt(place).nodeSize - 1;
        tr.setSelection(TextSelection.create(tr.doc, end)).scrollIntoView();
      }
      return true;
    },
};

export function tables(permitted) {
  if (!("table" in permitted)) return [];
  const Grid = Table.extend({
    group: "",
    addNodeView: null,
    renderHTML: () => ["table", ["tbody", 0]],
    addCommands() {
      return { ...this.parent?.(), ...commands };
    },
    addKeyboardShortcuts() {
      /* A line break in a cell is what Enter means in the tables of answers; lists in it keep theirs. */
      const broken = () => Boolean(around(this.editor.state, "table")) && !around(this.editor.state, "listItem");
      return {
        ...this.parent?.(),
        Enter: () => broken() && this.editor.commands.setHardBreak(),
      };
    },
    addProseMirrorPlugins() {
      return [...(this.parent?.() ?? []), parts];
    },
  });
  return [Tabular, Caption, Grid, Row, cell(TableHeader, "th", permitted), cell(TableCell, "td", permitted)];
}
