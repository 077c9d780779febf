/* Messages of a form about its draft: quiet if it is saved, clear if it is not. */

export function notices(form) {
  const status = form.querySelector("[data-draft-status]");
  const troubles = [...form.querySelectorAll("[data-draft-trouble]")];
  const say = (words) => { if (status.textContent !== words) status.textContent = words; };
  return {
    words: { held: status.dataset.held },
    say,
    saved() {
      const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
      say(status.dataset.saved.replace("%s", time));
    },
    trouble(name) {
      if (name) say("");
      troubles.forEach((one) => { one.hidden = one.dataset.draftTrouble !== name; });
    },
  };
}
