/* Photos in the text: blocks of their own between the others, moved and removed by buttons and keys.
   A block knows only the id of its photo. Picture, number and words come from the list of photos below the text. */
import { closeHistory, NodeSelection, Selection } from "../../vendor/prosemirror.js";
import { schema } from "./schema.js";
import { t } from "../translation.js";

const { photo: type } = schema.nodes;
const ARROWS = { up: "↑", down: "↓" };
// Tells screen readers. A page has one editor.
let say = () => {};

/** Connects the list of photos with the text. `getView` returns the editor's view, which must exist by then.
    While the text is edited as HTML, `isRich` returns false and photos cannot be placed. */
export function placePhotos(form, getView, isRich) {
  const list = form.querySelector("[data-order]");
  const status = form.querySelector("[data-order-status]");
  if (!list) {
    return { views: { photo: (node, view, getPos) => new PhotoBlock(node, view, getPos, () => null) }, update() {}, entries: () => [] };
  }
  say = (words) => { status.textContent = words; };
  const blocks = new Set();
  const entries = () => [...list.querySelectorAll("[data-order-item]")].map((item) => entryOf(item));
  const place = (id) => {
    const { number } = find(id);
    const isNew = select(getView(), id) || insert(getView(), id);
    say(isNew === "inserted"
      ? t("Photo {number} is in the text. Alt with the arrow keys moves it.", { number })
      : t("Photo {number} is selected in the text.", { number }));
  };
  const update = () => {
    blocks.forEach((block) => block.show());
    const placed = photosOf(getView().state.doc);
    entries().forEach(({ button, id, number }) => {
      const inText = placed.has(id);
      button.hidden = !isRich();
      button.textContent = inText ? t("Show in the text") : t("Put into the text");
      button.setAttribute("aria-label", `${button.textContent}: ${t("Photo {number}", { number })}`);
    });
  };
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-place-photo]");
    if (button) place(entryOf(button.closest("[data-order-item]")).id);
  });
  // Captions are typed, and the numbers change with the order.
  list.addEventListener("input", update);
  const find = (id) => entries().find((entry) => entry.id === id) || null;
  const views = {
    photo(node, view, getPos) {
      const block = new PhotoBlock(node, view, getPos, find);
      blocks.add(block);
      block.destroy = () => blocks.delete(block);
      return block;
    },
  };
  const withPlaces = () => {
    const placed = photosOf(getView().state.doc);
    return entries().map((entry) => ({ ...entry, isPlaced: placed.has(entry.id) }));
  };
  return { views, update, place, entries: withPlaces, leave: () => getView().focus() };
}

function entryOf(item) {
  const field = (name) => item.querySelector(`[name$="-${name}"]`)?.value.trim() || "";
  const picture = item.querySelector("img");
  return {
    id: field("id"), number: item.querySelector("[data-order-number]").textContent, caption: field("caption"), credit: field("credit"),
    src: picture?.src || "", isGraphic: Boolean(item.querySelector(".veil")), button: item.querySelector("[data-place-photo]"),
  };
}

/** Returns photo id → position of all placed photos. */
function photosOf(doc) {
  const found = new Map();
  doc.forEach((node, offset) => { if (node.type === type) found.set(node.attrs.photo, offset); });
  return found;
}

function select(view, id) {
  const pos = photosOf(view.state.doc).get(id);
  if (pos === undefined) return "";
  view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, pos)).scrollIntoView());
  view.focus();
  return "selected";
}

/** Inserts a photo behind the top-level block with the cursor, but not behind the footnotes. */
function insert(view, id) {
  const { state } = view;
  const index = Math.min(state.selection.$to.index(0) + 1, last(state.doc));
  const pos = start(state.doc, index);
  // Each of these changes is undone alone, however quickly they follow.
  const change = closeHistory(state.tr).insert(pos, type.create({ photo: id }));
  view.dispatch(change.setSelection(NodeSelection.create(change.doc, pos)).scrollIntoView());
  view.focus();
  return "inserted";
}

/** Returns the number of blocks before the footnotes. */
function last(doc) {
  const end = doc.lastChild;
  const hasNotes = end && end.type.name === "ol" && Boolean(end.firstChild.attrs.note);
  return doc.childCount - (hasNotes ? 1 : 0);
}

function start(doc, index) {
  let pos = 0;
  for (let number = 0; number < index; number += 1) pos += doc.child(number).nodeSize;
  return pos;
}

/** Returns a command that moves the selected photo by one block. `step` is -1 or 1. */
export function movePhoto(step) {
  return (state, dispatch) => {
    const { node, from } = state.selection;
    if (!node || node.type !== type) return false;
    if (dispatch) move(state, dispatch, from, step);
    return true;
  };
}

function move({ doc, tr }, dispatch, from, step) {
  const here = doc.resolve(from).index(0);
  const there = here + step;
  if (there < 0 || there >= last(doc)) {
    say(step < 0 ? t("The photo is at the beginning.") : t("The photo is at the end."));
    return;
  }
  const node = doc.child(here);
  const beside = doc.child(there);
  const pos = step < 0 ? from - beside.nodeSize : from + beside.nodeSize;
  closeHistory(tr).delete(from, from + node.nodeSize).insert(pos, node);
  tr.setSelection(NodeSelection.create(tr.doc, pos));
  dispatch(tr.scrollIntoView());
  say(`${step < 0 ? t("Moved up.") : t("Moved down.")} ${words(tr.doc, there)}`);
}

/** Says where a block stands. */
function words(doc, index) {
  const before = index > 0 ? doc.child(index - 1).textContent.slice(0, 40) : "";
  return before ? t("It follows “{words}”.", { words: before }) : "";
}

/** The block in the editor. Its buttons are outside the text, so ProseMirror leaves them alone. */
class PhotoBlock {
  constructor(node, view, getPos, find) {
    Object.assign(this, { node, view, getPos, find });
    this.dom = element("div", "placing");
    this.dom.contentEditable = "false";
    this.dom.dataset.photo = node.attrs.photo;
    this.dom.setAttribute("role", "group");
    this.show();
  }

  /** Draws the block from the list of photos. The buttons keep the focus. */
  show() {
    const entry = this.find(this.node.attrs.photo);
    const key = JSON.stringify(entry && [entry.number, entry.caption, entry.credit, entry.src]);
    if (key === this.key) return;
    this.key = key;
    this.dom.classList.toggle("placing--gone", !entry);
    this.dom.setAttribute("aria-label", entry ? t("Photo {number} in the text", entry) : t("A photo that is no longer there"));
    this.dom.replaceChildren(...(entry ? pictureOf(entry) : gone()), this.tools(entry));
  }

  tools(entry) {
    const name = entry ? t("Photo {number}", entry) : t("The block");
    const bar = element("div", "placing__tools");
    bar.append(
      tool(arrow("up"), t("Move up in the text: {name}", { name }), () => this.act((state, dispatch, pos) => move(state, dispatch, pos, -1))),
      tool(arrow("down"), t("Move down in the text: {name}", { name }), () => this.act((state, dispatch, pos) => move(state, dispatch, pos, 1))),
      tool(t("Take out"), t("Take out: {name}", { name }), () => this.act((state, dispatch, pos) => {
        const change = closeHistory(state.tr).delete(pos, pos + this.node.nodeSize);
        dispatch(change.setSelection(Selection.near(change.doc.resolve(Math.min(pos, change.doc.content.size)))));
        say(t("Taken out of the text: {name}", { name }));
        this.view.focus();
      })),
    );
    return bar;
  }

  act(run) {
    const label = document.activeElement?.getAttribute("aria-label");
    const { photo } = this.node.attrs;
    run(this.view.state, this.view.dispatch.bind(this.view), this.getPos());
    // A moved block is drawn anew. The same button keeps the focus, because several moves in a row are common.
    const moved = [...this.view.dom.querySelectorAll(`[data-photo="${photo}"] button`)].find((one) => one.getAttribute("aria-label") === label);
    moved?.focus();
  }

  update(node) {
    if (node.type !== type || node.attrs.photo !== this.node.attrs.photo) return false;
    this.node = node;
    return true;
  }

  stopEvent(event) {
    return Boolean(event.target.closest?.("button"));
  }

  ignoreMutation() {
    return true;
  }
}

function pictureOf(entry) {
  const frame = element("div", "placing__frame");
  const picture = element("img", entry.isGraphic ? "placing__image placing__image--graphic" : "placing__image");
  picture.src = entry.src;
  picture.alt = "";
  picture.draggable = false;
  frame.append(picture);
  const said = element("div", "placing__words");
  said.append(element("p", "placing__name", t("Photo {number}", entry)));
  const caption = element("p", "placing__caption", entry.caption || t("No caption yet"));
  caption.dir = "auto";
  said.append(caption);
  if (entry.credit) said.append(element("p", "placing__credit", entry.credit));
  return [frame, said];
}

function gone() {
  const said = element("div", "placing__words");
  said.append(element("p", "placing__name", t("This photo is no longer there")));
  said.append(element("p", "placing__credit", t("Saving takes it out of the text.")));
  return [said];
}

function tool(content, label, run) {
  const button = element("button", "tool");
  button.type = "button";
  button.setAttribute("aria-label", label);
  button.title = label;
  button.append(content);
  button.addEventListener("click", run);
  return button;
}

/** Returns the icon of the buttons in the list of photos. */
function arrow(direction) {
  return document.querySelector(`[data-order-move="${direction}"] svg`)?.cloneNode(true) || ARROWS[direction];
}

function element(tag, look, words = "") {
  const made = document.createElement(tag);
  made.className = look;
  made.textContent = words;
  return made;
}
