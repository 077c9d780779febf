/* The bar to find and replace words in the text. While it is open, all matches are marked. */
import { closeHistory, findNext, findPrev, setSearchState, TextSelection } from "../../vendor/prosemirror.js";
import { matches, query } from "./find.js";
import { t, tn } from "../translation.js";

const NONE = query("");
const PAUSE = 150;

/** Returns {open(), close(), update()}. Call `update` after each change of the text. `getView` returns the view. */
export function findBar(bar, getView) {
  const part = (name) => bar.querySelector(`[data-find-${name}]`);
  const [words, other, status] = [part("words"), part("other"), part("status")];
  let timer = 0;
  const ask = (wanted) => {
    const view = getView();
    view.dispatch(setSearchState(view.state.tr, wanted));
  };
  const search = () => {
    ask(query(words.value, { matchCase: part("case").checked, wholeWords: part("whole").checked }));
    nearest(getView());
    show(getView());
    tell();
  };
  const tell = () => {
    clearTimeout(timer);
    timer = setTimeout(() => { status.textContent = words.value ? place(getView().state) : ""; }, PAUSE);
    const count = matches(getView().state).length;
    bar.querySelectorAll("[data-find-needs]").forEach((button) => { button.setAttribute("aria-disabled", String(!count)); });
  };
  const go = (command) => {
    command(getView().state, getView().dispatch);
    show(getView());
    tell();
  };
  const close = () => {
    if (bar.hidden) return;
    bar.hidden = true;
    ask(NONE);
    getView().focus();
  };
  const actions = {
    next: () => go(findNext),
    previous: () => go(findPrev),
    replace: () => { replaceOne(getView(), other.value); show(getView()); tell(); },
    all: () => {
      const count = replaceAll(getView(), other.value);
      clearTimeout(timer);
      status.textContent = tn("{num} replaced", "{num} replaced", count);
      bar.querySelectorAll("[data-find-needs]").forEach((button) => { button.setAttribute("aria-disabled", String(!matches(getView().state).length)); });
    },
    close,
  };
  bar.addEventListener("input", (event) => {
    // The bar is in the form of the edit, but not a part of it.
    event.stopPropagation();
    if (event.target !== other) search();
  });
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-find-do]");
    if (button && button.getAttribute("aria-disabled") !== "true") actions[button.dataset.findDo]();
  });
  bar.addEventListener("keydown", (event) => press(event, { words, other, actions }));
  return {
    open() {
      const { state } = getView();
      const chosen = state.doc.textBetween(state.selection.from, state.selection.to, "\n");
      if (chosen && !chosen.includes("\n") && chosen.length < 100) words.value = chosen;
      bar.hidden = false;
      search();
      words.focus();
      words.select();
      return true;
    },
    close,
    next: () => !bar.hidden && (go(findNext), true),
    previous: () => !bar.hidden && (go(findPrev), true),
    update() { if (!bar.hidden) tell(); },
  };
}

/** Enter never sends the form of the edit from here. A second Ctrl+F is the browser's own. */
function press(event, { words, other, actions }) {
  if (event.isComposing) return;
  const isNext = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "g";
  if (event.key === "Escape") actions.close();
  else if (isNext) actions[event.shiftKey ? "previous" : "next"]();
  else if (event.key !== "Enter" || event.target.closest("button")) return;
  else if (event.target === words) actions[event.shiftKey ? "previous" : "next"]();
  else if (event.target === other) actions.replace();
  event.preventDefault();
  event.stopPropagation();
}

/** Selects the first match behind the beginning of the selection, or else the first of all. */
function nearest(view) {
  const { state } = view;
  const found = matches(state);
  const next = found.find(({ from }) => from >= state.selection.from) || found[0];
  if (next) view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, next.from, next.to)));
}

/** Scrolls to the match. The editor itself only scrolls while it has the focus. */
function show(view) {
  const { selection } = view.state;
  if (!current(view.state)) return;
  const { node } = view.domAtPos(selection.from, 1);
  (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).scrollIntoView({ block: "center", inline: "nearest" });
}

/** Returns the number of the selected match, counted from 1, or 0. */
function current(state) {
  const { from, to } = state.selection;
  return matches(state).findIndex((match) => match.from === from && match.to === to) + 1;
}

function place(state) {
  const count = matches(state).length;
  const number = current(state);
  if (!count) return t("Not found");
  const { lang } = document.documentElement;
  if (!number) return tn("{num} found", "{num} found", count);
  return t("{number} of {total}", { number: number.toLocaleString(lang), total: count.toLocaleString(lang) });
}

function replaceOne(view, words) {
  const { state } = view;
  if (current(state)) {
    const { from, to } = state.selection;
    const change = closeHistory(put(state.tr, state, { from, to }, words));
    view.dispatch(change.setSelection(TextSelection.create(change.doc, from + words.length)));
  }
  nearest(view);
}

/** Replaces all matches in one step, and returns their number. */
function replaceAll(view, words) {
  const { state } = view;
  const found = matches(state);
  const change = closeHistory(state.tr);
  found.reverse().forEach((one) => put(change, state, one, words));
  if (found.length) view.dispatch(change);
  return found.length;
}

/** The new words look like the first letter of the old ones. */
function put(change, { doc, schema }, { from, to }, words) {
  if (!words) return change.delete(from, to);
  const marks = doc.resolve(from).nodeAfter?.marks ?? [];
  return change.replaceWith(from, to, schema.text(words, marks));
}
