import { t } from "./translation.js";

/** Makes buttons of the names below a note. A button inserts its name into the note, where the cursor is. */
export function insertMentions(place) {
  const field = place.closest("form").elements[place.dataset.mentions];
  for (const name of place.querySelectorAll("bdi")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "mention-names__insert";
    button.setAttribute("aria-label", t("Mention {name}", { name: name.textContent.slice(1) }));
    name.replaceWith(button);
    button.append(name);
    button.addEventListener("click", () => insert(field, name.textContent));
  }
}

function insert(field, name) {
  const before = field.value.slice(0, field.selectionStart);
  const space = before && !/\s$/.test(before) ? " " : "";
  field.setRangeText(`${space}${name} `, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}
