/* HTML into a document. White space between blocks is the writer's own indentation; within them it is the text's, but for the
   ends of lines, which are spaces to a reader and would be seen as breaks here. */
import { DOMParser as Reader } from "../../vendor/prosemirror.js";
import { schema } from "./schema.js";

const BLOCKS = "p,h1,h2,h3,h4,h5,h6,pre,blockquote,ul,ol,li,hr,table,thead,tbody,tfoot,tr,td,th,div,figure";
const BARE = "ul,ol,table,thead,tbody,tfoot,tr";
const BOXES = `body,blockquote,li,td,th,div,${BARE}`;

export function read(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const box of [body, ...body.querySelectorAll(BOXES)]) dropIndentation(box);
  body.querySelectorAll("table").forEach(tellParts);
  return Reader.fromSchema(schema).parse(body, { preserveWhitespace: true });
}

function dropIndentation(box) {
  for (const child of [...box.childNodes]) {
    if (child.nodeType !== Node.TEXT_NODE || /[^ \t\n\r]/.test(child.data)) continue;
    if (box.matches(BARE) || isEdge(child.previousSibling) || isEdge(child.nextSibling)) child.remove();
  }
}

function isEdge(node) {
  return !node || (node.nodeType === Node.ELEMENT_NODE && node.matches(BLOCKS));
}

/** Stores on each row whether it is in thead, tbody or tfoot, because the document has only rows. */
function tellParts(table) {
  [...table.children].forEach((part, index) => {
    const name = part.localName === "thead" ? "thead" : "tbody";
    if (part.matches("thead,tbody,tfoot")) {
      [...part.children].forEach((row) => { row.dataset.part = `${name} ${index}`; });
    }
  });
}
