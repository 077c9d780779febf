/* Keyboard navigation of the queue. The focus is the cursor, so that screen readers follow it. */
import { t } from "./translation.js";


const KEYS = new Set(["j", "k", "o", "x"]);

/** Returns the keys and what they do. */
export function listKeys() {
  return [["j", t("Next submission")], ["k", t("Previous submission")], ["o", t("Open it")], ["x", t("Select it")]];
}

/** Focuses the submission that the address names, after the way back from its page. */
export function returnToItem() {
  const title = location.hash.startsWith("#story-") ? document.getElementById(location.hash.slice(1)) : null;
  const item = title?.closest("[data-item]");
  if (!item) return;
  // The browser goes to the fragment when the page is loaded, and takes the focus away.
  const focus = () => setTimeout(() => {
    item.scrollIntoView({ block: "center" });
    item.querySelector(".story__link")?.focus({ preventScroll: true });
  });
  if (document.readyState === "complete") focus();
  else window.addEventListener("load", focus);
}

/** Returns whether the page has a list that handled the key. */
export function moveInList(key) {
  const items = [...document.querySelectorAll("[data-item]")];
  if (!items.length || !KEYS.has(key)) return false;
  const here = items.findIndex((item) => item.contains(document.activeElement));
  if (key === "j") focusOn(items[Math.min(here + 1, items.length - 1)]);
  if (key === "k") focusOn(items[Math.max(here - 1, 0)]);
  if (key === "o" && here >= 0) items[here].querySelector("a").click();
  if (key === "x" && here >= 0) items[here].querySelector("input[type=checkbox]")?.click();
  return true;
}

function focusOn(item) {
  (item.querySelector("a") ?? item.querySelector("input"))?.focus();
  item.scrollIntoView({ block: "nearest" });
}
