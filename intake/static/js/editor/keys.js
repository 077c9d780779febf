/* Keys of the editor. Tab leaves the editor, so that keyboard users are not trapped. */
import { baseKeymap, chainCommands, exitCode, keymap, splitBlock, splitListItem } from "../../vendor/prosemirror.js";
import { commands } from "./commands.js";
import { inNote } from "./notes.js";
import { movePhoto } from "./placing.js";
import { schema } from "./schema.js";

const { nodes } = schema;

function breakLine(state, dispatch) {
  if (dispatch) dispatch(state.tr.replaceSelectionWith(nodes.br.create()).scrollIntoView());
  return true;
}

/** Begins another paragraph of the same note. */
function splitNote(state, dispatch) {
  return inNote(state) && (splitBlock(state, dispatch), true);
}

/** `open` has the commands of the editor's dialogs and bars. */
export function keys(open) {
  const own = {
    "Mod-b": commands.strong,
    "Mod-i": commands.em,
    "Mod-u": commands.u,
    "Mod-k": open.link,
    "Mod-f": open.find,
    "Mod-g": open.next,
    "Mod-Shift-g": open.previous,
    "Mod-/": open.help,
    "Mod-Alt-0": commands.p,
    "Mod-Alt-2": commands.h2,
    "Mod-Alt-3": commands.h3,
    "Mod-Alt-4": commands.h4,
    "Mod-Alt-f": commands.note,
    "Mod-Shift-7": commands.ol,
    "Mod-Shift-8": commands.ul,
    "Mod-Shift-9": commands.blockquote,
    "Mod-]": commands.indent,
    "Mod-[": commands.outdent,
    "Mod-z": commands.undo,
    "Mod-y": commands.redo,
    "Mod-Shift-z": commands.redo,
    "Shift-Enter": chainCommands(exitCode, breakLine),
    "Alt-ArrowUp": movePhoto(-1),
    "Alt-ArrowDown": movePhoto(1),
    "Alt-F10": open.toolbar,
    Enter: chainCommands(splitNote, splitListItem(nodes.li)),
  };
  return [keymap(own), keymap(baseKeymap)];
}
