/* The dialog for the address of a link. */
import { TextSelection } from "../../vendor/prosemirror.js";
import { schema } from "./schema.js";

const { link } = schema.marks;
const WEB = "https:";
const ADDRESS = /^(?:https?:\/\/[^\s/?#]+\S*|mailto:[^\s@]+@[^\s@?]+)$/i;
const BARE = /^(?:www\.|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/?#]|$))/i;

/** Returns a function that opens the dialog and changes the link at the selection. */
export function linkDialog(dialog) {
  const field = dialog.querySelector("[data-link-address]");
  const error = dialog.querySelector("[data-link-error]");
  const remove = dialog.querySelector("[data-link-remove]");
  let view = null;
  dialog.querySelector("form").addEventListener("submit", (event) => {
    const wanted = event.submitter?.value || "set";
    const address = whole(field.value.trim());
    error.hidden = wanted !== "set" || ADDRESS.test(address);
    if (!error.hidden) {
      event.preventDefault();
      field.setAttribute("aria-invalid", "true");
      field.focus();
      return;
    }
    if (wanted === "set") setLink(view, address);
    if (wanted === "remove") setLink(view, null);
  });
  dialog.addEventListener("close", () => view.focus());
  return (asking) => {
    view = asking;
    field.value = hrefAt(view.state);
    field.removeAttribute("aria-invalid");
    error.hidden = true;
    remove.hidden = !field.value;
    dialog.showModal();
    field.select();
    return true;
  };
}

function whole(address) {
  return BARE.test(address) ? `${WEB}//${address}` : address;
}

function hrefAt(state) {
  const { from, to } = range(state);
  let href = "";
  state.doc.nodesBetween(from, Math.max(to, from + 1), (node) => {
    href = href || link.isInSet(node.marks)?.attrs.href || "";
  });
  return href;
}

/** Returns the range of the selection, or of the whole link around it. */
function range(state) {
  const { from, to, empty, $from, $to } = state.selection;
  const mark = link.isInSet(empty ? $from.marks() : $from.nodeAfter?.marks || []);
  if (!mark || !$from.sameParent($to) || !state.doc.rangeHasMark(from, to, link) && !empty) return { from, to };
  const start = $from.start();
  let [first, last] = [from, to];
  $from.parent.forEach((child, offset) => {
    const has = mark.isInSet(child.marks);
    if (has && start + offset <= last + child.nodeSize && start + offset + child.nodeSize >= first) {
      first = Math.min(first, start + offset);
      last = Math.max(last, start + offset + child.nodeSize);
    }
  });
  return { from: first, to: last };
}

function setLink(view, href) {
  const { state } = view;
  const { from, to } = range(state);
  const transaction = state.tr;
  if (href && from === to) {
    transaction.insert(from, schema.text(href, [link.create({ href })]));
    transaction.setSelection(TextSelection.create(transaction.doc, from + href.length));
  } else {
    transaction.removeMark(from, to, link);
    if (href) transaction.addMark(from, to, link.create({ href }));
  }
  view.dispatch(transaction);
}
