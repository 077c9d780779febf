import { t } from "./translation.js";

/** On a phone, opens the decision as a sheet from the bar at the bottom. Without scripts, the bar leads to the form. */
export function openAsSheet(bar) {
  const part = document.getElementById(bar.dataset.sheetBar);
  const home = document.createComment("decision");
  const narrow = window.matchMedia("(max-width: 40rem)");
  const sheet = document.createElement("dialog");
  sheet.className = "sheet";
  sheet.dataset.sheet = "";
  sheet.setAttribute("aria-labelledby", "decision-title");
  sheet.append(closer(sheet));
  bar.after(sheet);
  part.classList.add("decide--sheet");

  const open = () => {
    if (sheet.open) return;
    part.before(home);
    sheet.append(part);
    sheet.showModal();
  };
  sheet.addEventListener("close", () => { home.replaceWith(part); });
  sheet.addEventListener("click", ({ target }) => { if (target === sheet) sheet.close(); });
  narrow.addEventListener("change", () => { if (!narrow.matches) sheet.close(); });
  bar.querySelector("[data-sheet-open]").addEventListener("click", (event) => {
    event.preventDefault();
    open();
  });
  // A shortcut chooses in the form, so the form has to be seen.
  document.addEventListener("transom:reveal", () => { if (narrow.matches) open(); });
  if (narrow.matches && part.querySelector("[data-decision-open]")) open();
}

function closer(sheet) {
  const button = document.createElement("button");
  button.className = "button button--bare sheet__close";
  button.type = "button";
  button.textContent = t("Close");
  button.addEventListener("click", () => sheet.close());
  return button;
}
