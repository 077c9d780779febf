const EVERY = 2000;
const PARTS = "[data-photo-live]";

/** Refreshes the photo and its tools once a pending change is done. */
export function waitForChange() {
  const due = [...document.querySelectorAll("[data-due]")].map((change) => Date.parse(change.dataset.due) - Date.now());
  if (due.length) setTimeout(look, Math.max(0, ...due) + EVERY / 2);
}

async function look() {
  const answer = await fetch(window.location.href).catch(() => null);
  const page = answer && new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page || page.querySelector("[data-due]")) setTimeout(look, EVERY);
  else if (page.querySelector(PARTS)) show(page);
}

/** Replaces a part, and keeps its focus and the visibility of a graphic photo. */
function show(page) {
  const fresh = page.querySelectorAll(PARTS);
  document.querySelectorAll(PARTS).forEach((part, index) => {
    const focused = focusable(part).indexOf(document.activeElement);
    const seen = part.querySelector(".veil :checked");
    const arrived = document.adoptNode(fresh[index]);
    part.replaceWith(arrived);
    if (seen) arrived.querySelectorAll(".veil [type=checkbox]").forEach((box) => { box.checked = true; });
    if (focused >= 0) (focusable(arrived)[focused] || document.querySelector("main")).focus();
  });
}

function focusable(part) {
  return [...part.querySelectorAll("a[href], button, input:not([type=hidden])")];
}
