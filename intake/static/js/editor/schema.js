/* The allow-list of intake/text/html/allow_list.py as a ProseMirror schema. */
import { Schema } from "../../vendor/prosemirror.js";

const AUTO = { dir: "auto" };
const PHOTO = /^photo-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DIRECTED = { dir: { default: "" } };

/** Accepts the spans that cleaning keeps: 2 to 1,000. */
function count(text) {
  return /^[0-9]{1,4}$/.test(text || "") && Number(text) > 1 && Number(text) <= 1000 ? Number(text) : 1;
}

/** Accepts the numbers of lists that cleaning keeps. */
function integer(text) {
  return /^(?:0|-?[1-9][0-9]{0,5})$/.test(text || "") ? Number(text) : null;
}

/** Reads an explicit direction. Other blocks are shown by their first strong letter. */
function direction(dom) {
  return /^(?:rtl|ltr)$/.test(dom.getAttribute("dir") || "") ? dom.getAttribute("dir") : "";
}

function directed(dom) {
  return { dir: direction(dom) };
}

function shown({ attrs }) {
  return attrs.dir ? { dir: attrs.dir } : AUTO;
}

function cell(tag) {
  return {
    content: "block+",
    tableRole: tag === "th" ? "header_cell" : "cell",
    isolating: true,
    attrs: { colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null }, dir: { default: "" } },
    parseDOM: [{
      tag,
      getAttrs: (dom) => ({ colspan: count(dom.getAttribute("colspan")), rowspan: count(dom.getAttribute("rowspan")), dir: direction(dom) }),
    }],
    toDOM: (node) => [tag, { ...shown(node), colspan: node.attrs.colspan, rowspan: node.attrs.rowspan }, 0],
  };
}

const nodes = {
  // Photos stand only between the blocks of the text itself.
  doc: { content: "(block | photo)+" },
  photo: {
    atom: true,
    draggable: true,
    attrs: { photo: {} },
    parseDOM: [{ tag: "figure[id]", getAttrs: (dom) => (PHOTO.test(dom.id) ? { photo: dom.id.slice("photo-".length) } : false) }],
    toDOM: (node) => ["figure", { id: `photo-${node.attrs.photo}` }],
  },
  p: {
    group: "block", content: "inline*", attrs: DIRECTED, parseDOM: [{ tag: "p", getAttrs: directed }], toDOM: (node) => ["p", shown(node), 0],
  },
  heading: {
    group: "block",
    content: "inline*",
    defining: true,
    attrs: { level: { default: 2 }, ...DIRECTED },
    parseDOM: [2, 3, 4].map((level) => ({ tag: `h${level}`, getAttrs: (dom) => ({ level, dir: direction(dom) }) })),
    toDOM: (node) => [`h${node.attrs.level}`, shown(node), 0],
  },
  pre: {
    group: "block",
    content: "inline*",
    code: true,
    defining: true,
    attrs: DIRECTED,
    parseDOM: [{ tag: "pre", preserveWhitespace: "full", getAttrs: directed }],
    toDOM: (node) => ["pre", shown(node), 0],
  },
  blockquote: {
    group: "block", content: "block+", defining: true, attrs: DIRECTED, parseDOM: [{ tag: "blockquote", getAttrs: directed }],
    toDOM: (node) => ["blockquote", shown(node), 0],
  },
  ul: {
    group: "block", content: "li+", attrs: DIRECTED, parseDOM: [{ tag: "ul", getAttrs: directed }], toDOM: (node) => ["ul", shown(node), 0],
  },
  ol: {
    group: "block",
    content: "li+",
    attrs: { start: { default: null }, type: { default: "" }, reversed: { default: false }, ...DIRECTED },
    parseDOM: [{
      tag: "ol",
      getAttrs: (dom) => ({
        start: integer(dom.getAttribute("start")),
        type: /^[aAiI]$/.test(dom.getAttribute("type") || "") ? dom.getAttribute("type") : "",
        reversed: dom.hasAttribute("reversed"),
        dir: direction(dom),
      }),
    }],
    toDOM: (node) => ["ol", { ...shown(node), start: node.attrs.start, type: node.attrs.type || null, reversed: node.attrs.reversed ? "reversed" : null }, 0],
  },
  li: {
    content: "block+",
    defining: true,
    attrs: { note: { default: "" }, value: { default: null }, ...DIRECTED },
    parseDOM: [{
      tag: "li",
      getAttrs: (dom) => ({
        note: /^note-[1-9][0-9]{0,2}$/.test(dom.id) ? dom.id : "", value: integer(dom.getAttribute("value")), dir: direction(dom),
      }),
    }],
    toDOM: (node) => ["li", { ...shown(node), id: node.attrs.note || null, value: node.attrs.value }, 0],
  },
  hr: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
  table: {
    group: "block", content: "tr+", tableRole: "table", isolating: true, attrs: DIRECTED,
    parseDOM: [{ tag: "table", getAttrs: directed }], toDOM: (node) => ["table", shown(node), ["tbody", 0]],
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
