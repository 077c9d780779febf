/* Footnotes, as intake/text/html/notes.py knows them: a mark that leads to an item at the end, which leads back. */
import { Fragment, TextSelection } from "../../vendor/prosemirror.js";
import { schema } from "./schema.js";

const { nodes, marks } = schema;
const BACK = "↩";

/** Puts a mark at the cursor and an empty note at the end, numbers all of them in their order, and goes to the new one. */
export function insertNote(state, dispatch) {
  const { $to } = state.selection;
  if (!$to.parent.inlineContent || $to.parent.type === nodes.pre) return false;
  if (!dispatch) return true;
  const number = Math.max(0, ...marksOf(state.doc).map((mark) => Number(mark.number))) + 1;
  const transaction = state.tr.insert($to.pos, markOf(number));
  const place = marksOf(transaction.doc).findIndex(({ pos }) => pos === $to.pos);
  const inside = insertItem(transaction, place, number);
  transaction.setSelection(TextSelection.create(transaction.doc, inside));
  renumber(transaction);
  transaction.setStoredMarks([]);
  dispatch(transaction.scrollIntoView());
  return true;
}

function markOf(number) {
  return schema.text(String(number), [marks.link.create({ href: `#note-${number}` }), marks.sup.create()]);
}

function itemOf(number) {
  const back = schema.text(BACK, [marks.link.create({ href: `#ref-${number}` })]);
  return nodes.li.create({ note: `note-${number}` }, nodes.p.create(null, Fragment.from([schema.text(" "), back])));
}

/** Where one writes in it. The notes are the last list of the text, one item each. */
function insertItem(transaction, place, number) {
  const { doc } = transaction;
  const list = doc.lastChild;
  if (list.type !== nodes.ol || !list.lastChild.attrs.note) {
    transaction.insert(doc.content.size, nodes.ol.create(null, itemOf(number)));
    return doc.content.size + 3;
  }
  let pos = doc.content.size - list.nodeSize + 1;
  list.forEach((item, offset, index) => { if (index < place) pos += item.nodeSize; });
  transaction.insert(pos, itemOf(number));
  return pos + 2;
}

/** The marks in the text, in their order: where they are, and the number of the note that they lead to. */
function marksOf(doc) {
  const found = [];
  doc.descendants((node, pos) => {
    const number = numberOf(node, "#note-");
    if (number) found.push({ pos, number });
  });
  return found;
}

function numberOf(node, prefix) {
  const href = marks.link.isInSet(node.marks)?.attrs.href || "";
  return href.startsWith(prefix) ? href.slice(prefix.length) : "";
}

/** In the order of their marks, as saving will. */
function renumber(transaction) {
  const { doc } = transaction;
  const done = transaction.steps.length;
  const numbers = new Map();
  marksOf(doc).forEach(({ number }) => { if (!numbers.has(number)) numbers.set(number, String(numbers.size + 1)); });
  doc.descendants((node, pos) => {
    const at = transaction.mapping.slice(done).map(pos);
    const [item, note, ref] = [numberOfItem(node), numberOf(node, "#note-"), numberOf(node, "#ref-")].map((one) => numbers.get(one));
    if (item) transaction.setNodeMarkup(at, null, { note: `note-${item}` });
    else if (note) replace(transaction, at, node, `#note-${note}`, /^\d+$/.test(node.text) ? note : node.text);
    else if (ref) replace(transaction, at, node, `#ref-${ref}`, node.text);
  });
}

function numberOfItem(node) {
  return node.type === nodes.li ? node.attrs.note.slice("note-".length) : "";
}

function replace(transaction, at, node, href, text) {
  const others = node.marks.filter((mark) => mark.type !== marks.link);
  const changed = schema.text(text, marks.link.create({ href }).addToSet(others));
  if (!changed.eq(node)) transaction.replaceWith(at, at + node.nodeSize, changed);
}
