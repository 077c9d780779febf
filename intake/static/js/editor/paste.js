/* Pasted and dropped HTML. The server cleans it with the same rules as a contributor's text. */
import { Selection, Slice } from "../../vendor/prosemirror.js";
import { addItems, notesApart } from "./notes.js";
import { read } from "./read.js";

const SLOW_MS = 300;

/** Returns the editor properties that send pasted and dropped HTML to the server. `place` shows progress and results. */
export function cleanedPaste(place, field) {
  let copied = "";
  let waiting = false;
  // What was copied here is clean already, and may begin in the middle of a paragraph.
  const remember = ({ clipboardData }) => { copied = clipboardData ? clipboardData.getData("text/html") : ""; };
  ["copy", "cut"].forEach((kind) => document.addEventListener(kind, remember));
  const insert = async (view, html, text) => {
    waiting = true;
    view.setProps({ editable: () => false });
    const slow = setTimeout(() => say(place, place.dataset.cleaning), SLOW_MS);
    const answer = await clean(place.dataset.paste, field.form.elements.csrf_token.value, html);
    clearTimeout(slow);
    waiting = false;
    view.setProps({ editable: () => true });
    view.focus();
    if (answer.html === undefined) view.pasteText(text);
    else put(view, answer.html);
    say(place, answer.html === undefined ? answer.error || place.dataset.offline : answer.removed);
  };
  const take = (view, data) => {
    if (waiting) return true;
    const html = data ? data.getData("text/html") : "";
    if (!html || (copied && html.includes(copied))) return false;
    insert(view, html, data.getData("text/plain"));
    return true;
  };
  return {
    handlePaste: (view, event) => take(view, event.clipboardData),
    handleDrop: (view, event, _slice, moved) => !moved && !view.dragging && drop(view, event, take),
  };
}

function drop(view, event, take) {
  const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
  if (!at || !event.dataTransfer.getData("text/html")) return false;
  event.preventDefault();
  view.dispatch(view.state.tr.setSelection(Selection.near(view.state.doc.resolve(at.pos))));
  return take(view, event.dataTransfer);
}

/** Returns {html, removed}, or {error}. `error` is empty if there is no connection. */
async function clean(address, token, html) {
  try {
    const body = new URLSearchParams({ csrf_token: token, html });
    const answer = await fetch(address, { method: "POST", body });
    const found = (answer.headers.get("Content-Type") || "").startsWith("application/json") ? await answer.json() : {};
    return answer.ok || found.error ? found : { error: "" };
  } catch {
    return { error: "" };
  }
}

/** Inserts cleaned HTML. A single paragraph joins the paragraph around it; anything else keeps its blocks. Footnotes join
    those at the end of the text. */
function put(view, html) {
  const { blocks: content, items } = notesApart(read(html).content, view.state.doc);
  const isInline = content.childCount === 1 && content.firstChild.type.name === "p";
  const { from, to } = view.state.selection;
  const slice = new Slice(content, isInline ? 1 : 0, isInline ? 1 : 0);
  const change = view.state.tr.replaceRange(from, to, slice);
  const end = change.mapping.map(to);
  addItems(change, items);
  view.dispatch(change.setSelection(Selection.near(change.doc.resolve(end), -1)).scrollIntoView());
}

function say(place, words) {
  place.textContent = words;
  place.hidden = !words;
}
