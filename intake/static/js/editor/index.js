/* The rich editor over a text area of HTML. Each change is written to the text area, which the form sends. */
import { dropCursor, EditorState, EditorView, gapCursor, history, search, tableEditing } from "../../vendor/prosemirror.js";
import { photoDialog } from "./choice.js";
import { decorations } from "./decorations.js";
import { findBar } from "./findbar.js";
import { keys } from "./keys.js";
import { linkDialog } from "./link.js";
import { orderNotes } from "./notes.js";
import { cleanedPaste } from "./paste.js";
import { placePhotos } from "./placing.js";
import { read } from "./read.js";
import { showSize } from "./size.js";
import { toolbar } from "./toolbar.js";
import { withLines, withoutLines, write } from "./write.js";

/* Height in pixels that the bars cover, with some space. */
const COVERED = { top: 120, bottom: 120, left: 5, right: 5 };

export function mountEditor(field) {
  const parts = partsOf(field);
  const photos = placePhotos(parts.area.form, () => view, () => !parts.rich.hidden);
  const find = findBar(parts.find, () => view);
  const openLink = linkDialog(document.querySelector("[data-link-dialog]"));
  const open = {
    link: openLink,
    find: find.open,
    help: keyDialog(document.querySelector("[data-editor-keys]"), () => view),
    photo: photoDialog(document.querySelector("[data-photo-dialog]"), photos),
  };
  parts.photo.hidden = !parts.area.form.querySelector("[data-order]");
  const bar = toolbar(parts.toolbar, { view: () => view, open });
  const opened = (html) => stateOf(html, keysOf(open, find, bar));
  const tellSize = showSize(parts.area.form);
  const view = new EditorView({ mount: parts.surface }, {
    state: opened(parts.area.value),
    ...cleanedPaste(parts.pasted, parts.area),
    nodeViews: photos.views,
    decorations,
    // The toolbar above and the buttons below the text stay on the screen.
    scrollThreshold: COVERED,
    scrollMargin: COVERED,
    attributes: {
      role: "textbox",
      "aria-multiline": "true",
      "aria-labelledby": parts.surface.dataset.label,
    },
    dispatchTransaction(transaction) {
      const before = view.state.doc;
      view.updateState(view.state.apply(transaction));
      bar.update(view);
      if (view.state.doc === before) return;
      photos.update();
      find.update();
      put(parts.area, withLines(write(view.state.doc)));
    },
  });
  bar.update(view);
  const isTyping = document.activeElement === parts.area;
  parts.label.addEventListener("click", () => { if (!parts.rich.hidden) view.focus(); });
  parts.toggle.hidden = false;
  parts.toggle.addEventListener("click", () => {
    find.close();
    turn(parts, view, opened, bar);
    photos.update();
  });
  show(parts, canShow(parts.area.value, view.state.doc));
  photos.update();
  parts.unshown.hidden = !parts.rich.hidden;
  const shownDoc = () => (parts.rich.hidden ? read(parts.area.value) : view.state.doc);
  parts.area.addEventListener("input", () => tellSize(shownDoc));
  tellSize(shownDoc, { isFirst: true });
  // An editor who typed before the script was loaded keeps the focus.
  if (isTyping && !parts.rich.hidden) view.focus();
}

function partsOf(field) {
  const part = (name) => field.querySelector(`[data-${name}]`);
  return {
    area: field.querySelector("textarea"), label: field.querySelector("label"), plain: part("plain"), rich: part("rich"),
    surface: part("surface"), toggle: part("source"), toolbar: part("toolbar"), unshown: part("unshown"), pasted: part("pasted"),
    find: part("find"), photo: field.querySelector("[data-command=photo]"),
  };
}

function keysOf(open, find, bar) {
  const asking = (run) => (_state, _dispatch, view) => run(view);
  return {
    link: asking(open.link), find: asking(find.open), next: asking(find.next), previous: asking(find.previous), help: asking(open.help),
    toolbar() { bar.focus(); return true; },
  };
}

/** Returns a function that opens the list of keys. */
function keyDialog(dialog, getView) {
  dialog.addEventListener("close", () => getView().focus());
  return () => { dialog.showModal(); return true; };
}

function stateOf(html, open) {
  return EditorState.create({
    doc: read(html),
    plugins: [
      ...keys(open), history(), orderNotes(), search(), dropCursor({ color: false, class: "rich__drop" }), gapCursor(), tableEditing(),
    ],
  });
}

/** Returns whether the rich editor would keep the text unchanged. Otherwise it must not load it. */
function canShow(source, doc) {
  return write(doc) === withoutLines(source);
}

function put(area, source) {
  area.value = source;
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Switches between rich text and HTML. On the way back, elements outside the allow-list are removed. */
function turn(parts, view, opened, bar) {
  const toRich = parts.rich.hidden;
  if (toRich) {
    view.updateState(opened(parts.area.value));
    bar.update(view);
    if (!canShow(parts.area.value, view.state.doc)) put(parts.area, withLines(write(view.state.doc)));
  }
  show(parts, toRich);
  parts.unshown.hidden = true;
  (toRich ? view : parts.area).focus();
}

function show(parts, isRich) {
  parts.rich.hidden = !isRich;
  parts.plain.hidden = isRich;
  parts.toggle.setAttribute("aria-pressed", String(!isRich));
}
