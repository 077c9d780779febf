/* Messages of a form about its draft: quiet if it is saved, clear if it is not. */

export function notices(form) {
  const status = form.querySelector("[data-draft-status]");
  // Screen readers are told when a draft is saved, and not at each key that it is not.
  const unsaved = form.querySelector("[data-draft-unsaved]");
  const troubles = [...form.querySelectorAll("[data-draft-trouble]")];
  const say = (words) => { if (status.textContent !== words) status.textContent = words; };
  return {
    words: { held: status.dataset.held },
    say,
    changed() { unsaved.hidden = false; },
    saved() {
      unsaved.hidden = true;
      const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
      say(status.dataset.saved.replace("{time}", time));
    },
    trouble(name) {
      if (name) {
        say("");
        unsaved.hidden = true;
      }
      troubles.forEach((one) => { one.hidden = one.dataset.draftTrouble !== name; });
    },
  };
}
