/* Footnotes in the form of intake/text/html/notes.py: a mark links to an item at the end, which links back. */
import { Fragment, TextSelection } from "../../vendor/prosemirror.js";
import { schema } from "./schema.js";

const { nodes, marks } = schema;
const BACK = "↩";

/** Inserts a mark and an empty note, renumbers all notes, and moves the cursor to the new note. */
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

/** Returns the text position of a note. The notes are the items of the last list. */
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

/** Returns the position of each mark in order, with the number of its note. */
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

/** Sorts the notes by their marks, as saving does. */
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
