/* One key does one thing: whatever on the page carries data-key is pressed by it. `?` lists them. */
import { LIST_KEYS, moveInList } from "./list.js";

/** `root` is the page's body; shortcuts are on where it carries data-shortcuts. */
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

/** The first on the page wins: what has just been done stands above what is here. */
function find(key) {
  const named = [...document.querySelectorAll("[data-key]")].filter((one) => one.dataset.key === key);
  return named.find((one) => one.checkVisibility());
}

/** A link is followed, a button pressed, a field entered; of a group, its button is pressed, whatever links stand before it. */
function press(found) {
  const target = found.matches("a, button, input, textarea, select, summary")
    ? found
    : found.querySelector("button") ?? found.querySelector("a, summary");
  if (target.matches("textarea, select, input:not([type=checkbox])")) return target.focus();
  const missing = missingFor(target);
  if (missing) return missing.focus();
  return target.click();
}

/** A rejection needs its reason and a request for changes its words: then the key leads there first. */
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
  title.textContent = "Keys of this page";
  const off = document.createElement("p");
  off.textContent = "They can be switched off under your name, at the top.";
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
