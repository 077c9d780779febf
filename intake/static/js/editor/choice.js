/* The dialog in which a photo is chosen for the text. */
import { t } from "../translation.js";


/** Returns a function that opens the dialog. `photos` has the entries of the list of photos, and puts one into the text. */
export function photoDialog(dialog, photos) {
  const list = dialog.querySelector("[data-photo-choices]");
  let isChosen = false;
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    isChosen = true;
    dialog.close();
    photos.place(button.dataset.photo);
  });
  dialog.addEventListener("close", () => { if (!isChosen) photos.leave(); });
  return () => {
    isChosen = false;
    list.replaceChildren(...photos.entries().map(itemOf));
    dialog.showModal();
    list.querySelector("button")?.focus();
    return true;
  };
}

function itemOf(entry) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "choice-photo";
  button.dataset.photo = entry.id;
  const frame = document.createElement("span");
  frame.className = "choice-photo__frame";
  const picture = document.createElement("img");
  picture.className = entry.isGraphic ? "choice-photo__image placing__image--graphic" : "choice-photo__image";
  picture.src = entry.src;
  picture.alt = "";
  frame.append(picture);
  const words = document.createElement("span");
  words.className = "choice-photo__words";
  words.append(line("choice-photo__name", t("Photo {number}", { number: entry.number })), line("choice-photo__caption", entry.caption || t("No caption yet")));
  if (entry.isPlaced) words.append(line("choice-photo__state", t("Already in the text: choose to show it there")));
  button.append(frame, words);
  item.append(button);
  return item;
}

function line(look, words) {
  const made = document.createElement("span");
  made.className = look;
  made.dir = "auto";
  made.textContent = words;
  return made;
}
