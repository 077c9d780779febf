/* Order of photos, changed by buttons or dragging. Updates the place fields. */

export function orderItems(list) {
  const status = list.parentElement.querySelector("[data-order-status]");
  const items = () => [...list.querySelectorAll("[data-order-item]")];
  const settle = () => items().forEach((item, index, all) => place(item, index + 1, all.length));
  const moved = (item) => {
    settle();
    const here = items().indexOf(item) + 1;
    status.textContent = list.dataset.moved.replace("{number}", here).replace("{total}", items().length);
    item.querySelector("[data-order-place] input").dispatchEvent(new Event("input", { bubbles: true }));
  };
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-order-move]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const item = button.closest("[data-order-item]");
    if (button.dataset.orderMove === "up") item.previousElementSibling?.before(item);
    else item.nextElementSibling?.after(item);
    moved(item);
    button.focus();
  });
  items().forEach((item) => {
    item.querySelector("[data-order-place]").hidden = true;
    item.querySelector("[data-order-moves]").hidden = items().length < 2;
    drag(item.querySelector("[data-order-grip]"), item, () => moved(item));
  });
  settle();
}

function place(item, number, count) {
  item.querySelector("[data-order-place] input").value = number;
  item.querySelectorAll("[data-order-number]").forEach((one) => { one.textContent = number; });
  item.querySelectorAll("[data-order-move]").forEach((button) => {
    const isUp = button.dataset.orderMove === "up";
    button.setAttribute("aria-label", button.dataset.label.replace("{number}", number));
    button.setAttribute("aria-disabled", String(isUp ? number === 1 : number === count));
  });
}

function drag(grip, item, done) {
  grip.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    item.classList.add("photo-edit--dragged");
  });
  grip.addEventListener("pointermove", (event) => {
    if (grip.hasPointerCapture(event.pointerId)) follow(item, event.clientY);
  });
  grip.addEventListener("lostpointercapture", () => {
    item.classList.remove("photo-edit--dragged");
    done();
  });
}

/** Swaps the dragged photo with a neighbour once it passes the neighbour's middle. */
function follow(item, y) {
  const middle = (one) => { const box = one.getBoundingClientRect(); return box.top + box.height / 2; };
  const { previousElementSibling: before, nextElementSibling: after } = item;
  if (before && y < middle(before)) before.before(item);
  else if (after && y > middle(after)) after.after(item);
}
