/* Parts of ProseMirror that the rich editor uses. script/vendor bundles them. The editor itself is in intake/static/js/editor/. */
export { baseKeymap, chainCommands, exitCode, lift, setBlockType, splitBlock, toggleMark, wrapIn } from "prosemirror-commands";
export { dropCursor } from "prosemirror-dropcursor";
export { gapCursor } from "prosemirror-gapcursor";
export { closeHistory, history, redo, undo } from "prosemirror-history";
export { keymap } from "prosemirror-keymap";
export { DOMParser, DOMSerializer, Fragment, Schema, Slice } from "prosemirror-model";
export { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
export { SearchQuery, findNext, findPrev, getMatchHighlights, search, setSearchState } from "prosemirror-search";
export { EditorState, NodeSelection, Plugin, Selection, TextSelection } from "prosemirror-state";
export {
  addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, isInTable, tableEditing, toggleHeaderRow,
} from "prosemirror-tables";
export { Decoration, DecorationSet, EditorView } from "prosemirror-view";
