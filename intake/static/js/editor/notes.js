/* Footnotes in the form of intake/text/html/notes.py: a mark links to an item at the end, which links back. */
import { Decoration, DecorationSet, Fragment, Plugin, TextSelection } from "../../vendor/prosemirror.js";
import { schema } from "./schema.js";
import { t } from "../translation.js";

const { nodes, marks } = schema;
const BACK = "↩";

/** Returns whether the cursor is in the text of a note. */
export function inNote({ selection: { $from } }) {
  return Boolean(itemAround($from));
}

function itemAround($pos) {
  for (let depth = $pos.depth; depth > 0; depth -= 1) if ($pos.node(depth).attrs.note) return $pos.node(depth);
  return null;
}

/** Returns whether a text is the mark of a note or the link back from one, by the beginning of its address. */
export function isNoteLink(node, prefix = "") {
  return Boolean(prefix ? numberOf(node, prefix) : numberOf(node, "#note-") || numberOf(node, "#ref-"));
}

/** Moves the cursor from a note to behind its mark. */
export function leaveNote(state, dispatch) {
  const number = numberOfItem(itemAround(state.selection.$from));
  const mark = number && marksOf(state.doc).find((one) => one.number === number);
  if (!mark) return false;
  if (dispatch) dispatch(state.tr.setSelection(TextSelection.create(state.doc, mark.pos + mark.size)).scrollIntoView());
  return true;
}

/** Inserts a mark and an empty note, renumbers all notes, and moves the cursor to the new note. */
export function insertNote(state, dispatch) {
  const { $to } = state.selection;
  if (!$to.parent.inlineContent || $to.parent.type === nodes.pre || inNote(state)) return false;
  if (!dispatch) return true;
  const number = highest(state.doc) + 1;
  const transaction = state.tr.insert($to.pos, markOf(number));
  const place = marksOf(transaction.doc).findIndex(({ pos }) => pos === $to.pos);
  const inside = insertItem(transaction, place, number);
  transaction.setSelection(TextSelection.create(transaction.doc, inside));
  renumber(transaction);
  transaction.setStoredMarks([]);
  dispatch(transaction.scrollIntoView());
  return true;
}

/** Returns the highest number of a mark or a note. */
export function highest(doc) {
  return Math.max(0, ...[...marksOf(doc), ...itemsOf(doc)].map(({ number }) => Number(number)));
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
    if (number) found.push({ pos, number, size: node.nodeSize });
  });
  return found;
}

/** Returns the position of each note in order, with its number. */
function itemsOf(doc) {
  const found = [];
  doc.descendants((node, pos) => {
    const number = numberOfItem(node);
    if (number) found.push({ pos, number, size: node.nodeSize });
    return !node.isTextblock;
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
  // A note without a mark keeps its words, and a number of its own behind all others.
  itemsOf(doc).forEach(({ number }) => { if (!numbers.has(number)) numbers.set(number, String(numbers.size + 1)); });
  doc.descendants((node, pos) => {
    const at = transaction.mapping.slice(done).map(pos);
    const [item, note, ref] = [numberOfItem(node), numberOf(node, "#note-"), numberOf(node, "#ref-")].map((one) => numbers.get(one));
    if (item) transaction.setNodeMarkup(at, null, { note: `note-${item}` });
    else if (note) replace(transaction, at, node, `#note-${note}`, numbered(node.text, note));
    else if (ref) replace(transaction, at, node, `#ref-${ref}`, node.text);
  });
}

/** Returns the words of a mark with another number, if it is one: 1, [1] or (1). */
function numbered(text, number) {
  return /^[[(]?\d+[\])]?$/.test(text) ? text.replace(/\d+/, number) : text;
}

function numberOfItem(node) {
  return node?.type === nodes.li ? node.attrs.note.slice("note-".length) : "";
}

function replace(transaction, at, node, href, text) {
  const others = node.marks.filter((mark) => mark.type !== marks.link);
  const changed = schema.text(text, marks.link.create({ href }).addToSet(others));
  if (!changed.eq(node)) transaction.replaceWith(at, at + node.nodeSize, changed);
}

/** Sorts the items of the last list by their numbers. Items that are no notes stay behind them. */
function sort(transaction) {
  const { doc } = transaction;
  const list = doc.lastChild;
  if (list.type !== nodes.ol) return;
  const items = [];
  list.forEach((item) => items.push(item));
  const order = (item) => Number(numberOfItem(item)) || Infinity;
  const sorted = [...items].sort((one, other) => (order(one) === order(other) ? 0 : order(one) - order(other)));
  if (sorted.every((item, place) => item === items[place])) return;
  transaction.replaceWith(doc.content.size - list.nodeSize + 1, doc.content.size - 1, sorted);
}

/** Keeps the numbers in the order of the marks, also when marks are moved, pasted or deleted. What is typed behind a mark is
    plain text. */
export function orderNotes() {
  return new Plugin({
    appendTransaction(transactions, _old, state) {
      const change = state.tr;
      const isUndo = transactions.some((one) => one.getMeta("history$"));
      if (transactions.some((one) => one.docChanged) && !isUndo && !isOrdered(state.doc)) {
        renumber(change);
        sort(change);
      }
      const before = change.selection.empty && !change.storedMarks && change.selection.$from.nodeBefore;
      if (before && isNoteLink(before, "#note-")) {
        change.setStoredMarks(before.marks.filter((mark) => ![marks.link, marks.sup].includes(mark.type)));
      }
      return change.docChanged || change.storedMarksSet ? change : null;
    },
  });
}

const seen = new WeakMap();

/** Returns the numbers of the marks and notes of a block, which does not change. */
function numbersOf(block) {
  if (!seen.has(block)) {
    seen.set(block, { marks: marksOf(block).map(({ number }) => number), items: itemsOf(block).map(({ number }) => number) });
  }
  return seen.get(block);
}

function allNumbers(doc) {
  const all = { marks: [], items: [] };
  doc.forEach((block) => {
    const { marks: ofMarks, items } = numbersOf(block);
    all.marks.push(...ofMarks);
    all.items.push(...items);
  });
  return all;
}

function isOrdered(doc) {
  const all = allNumbers(doc);
  const wanted = [...new Set([...all.marks, ...all.items])];
  const notes = [...new Set([...all.marks.filter((one) => all.items.includes(one)), ...all.items])];
  return wanted.every((number, place) => number === String(place + 1)) && notes.every((number, place) => number === all.items[place]);
}

/** Shows marks whose note is gone, and notes whose mark is gone. */
export function lostNotes({ doc }) {
  const all = allNumbers(doc);
  const [ofMarks, items] = [new Set(all.marks), new Set(all.items)];
  const found = [];
  if (all.marks.some((number) => !items.has(number))) {
    marksOf(doc).filter(({ number }) => !items.has(number)).forEach(({ pos, size }) => {
      found.push(Decoration.inline(pos, pos + size, { class: "rich__lost", title: t("The text of this footnote was deleted") }));
    });
  }
  if (all.items.some((number) => !ofMarks.has(number))) {
    itemsOf(doc).filter(({ number }) => !ofMarks.has(number)).forEach(({ pos, size }) => {
      found.push(Decoration.node(pos, pos + size, { class: "rich__lost", "data-lost": t("The mark of this footnote is not in the text") }));
    });
  }
  return found.length ? DecorationSet.create(doc, found) : DecorationSet.empty;
}

/** Takes the notes out of pasted blocks, with numbers above those of the text. Returns the other blocks and the notes. */
export function notesApart(content, doc) {
  const last = content.lastChild;
  if (last?.type !== nodes.ol || !last.firstChild.attrs.note) return { blocks: content, items: [] };
  const above = highest(doc);
  const moved = (node) => {
    if (node.isText) return withNumber(node, above);
    const note = numberOfItem(node);
    const inside = [];
    node.forEach((child) => inside.push(moved(child)));
    const attrs = note ? { ...node.attrs, note: `note-${Number(note) + above}` } : node.attrs;
    return node.type.create(attrs, inside, node.marks);
  };
  const all = [];
  content.forEach((block) => all.push(moved(block)));
  const items = [];
  all.pop().forEach((item) => items.push(item));
  return { blocks: Fragment.from(all), items };
}

function withNumber(node, above) {
  for (const prefix of ["#note-", "#ref-"]) {
    const number = Number(numberOf(node, prefix));
    if (number) {
      const others = node.marks.filter((mark) => mark.type !== marks.link);
      return schema.text(numbered(node.text, number + above), marks.link.create({ href: `${prefix}${number + above}` }).addToSet(others));
    }
  }
  return node;
}

/** Adds pasted notes to those at the end. The plugin then numbers and sorts all. */
export function addItems(transaction, items) {
  if (!items.length) return;
  const { doc } = transaction;
  const hasNotes = doc.lastChild.type === nodes.ol && doc.lastChild.lastChild.attrs.note;
  if (hasNotes) transaction.insert(doc.content.size - 1, items);
  else transaction.insert(doc.content.size, nodes.ol.create(null, items));
}
