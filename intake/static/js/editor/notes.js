/* Footnotes, as intake/text/notes.py knows them: a mark that leads to an item at the end, which leads back. */
import { Fragment, TextSelection } from "../../vendor/prosemirror.js";
import { schema } from "./schema.js";

const { nodes, marks } = schema;
const BACK = "↩";

/** Puts a mark at the cursor and an empty note at the end, and goes there. Saving numbers them in their order. */
export function insertNote(state, dispatch) {
  const { $to } = state.selection;
  if (!$to.parent.inlineContent || $to.parent.type === nodes.pre) return false;
  if (!dispatch) return true;
  const number = nextNumber(state.doc);
  const mark = schema.text(String(number), [marks.link.create({ href: `#note-${number}` }), marks.sup.create()]);
  const transaction = state.tr.insert($to.pos, mark);
  const end = endOfNotes(transaction.doc);
  const item = note(number);
  transaction.insert(end.pos, end.isList ? item : nodes.ol.create(null, item));
  const inside = end.pos + (end.isList ? 2 : 3);
  transaction.setSelection(TextSelection.create(transaction.doc, inside));
  transaction.setStoredMarks([]);
  dispatch(transaction.scrollIntoView());
  return true;
}

function note(number) {
  const back = schema.text(BACK, [marks.link.create({ href: `#ref-${number}` })]);
  return nodes.li.create({ note: `note-${number}` }, nodes.p.create(null, Fragment.from([schema.text(" "), back])));
}

function nextNumber(doc) {
  let last = 0;
  doc.descendants((node) => {
    const found = node.type === nodes.li && /^note-(\d+)$/.exec(node.attrs.note);
    if (found) last = Math.max(last, Number(found[1]));
  });
  return last + 1;
}

/** After the last note of the list of notes, or at the end of the text. */
function endOfNotes(doc) {
  const { lastChild } = doc;
  const isList = lastChild.type === nodes.ol && Boolean(lastChild.lastChild.attrs.note);
  return { isList, pos: doc.content.size - (isList ? 1 : 0) };
}
