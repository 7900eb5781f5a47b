/* Paragraphs, headings, lists, quotations, marks and links, each only where the allow-list permits its tag. */
import * as tiptap from "django-prose-editor/editor";

const { Blockquote, Bold, BulletList, HardBreak, Heading, Italic, ListItem, Mark, OrderedList, Paragraph } = tiptap;

/* The form that the server demands of an attribute's value. */
export function form(permitted, tag, name) {
  const pattern = permitted[tag]?.[name];
  return pattern ? new RegExp(`^(?:${pattern})$`, "u") : /^(?!)/;
}

const Plain = Paragraph.extend({
  addAttributes() {
    return {
      /* "yes": it was stored without a tag of its own; "no": with one; null: it is new (see shape.js). */
      bare: {
        default: null,
        keepOnSplit: false,
        parseHTML: (element) => element.dataset.bare || null,
        renderHTML: ({ bare }) => (bare ? { "data-bare": bare } : {}),
      },
    };
  },
});

const Numbered = OrderedList.extend({
  addAttributes() {
    return {
      start: {
        default: 1,
        parseHTML: (element) => Number(element.getAttribute("start")) || 1,
        renderHTML: ({ start }) => (start === 1 ? {} : { start }),
      },
    };
  },
});

const Link = Mark.create({
  name: "link",
  /* Around all other marks, as one link, however its words are set. */
  priority: 1000,
  inclusive: false,
  keepOnSplit: false,
  addOptions() {
    return { form: /^/ };
  },
  addAttributes() {
    return { href: { default: null } };
  },
  parseHTML() {
    return [{ tag: "a[href]", getAttrs: (element) => this.options.form.test(element.getAttribute("href")) && null }];
  },
  renderHTML({ HTMLAttributes }) {
    return ["a", HTMLAttributes, 0];
  },
});

export function blocks(permitted) {
  const has = (tag) => tag in permitted;
  const levels = [2, 3, 4].filter((level) => has(`h${level}`));
  return [
    Plain,
    has("br") && HardBreak,
    has("strong") && Bold,
    has("em") && Italic,
    has("sup") && tiptap.Superscript,
    has("sub") && tiptap.Subscript,
    has("a") && Link.configure({ form: form(permitted, "a", "href") }),
    levels.length && Heading.configure({ levels }),
    has("ul") && BulletList,
    has("ol") && Numbered,
    has("li") && ListItem,
    has("blockquote") && Blockquote,
  ].filter(Boolean);
}
