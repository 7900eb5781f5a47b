/* The empty markers: a citation, company data, a figure, a reference to a figure. What they show is never stored. */
import { Node, mergeAttributes } from "django-prose-editor/editor";
import { form } from "editor/blocks";

/* Element and attribute of each marker, as the server stores them. */
const CITE = ["cite", "data-ref"];
const FIGURE = ["figure", "data-figure"];
const XREF = ["span", "data-xref"];

function shown(tag, name, className) {
  return ({ node }) => {
    const dom = document.createElement(tag);
    dom.className = className;
    dom.contentEditable = "false";
    if (name) dom.setAttribute(name, node.attrs.key);
    /* Numbers and titles are written into it from outside (numbers.js). */
    return { dom, ignoreMutation: () => true };
  };
}

function marker(name, [tag, attribute], permitted, settings) {
  const valid = form(permitted, tag, attribute);
  return Node.create({
    name,
    atom: true,
    selectable: true,
    draggable: true,
    ...settings,
    addAttributes() {
      return { key: { default: null, parseHTML: (element) => element.getAttribute(attribute), rendered: false } };
    },
    parseHTML() {
      const rule = { tag: `${tag}[${attribute}]`, priority: 60 };
      return [{ ...rule, getAttrs: (element) => valid.test(element.getAttribute(attribute)) && null }];
    },
    renderHTML({ node, HTMLAttributes }) {
      return [tag, mergeAttributes(HTMLAttributes, { [attribute]: node.attrs.key })];
    },
    renderText: () => "",
    addNodeView() {
      return shown(tag, attribute, `marker marker--${name}`);
    },
  });
}

const INLINE = { group: "inline", inline: true };

const Company = Node.create({
  name: "company",
  atom: true,
  ...INLINE,
  parseHTML: () => [{ tag: 'cite[data-source="company"]', priority: 70 }],
  renderHTML: () => ["cite", { "data-source": "company" }],
  renderText: () => "",
  addNodeView() {
    return (props) => {
      const view = shown("cite", null, "marker marker--company")(props);
      view.dom.textContent = "company data";
      return view;
    };
  },
});

export function markers(permitted) {
  const may = ([tag, attribute]) => attribute in (permitted[tag] ?? {});
  return [
    may(CITE) && marker("cite", CITE, permitted, INLINE),
    may(["cite", "data-source"]) && Company,
    may(FIGURE) && marker("figure", FIGURE, permitted, { group: "block" }),
    may(XREF) && marker("xref", XREF, permitted, INLINE),
  ].filter(Boolean);
}
