/* Keys of the editor. Tab leaves the editor, so that keyboard users are not trapped. */
import { baseKeymap, chainCommands, exitCode, keymap, splitListItem } from "../../vendor/prosemirror.js";
import { commands } from "./commands.js";
import { movePhoto } from "./placing.js";
import { schema } from "./schema.js";

const { nodes } = schema;

function breakLine(state, dispatch) {
  if (dispatch) dispatch(state.tr.replaceSelectionWith(nodes.br.create()).scrollIntoView());
  return true;
}

export function keys({ openLink, openToolbar }) {
  const own = {
    "Mod-b": commands.strong,
    "Mod-i": commands.em,
    "Mod-u": commands.u,
    "Mod-k": openLink,
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
    "Alt-F10": openToolbar,
    Enter: splitListItem(nodes.li),
  };
  return [keymap(own), keymap(baseKeymap)];
}
