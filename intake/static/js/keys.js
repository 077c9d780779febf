/* Keyboard shortcuts. A key activates the element with that data-key. `?` lists them. */
import { LIST_KEYS, moveInList } from "./list.js";

/** Starts the shortcuts if `root`, the page's body, has data-shortcuts. */
export function listenForKeys(root) {
  if (!("shortcuts" in root.dataset)) return;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    if (event.key === "?") return show(event);
    const found = find(event.key);
    if (found) {
      event.preventDefault();
      press(found);
    } else if (moveInList(event.key)) event.preventDefault();
  });
}

function isTyping(target) {
  return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]:not([contenteditable=false]), dialog") !== null;
}

/** Returns the first element for a key. The confirmation of the last decision is above the rest. */
function find(key) {
  const named = [...document.querySelectorAll("[data-key]")].filter((one) => one.dataset.key === key);
  return named.find((one) => one.checkVisibility());
}

/** Follows a link, presses a button or focuses a field. In a group, presses its button. */
function press(found) {
  const target = found.matches("a, button, input, textarea, select, summary")
    ? found
    : found.querySelector("button") ?? found.querySelector("a, summary");
  if (target.matches("textarea, select, input:not([type=checkbox])")) return target.focus();
  const missing = missingFor(target);
  if (missing) return missing.focus();
  return target.click();
}

/** Returns the empty field that a verdict needs first: the reason to reject, or the message to ask for changes. */
function missingFor(button) {
  if (button.name !== "verdict") return null;
  const { code, message } = button.form.elements;
  if (button.value === "reject" && !code.value.startsWith("reject.")) return code;
  if (button.value === "request_changes" && !message.value.trim()) return message;
  return null;
}

function show(event) {
  event.preventDefault();
  const sheet = document.createElement("dialog");
  sheet.className = "keys";
  sheet.setAttribute("aria-labelledby", "keys-title");
  const title = document.createElement("h2");
  title.className = "keys__title";
  title.id = "keys-title";
  title.textContent = "Keyboard shortcuts";
  const off = document.createElement("p");
  off.textContent = "You can turn them off in your settings, under your name at the top.";
  const close = document.createElement("button");
  close.className = "button button--quiet";
  close.type = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => sheet.close());
  sheet.append(title, list(), off, close);
  sheet.addEventListener("close", () => sheet.remove());
  document.body.append(sheet);
  sheet.showModal();
}

function list() {
  const terms = document.createElement("dl");
  terms.className = "keys__list";
  const seen = new Map([["?", "Show these shortcuts"], ...(document.querySelector("[data-item]") ? LIST_KEYS : [])]);
  document.querySelectorAll("[data-key]").forEach((one) => {
    if (!seen.has(one.dataset.key) && one.checkVisibility()) seen.set(one.dataset.key, one.dataset.keyDoes);
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
