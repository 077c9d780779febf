/* The form of a decision: a reason fills in its saved reply, only the button or Ctrl+Enter decides, and only once. */
import { t } from "./translation.js";


export function guideDecision(form) {
  const { message, no_message: silent } = form.elements;
  const note = form.querySelector("[data-decision-note]");
  const reasonOf = new Map();
  let filled = "";

  const verdict = () => form.elements.verdict.value;
  const reason = () => form.querySelector(`[data-reasons="${verdict()}"] input:checked`);
  const isOwn = () => message.value.trim() !== "" && message.value !== filled;

  /** Puts the reply of the chosen reason into the message. Words that the editor typed stay. */
  function fill() {
    const reply = reason()?.dataset.reply ?? "";
    const isMissing = Boolean(reason()?.value) && !reply && verdict() !== "spam" && verdict() !== "hold";
    if (isOwn()) say(reply ? note.dataset.own : "");
    else {
      message.value = reply;
      filled = reply;
      say(isMissing ? note.dataset.none : "");
    }
  }

  function say(words) { if (note.textContent !== words) note.textContent = words; }

  /** Chooses the reason that was chosen for this verdict before, or none. A reason of another verdict is dropped. */
  function turnTo() {
    form.querySelectorAll("input[name=code]").forEach((box) => { box.checked = box === reasonOf.get(verdict()); });
    if (verdict() === "request_changes") silent.checked = false;
  }

  /** Lets the browser name the field that the verdict still needs. */
  function check() {
    const mustExplain = verdict() === "reject" && !reason();
    form.querySelectorAll("input[name=code]").forEach((box) => { box.setCustomValidity(""); });
    form.querySelector("[data-reasons=reject] input")?.setCustomValidity(mustExplain ? t("Choose a reason.") : "");
    const mustWrite = verdict() === "request_changes" || (verdict() === "reject" && !silent.checked);
    const words = verdict() === "reject" ? t("Write to the contributor, or choose to send no message.") : t("Write what to change. The contributor reads it.");
    silent.setCustomValidity(verdict() === "request_changes" && silent.checked ? t("Changes are requested by a message. Please untick “Send no message”.") : "");
    message.setCustomValidity(mustWrite && !message.value.trim() ? words : "");
  }

  form.addEventListener("change", ({ target }) => {
    if (target.name === "verdict") turnTo();
    if (target.name === "code") reasonOf.set(verdict(), target);
    if (target.name === "verdict" || target.name === "code") fill();
    check();
  });
  form.addEventListener("input", check);
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const { target } = event;
    if (target.matches("textarea") && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (!event.repeat) form.querySelector("[data-decision-send]").click();
    } else if (target.matches("input, select")) event.preventDefault();
  });
  if (reason()) reasonOf.set(verdict(), reason());
  sendOnce(form);
  check();
}

/** Ignores a second click or key while the first is on its way. */
function sendOnce(form) {
  let isSent = false;
  form.addEventListener("submit", (event) => {
    if (isSent) event.stopImmediatePropagation();
    if (isSent) event.preventDefault();
    // Other listeners come later: js/draft/index.js stops the form, saves the draft, and sends the form again.
    else setTimeout(() => { isSent = !event.defaultPrevented; });
  });
  window.addEventListener("pageshow", () => { isSent = false; });
}
