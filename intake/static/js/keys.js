/* Keyboard shortcuts. A key activates the element with that data-key. `?` lists them. */
import { listKeys, moveInList } from "./list.js";
import { t } from "./translation.js";

const FIELDS = "input:not([type=checkbox], [type=radio]), textarea";

/** Starts the shortcuts if `root`, the page's body, has data-shortcuts. */
export function listenForKeys(root) {
  if (!("shortcuts" in root.dataset)) return;
  document.addEventListener("keydown", leaveField);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    if (event.key === "?") return show(event);
    const found = find(event.key);
    if (found) {
      event.preventDefault();
      // A key that is held down acts once, also when it brought this page.
      if (!event.repeat) press(found);
    } else if (moveInList(event.key)) event.preventDefault();
  });
}

function isTyping(target) {
  return target.closest(`${FIELDS}, select, [contenteditable]:not([contenteditable=false]), dialog:not([data-sheet])`) !== null;
}

/** Leaves a field, so that the next key is a shortcut again. */
function leaveField(event) {
  if (event.key === "Escape" && !event.isComposing && event.target.matches(`${FIELDS}, select`)) event.target.blur();
}

/** Returns the first element for a key. The confirmation of the last decision is above the rest. */
function find(key) {
  return withKeys().find((one) => one.dataset.key === key && isReachable(one));
}

/** Returns the elements with keys. While the sheet of the decision is open, only those in it. */
function withKeys() {
  const place = document.querySelector("dialog[data-sheet][open]") ?? document;
  return [...place.querySelectorAll("[data-key]")];
}

/** A verdict can be reached by its label also where the form is in a closed sheet. */
function isReachable(one) {
  return one.checkVisibility() || (one.name === "verdict" && document.querySelector("[data-sheet-bar]") !== null);
}

/** Follows a link, presses a button or focuses a field. In a group, presses its button. */
function press(found) {
  const target = found.matches("a, button, input, textarea, select, summary")
    ? found
    : found.querySelector("button") ?? found.querySelector("a, summary");
  if (target.matches("[type=radio]")) document.dispatchEvent(new Event("transom:reveal"));
  if (target.matches(`${FIELDS}, select, [type=radio]`)) target.focus();
  if (!target.matches(`${FIELDS}, select`)) target.click();
}

function show(event) {
  event.preventDefault();
  const sheet = document.createElement("dialog");
  sheet.className = "keys";
  sheet.setAttribute("aria-labelledby", "keys-title");
  const title = document.createElement("h2");
  title.className = "keys__title";
  title.id = "keys-title";
  title.textContent = t("Keyboard shortcuts");
  const off = document.createElement("p");
  off.textContent = t("You can turn them off in your settings, under your name at the top.");
  const close = document.createElement("button");
  close.className = "button button--quiet";
  close.type = "button";
  close.textContent = t("Close");
  close.addEventListener("click", () => sheet.close());
  sheet.append(title, list(), ...editorKeys(), off, close);
  sheet.addEventListener("close", () => sheet.remove());
  document.body.append(sheet);
  sheet.showModal();
}

/** Where a text is edited, says how to see the keys of the editor, which has its own. */
function editorKeys() {
  if (!document.querySelector("[data-toolbar]")?.checkVisibility()) return [];
  const words = document.createElement("p");
  words.textContent = t("The text has keys of its own: press Ctrl+/ while you type in it.");
  return [words];
}

function list() {
  const terms = document.createElement("dl");
  terms.className = "keys__list";
  const seen = new Map([["?", t("Show these shortcuts")], ...(document.querySelector("[data-item]") ? listKeys() : [])]);
  withKeys().forEach((one) => {
    if (!seen.has(one.dataset.key) && isReachable(one)) seen.set(one.dataset.key, one.dataset.keyDoes);
  });
  seen.forEach((does, key) => {
    const term = document.createElement("dt");
    const name = document.createElement("kbd");
    const meaning = document.createElement("dd");
    name.textContent = key;
    meaning.textContent = does;
    term.append(name);
    terms.append(term, meaning);
  });
  return terms;
}
