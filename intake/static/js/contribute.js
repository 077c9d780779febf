/* Scripts of the contributor's pages, which work without them. They store nothing and contact only this site. */
import { openFilled } from "./folds.js";
import { showPhotos } from "./draft-photos.js";
import { sendPhotos } from "./draft-uploads.js";
import { saveWhileTyping } from "./draft.js";
import { keepPasted } from "./pasted.js";
import { offerPrint } from "./print.js";
import { revealRows } from "./rows.js";
import { watchSizes } from "./sizes.js";
import { sendWithProgress } from "./upload.js";
import { countWords } from "./words.js";

function enhance(root) {
  root.querySelectorAll("[data-photo-rows]").forEach((rows) => {
    revealRows(rows);
    watchSizes(rows);
  });
  root.querySelectorAll("[data-fold]").forEach(openFilled);
  root.querySelectorAll("[data-keep-pasted]").forEach(keepPasted);
  root.querySelectorAll("[data-words]").forEach(countWords);
  root.querySelectorAll("[data-print]").forEach(offerPrint);
  root.querySelectorAll("[data-upload]").forEach((form) => sendWithProgress(form, enhance));
  root.querySelectorAll("[data-draft]").forEach(enhanceDraft);
}

function enhanceDraft(form) {
  saveWhileTyping(form);
  const place = form.querySelector("[data-draft-photos]");
  if (!place) return;
  const look = showPhotos(place, form);
  sendPhotos(form.querySelector("[data-add-photos]"), form, look);
}

enhance(document);
