/* Saves the text of a form on the server as a draft. templates/macros/draft.html lists what a page needs. */
import { Keeper } from "./keeper.js";
import { notices } from "./notices.js";

const PAUSE = 1200;
const LONGEST = 5000;
/* Bytes that a closing page may still send with keepalive, in all requests together (64 KiB). */
const PARTING = 60 * 1024;

export function keepDraft(form) {
  const shown = notices(form);
  if (document.querySelector(`[data-draft-offer="${form.dataset.draft}"]`)) {
    form.addEventListener("input", () => shown.say(shown.words.held), { once: true });
    return;
  }
  const keeper = new Keeper(form, shown);
  let timer = 0;
  let since = 0;
  form.addEventListener("input", () => {
    const now = Date.now();
    since = keeper.isDirty ? since : now;
    keeper.touch();
    clearTimeout(timer);
    timer = setTimeout(() => keeper.save(), Math.max(0, Math.min(PAUSE, since + LONGEST - now)));
  });
  form.addEventListener("submit", (event) => holdBack(event, form, keeper));
  document.addEventListener("visibilitychange", () => keeper.look());
  window.addEventListener("focus", () => keeper.look());
  window.addEventListener("pagehide", () => { if (keeper.isOpen) keeper.save({ keepalive: keeper.size() < PARTING }); });
  window.addEventListener("beforeunload", (event) => {
    if (keeper.isOpen && (keeper.trouble || keeper.size() >= PARTING)) event.preventDefault();
  });
  if ("draftTyped" in form.dataset) {
    keeper.touch();
    keeper.save();
  }
}

/** Sends the form only after its draft is saved in a valid session, because a refusal would lose the text. */
async function holdBack(event, form, keeper) {
  if (keeper.isSent || !keeper.mustSave) {
    keeper.isSent = true;
    return;
  }
  event.preventDefault();
  const { submitter } = event;
  if (keeper.isLeaving) return;
  keeper.isLeaving = true;
  const may = await keeper.save({ leaving: true });
  keeper.isSent = may;
  keeper.isLeaving = false;
  if (!may) return;
  form.requestSubmit(submitter);
}
