/* Kinds of blocks, as the menu of the toolbar names them: paragraph, headings, quotation, lists, preformatted text. */
import { EditorState, lift, liftListItem, Selection, setBlockType, wrapIn, wrapInList } from "../../vendor/prosemirror.js";
import { inNote } from "./notes.js";
import { schema } from "./schema.js";

const { nodes } = schema;
const LEVELS = { h2: 2, h3: 3, h4: 4 };
const DEEPEST = 20;

/** Returns the kind of the selected blocks: a value of the menu, or "" for blocks of several kinds. */
export function kindOf({ doc, selection }) {
  if (selection.node?.type === nodes.photo) return "photo";
  const found = new Set();
  doc.nodesBetween(selection.from, selection.to, (node, pos) => {
    if (node.isTextblock) found.add(kindAt(doc.resolve(pos + 1)));
    return !node.isTextblock && found.size < 2;
  });
  return found.size === 1 ? [...found][0] : "";
}

function kindAt($pos) {
  const { parent } = $pos;
  const box = boxAround($pos);
  if (box?.type === nodes.li && box.attrs.note) return "note";
  if (parent.type === nodes.heading) return `h${parent.attrs.level}`;
  if (parent.type === nodes.pre) return "pre";
  if (box?.type === nodes.li) return $pos.node(box.depth - 1).type.name;
  return box ? "blockquote" : "p";
}

/** Returns the nearest item or quotation around a position, within its table cell. */
function boxAround($pos) {
  for (let depth = $pos.depth; depth > 0; depth -= 1) {
    const { type, attrs } = $pos.node(depth);
    if (type.spec.isolating) return null;
    if (type === nodes.li || type === nodes.blockquote) return { type, attrs, depth };
  }
  return null;
}

/** Returns a command that gives the selected blocks a kind. They leave their list or quotation, unless the kind is a list
    and they are in one. */
export function setKind(kind) {
  return (state, dispatch) => {
    if (inNote(state) || state.selection.node?.type === nodes.photo) return false;
    if (!dispatch || kindOf(state) === kind) return true;
    const isList = kind === "ul" || kind === "ol";
    const box = boxAround(state.selection.$from);
    if (isList && box?.type === nodes.li) {
      dispatch(state.tr.setNodeMarkup(state.selection.$from.before(box.depth - 1), nodes[kind]));
      return true;
    }
    const type = kind in LEVELS ? setBlockType(nodes.heading, { level: LEVELS[kind] }) : setBlockType(kind === "pre" ? nodes.pre : nodes.p);
    const around = isList ? [wrapInList(nodes[kind])] : kind === "blockquote" ? [wrapIn(nodes.blockquote)] : [];
    dispatch(inOne(state, [...Array(DEEPEST).fill(leave), type, ...around]).scrollIntoView());
    return true;
  };
}

/** Takes the selected blocks out of one list or quotation. */
function leave(state, dispatch) {
  const box = boxAround(state.selection.$from);
  if (!box) return false;
  return (box.type === nodes.li && liftListItem(nodes.li)(state, dispatch)) || lift(state, dispatch);
}

/** Returns one transaction of several commands, which is undone at once. */
function inOne(state, commands) {
  const whole = state.tr;
  for (const command of commands) {
    command(EditorState.create({ doc: whole.doc, selection: whole.selection }), (part) => {
      part.steps.forEach((step) => whole.step(step));
      whole.setSelection(Selection.fromJSON(whole.doc, part.selection.toJSON()));
    });
  }
  return whole;
}
