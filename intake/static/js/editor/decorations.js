/* What the editor shows in the text without changing it. Computed once for each document. */
import { DecorationSet } from "../../vendor/prosemirror.js";
import { emptyHeadings } from "./headings.js";
import { lostNotes } from "./notes.js";

const known = new WeakMap();

export function decorations(state) {
  if (!known.has(state.doc)) {
    const found = [emptyHeadings(state), lostNotes(state)].flatMap((set) => set.find());
    known.set(state.doc, found.length ? DecorationSet.create(state.doc, found) : DecorationSet.empty);
  }
  return known.get(state.doc);
}
