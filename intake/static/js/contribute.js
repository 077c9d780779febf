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
  root.querySelectorAll("[data-challenge]").forEach(workInBackground);
}

/** Loads the proof of work at the first sign that somebody writes, so that it costs the page nothing. */
function workInBackground(field) {
  // Only a page from HTTPS or an onion service has Web Crypto.
  if (!window.crypto?.subtle) return;
  // Firefox fills in the solution of the page before it was reloaded.
  field.value = "";
  const begin = () => import("./proof-of-work.js").then(({ solve }) => solve(field)).catch(() => {});
  for (const sign of ["input", "focusin"]) field.form.addEventListener(sign, begin, { once: true });
}

function enhanceDraft(form) {
  saveWhileTyping(form);
  const place = form.querySelector("[data-draft-photos]");
  if (!place) return;
  const look = showPhotos(place, form);
  sendPhotos(form.querySelector("[data-add-photos]"), form, look);
}

enhance(document);
