/* Commands of the editor's buttons and keys: name → ProseMirror command. */
import {
  addColumnAfter, addRowAfter, chainCommands, deleteColumn, deleteRow, deleteTable, isInTable, lift, liftListItem, redo, sinkListItem, TextSelection, toggleHeaderRow, toggleMark, undo, wrapIn, wrapInList,
} from "../../vendor/prosemirror.js";
import { kindOf, setKind } from "./kinds.js";
import { inNote, insertNote, leaveNote } from "./notes.js";
import { schema } from "./schema.js";

const { nodes, marks } = schema;
const SIMPLE = ["strong", "em", "u", "s", "code", "sub", "sup"];

export const commands = {
  ...Object.fromEntries(SIMPLE.map((name) => [name, toggleMark(marks[name])])),
  p: setKind("p"),
  ...Object.fromEntries(["h2", "h3", "h4", "pre"].map((kind) => [kind, toggleKind(kind)])),
  ul: outsideNotes(toggleList(nodes.ul)),
  ol: outsideNotes(toggleList(nodes.ol)),
  indent: outsideNotes(sinkListItem(nodes.li)),
  outdent: outsideNotes(chainCommands(liftListItem(nodes.li), lift)),
  blockquote: outsideNotes((state, dispatch) => (around(state, nodes.blockquote) ? lift : wrapIn(nodes.blockquote))(state, dispatch)),
  note: chainCommands(leaveNote, insertNote),
  hr: outsideNotes(insertRule),
  table: outsideNotes(insertTable),
  row: addRowAfter,
  column: addColumnAfter,
  header: toggleHeaderRow,
  "no-row": deleteRow,
  "no-column": deleteColumn,
  "no-table": deleteTable,
  undo,
  redo,
};

/** Returns whether a button looks pressed, because its format is active. */
export function isActive(state, name) {
  if (name === "link" || SIMPLE.includes(name)) return hasMark(state, marks[name]);
  if (name === "ul" || name === "ol") return listAround(state)?.node.type === nodes[name];
  return name === "blockquote" && Boolean(around(state, nodes.blockquote));
}

export function inTable(state) {
  return isInTable(state);
}

function hasMark({ selection, storedMarks, doc }, mark) {
  const { from, to, empty, $from } = selection;
  return empty ? Boolean(mark.isInSet(storedMarks || $from.marks())) : doc.rangeHasMark(from, to, mark);
}

/** The key of a kind, pressed again, makes a paragraph. */
function toggleKind(kind) {
  return (state, dispatch) => setKind(kindOf(state) === kind ? "p" : kind)(state, dispatch);
}

/** Notes stay a list of paragraphs, because cleaning knows them by that. */
function outsideNotes(command) {
  return (state, dispatch) => !inNote(state) && command(state, dispatch);
}

function around(state, type) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type === type) return { node: $from.node(depth), pos: $from.before(depth) };
  }
  return null;
}

function listAround({ selection: { $from } }) {
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type === nodes.ul || node.type === nodes.ol) return { node, pos: $from.before(depth) };
  }
  return null;
}

/** Turns a list of the other kind into one of this kind. */
function toggleList(type) {
  return (state, dispatch) => {
    const list = listAround(state);
    if (!list) return wrapInList(type)(state, dispatch);
    if (list.node.type === type) return liftListItem(nodes.li)(state, dispatch);
    if (dispatch) dispatch(state.tr.setNodeMarkup(list.pos, type));
    return true;
  };
}

function insertRule(state, dispatch) {
  if (dispatch) dispatch(state.tr.replaceSelectionWith(nodes.hr.create()).scrollIntoView());
  return true;
}

/** Returns a table with three columns, a heading row and two more rows. */
function insertTable(state, dispatch) {
  if (isInTable(state)) return false;
  const row = (cell, part) => nodes.tr.create({ part }, [0, 1, 2].map(() => cell.createAndFill()));
  const table = nodes.table.create(null, [row(nodes.th, "thead 0"), row(nodes.td, "tbody 1"), row(nodes.td, "tbody 1")]);
  if (!dispatch) return true;
  const { from } = state.selection;
  const transaction = state.tr.replaceSelectionWith(table);
  transaction.doc.nodesBetween(from, transaction.doc.content.size, (node, pos) => {
    if (node === table) transaction.setSelection(TextSelection.near(transaction.doc.resolve(pos + 1)));
    return node !== table;
  });
  dispatch(transaction.scrollIntoView());
  return true;
}
