/* The rich editor over a text area of HTML. Each change is written to the text area, which the form sends. */
import { dropCursor, EditorState, EditorView, gapCursor, history, tableEditing } from "../../vendor/prosemirror.js";
import { emptyHeadings } from "./headings.js";
import { keys } from "./keys.js";
import { linkDialog } from "./link.js";
import { cleanedPaste } from "./paste.js";
import { placePhotos } from "./placing.js";
import { read } from "./read.js";
import { toolbar } from "./toolbar.js";
import { withLines, withoutLines, write } from "./write.js";

export function mountEditor(field) {
  const parts = partsOf(field);
  const openLink = linkDialog(document.querySelector("[data-link-dialog]"));
  const bar = toolbar(parts.toolbar, { view: () => view, openLink });
  const photos = placePhotos(parts.area.form, () => view, () => !parts.rich.hidden);
  const view = new EditorView({ mount: parts.surface }, {
    state: stateOf(parts.area.value, { openLink: (_state, _dispatch, asking) => openLink(asking), bar }),
    ...cleanedPaste(parts.pasted, parts.area),
    nodeViews: photos.views,
    decorations: emptyHeadings,
    attributes: {
      role: "textbox",
      "aria-multiline": "true",
      "aria-labelledby": parts.surface.dataset.label,
    },
    dispatchTransaction(transaction) {
      view.updateState(view.state.apply(transaction));
      bar.update(view);
      photos.update();
      if (transaction.docChanged) put(parts.area, withLines(write(view.state.doc)));
    },
  });
  bar.update(view);
  const isTyping = document.activeElement === parts.area;
  parts.label.addEventListener("click", () => { if (!parts.rich.hidden) view.focus(); });
  parts.toggle.hidden = false;
  parts.toggle.addEventListener("click", () => {
    turn(parts, view, openLink, bar);
    photos.update();
  });
  show(parts, canShow(parts.area.value, view.state.doc));
  photos.update();
  parts.unshown.hidden = !parts.rich.hidden;
  // An editor who typed before the script was loaded keeps the focus.
  if (isTyping && !parts.rich.hidden) view.focus();
}

function partsOf(field) {
  const part = (name) => field.querySelector(`[data-${name}]`);
  return {
    area: field.querySelector("textarea"), label: field.querySelector("label"), plain: part("plain"), rich: part("rich"),
    surface: part("surface"), toggle: part("source"), toolbar: part("toolbar"), unshown: part("unshown"), pasted: part("pasted"),
  };
}

function stateOf(html, { openLink, bar }) {
  const openToolbar = () => { bar.focus(); return true; };
  return EditorState.create({
    doc: read(html),
    plugins: [...keys({ openLink, openToolbar }), history(), dropCursor({ color: false, class: "rich__drop" }), gapCursor(), tableEditing()],
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
function turn(parts, view, openLink, bar) {
  const toRich = parts.rich.hidden;
  if (toRich) {
    const open = (_state, _dispatch, asking) => openLink(asking);
    view.updateState(stateOf(parts.area.value, { openLink: open, bar }));
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
