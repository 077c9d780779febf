/** Shows the bar of batch decisions while submissions are selected. Shift selects a range. */
export function countTicked(bar) {
  const boxes = [...document.querySelectorAll('input[name="item"][form="bulk"]')];
  const count = bar.querySelector("[data-bulk-count]");
  let last = null;
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    bar.hidden = ticked === 0;
    count.textContent = ticked === 1 ? bar.dataset.one : bar.dataset.many.replace("#", ticked);
  };
  for (const box of boxes) {
    box.addEventListener("click", (event) => {
      if (event.shiftKey && last) between(boxes, last, box).forEach((one) => { one.checked = box.checked; });
      last = box;
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
