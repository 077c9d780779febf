import { tn } from "./translation.js";

/** Shows the bar of batch decisions while submissions are selected. Shift selects a range. */
export function countTicked(bar) {
  const boxes = [...document.querySelectorAll('input[name="item"][form="bulk"]')];
  const shown = document.querySelector("[data-select-shown]");
  const matching = document.querySelector("[data-select-matching]");
  const count = bar.querySelector("[data-bulk-count]");
  let last = null;
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    const selected = matching?.checked ? Number(matching.dataset.selectMatching) : ticked;
    bar.hidden = selected === 0;
    count.textContent = tn("{num} selected", "{num} selected", selected);
    if (!shown) return;
    const all = shown.querySelector("input");
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  const tickAll = (isTicked) => { boxes.forEach((box) => { box.checked = isTicked; }); };
  for (const box of boxes) {
    box.addEventListener("click", (event) => {
      if (event.shiftKey && last) between(boxes, last, box).forEach((one) => { one.checked = box.checked; });
      last = box;
      // Without one of them, it is no longer the whole list.
      if (matching && !box.checked) matching.checked = false;
      show();
    });
  }
  matching?.addEventListener("change", () => { tickAll(matching.checked); show(); });
  if (shown) {
    shown.hidden = false;
    shown.addEventListener("change", ({ target }) => {
      tickAll(target.checked);
      if (matching && !target.checked) matching.checked = false;
      show();
    });
  }
  // The browser restores the selection of a revisited page after this script runs.
  window.addEventListener("pageshow", show);
  show();
}

function between(boxes, one, other) {
  const [from, to] = [boxes.indexOf(one), boxes.indexOf(other)].sort((a, b) => a - b);
  return boxes.slice(from, to + 1);
}
