/* The allow-list of intake/text/html/allow_list.py as a ProseMirror schema. */
import { Schema } from "../../vendor/prosemirror.js";

const AUTO = { dir: "auto" };

/** Accepts the spans that cleaning keeps: 2 to 1,000. */
function count(text) {
  return /^[0-9]{1,4}$/.test(text || "") && Number(text) > 1 && Number(text) <= 1000 ? Number(text) : 1;
}

function cell(tag) {
  return {
    content: "block+",
    tableRole: tag === "th" ? "header_cell" : "cell",
    isolating: true,
    attrs: { colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null } },
    parseDOM: [{
      tag,
      getAttrs: (dom) => ({ colspan: count(dom.getAttribute("colspan")), rowspan: count(dom.getAttribute("rowspan")) }),
    }],
    toDOM: ({ attrs }) => [tag, { ...AUTO, colspan: attrs.colspan, rowspan: attrs.rowspan }, 0],
  };
}

const nodes = {
  doc: { content: "block+" },
  p: { group: "block", content: "inline*", parseDOM: [{ tag: "p" }], toDOM: () => ["p", AUTO, 0] },
  heading: {
    group: "block",
    content: "inline*",
    defining: true,
    attrs: { level: { default: 2 } },
    parseDOM: [2, 3, 4].map((level) => ({ tag: `h${level}`, attrs: { level } })),
    toDOM: ({ attrs }) => [`h${attrs.level}`, AUTO, 0],
  },
  pre: {
    group: "block",
    content: "inline*",
    code: true,
    defining: true,
    parseDOM: [{ tag: "pre", preserveWhitespace: "full" }],
    toDOM: () => ["pre", AUTO, 0],
  },
  blockquote: {
    group: "block", content: "block+", defining: true, parseDOM: [{ tag: "blockquote" }], toDOM: () => ["blockquote", AUTO, 0],
  },
  ul: { group: "block", content: "li+", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", AUTO, 0] },
  ol: {
    group: "block",
    content: "li+",
    attrs: { start: { default: 1 } },
    parseDOM: [{ tag: "ol", getAttrs: (dom) => ({ start: count(dom.getAttribute("start")) }) }],
    toDOM: ({ attrs }) => ["ol", { ...AUTO, start: attrs.start }, 0],
  },
  li: {
    content: "block+",
    defining: true,
    attrs: { note: { default: "" } },
    parseDOM: [{ tag: "li", getAttrs: (dom) => ({ note: /^note-[1-9][0-9]{0,2}$/.test(dom.id) ? dom.id : "" }) }],
    toDOM: ({ attrs }) => ["li", attrs.note ? { ...AUTO, id: attrs.note } : AUTO, 0],
  },
  hr: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
  table: {
    group: "block", content: "tr+", tableRole: "table", isolating: true,
    parseDOM: [{ tag: "table" }], toDOM: () => ["table", ["tbody", 0]],
  },
  tr: {
    content: "(td | th)*",
    tableRole: "row",
    attrs: { part: { default: "" } },
    parseDOM: [{ tag: "tr", getAttrs: (dom) => ({ part: dom.dataset.part || "" }) }],
    toDOM: () => ["tr", 0],
  },
  td: cell("td"),
  th: cell("th"),
  text: { group: "inline" },
  br: {
    group: "inline", inline: true, selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"], leafText: () => "\n",
  },
};

// Outermost first, in the order of blocks.py.
const marks = {
  link: {
    attrs: { href: {} },
    inclusive: false,
    parseDOM: [{ tag: "a[href]", getAttrs: (dom) => ({ href: dom.getAttribute("href") }) }],
    toDOM: ({ attrs }) => ["a", { href: attrs.href, rel: "noopener noreferrer nofollow" }, 0],
  },
  strong: {
    parseDOM: [{ tag: "strong" }],
    toDOM: () => ["strong", 0],
  },
  em: { parseDOM: [{ tag: "em" }], toDOM: () => ["em", 0] },
  u: { parseDOM: [{ tag: "u" }], toDOM: () => ["u", 0] },
  s: { parseDOM: [{ tag: "s" }], toDOM: () => ["s", 0] },
  code: { parseDOM: [{ tag: "code" }], toDOM: () => ["code", 0] },
  sub: { parseDOM: [{ tag: "sub" }], toDOM: () => ["sub", 0] },
  sup: { parseDOM: [{ tag: "sup" }], toDOM: () => ["sup", 0] },
};

export const schema = new Schema({ nodes, marks });
