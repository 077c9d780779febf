/** Shows the photo rows one by one, behind a button, rather than all at once. */
export function revealRows(rows) {
  const all = [...rows.querySelectorAll("[data-photo-row]")];
  unfold(rows, all);
  all.forEach((row, index) => { row.hidden = index > 0 && isEmpty(row); });
  rows.append(addButton(rows, all));
}

function unfold(rows, all) {
  const more = rows.querySelector(".photo-rows__more");
  if (!more) return;
  more.before(...all.filter((row) => more.contains(row)));
  more.remove();
}

function isEmpty(row) {
  const filled = [...row.querySelectorAll("input")].some((input) => input.value);
  return !filled && !row.querySelector(".field__error");
}

function addButton(rows, all) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet";
  button.textContent = rows.dataset.add;
  button.addEventListener("click", () => {
    const next = all.find((row) => row.hidden);
    if (next) {
      next.hidden = false;
      next.querySelector("input").focus();
    }
    button.hidden = !all.some((row) => row.hidden);
  });
  button.hidden = !all.some((row) => row.hidden);
  return button;
}
