/* Saves a draft while its contributor types. The page works without it: every button saves. */
const PAUSE = 1500;
const RETRY = 5000;

export function saveWhileTyping(form) {
  const draft = new Draft(form);
  form.addEventListener("input", ({ target }) => { if (target.type !== "file") draft.typed(); });
  form.addEventListener("change", ({ target }) => { if (target.type !== "file") draft.typed(); });
  form.addEventListener("submit", () => draft.stop());
  window.addEventListener("pagehide", () => draft.leave());
  window.addEventListener("online", () => draft.save());
  // Words that were typed before this script was here.
  if ([...form.elements].some(isTyped)) draft.typed();
}

function isTyped(field) {
  return ["text", "textarea"].includes(field.type) && field.value !== field.defaultValue;
}

class Draft {
  #form;
  #timer = 0;
  #changed = false;
  #saving = false;
  #stopped = false;

  constructor(form) {
    this.#form = form;
  }

  typed() {
    this.#changed = true;
    if (!this.#saving) this.#say("unsaved");
    this.#later(PAUSE);
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** The last words typed, as the page is left. The browser sends them even after the page is gone. */
  leave() {
    if (this.#changed && !this.#stopped) {
      fetch(this.#form.action, { method: "POST", body: this.#words(), keepalive: true }).catch(() => {});
      this.#changed = false;
    }
  }

  async save() {
    if (this.#saving || this.#stopped || !this.#changed) return;
    this.#saving = true;
    this.#changed = false;
    this.#say("saving");
    try {
      await this.#arrived(await fetch(this.#form.action, { method: "POST", body: this.#words() }));
    } catch {
      this.#failed();
    }
    this.#saving = false;
    if (this.#changed) this.#later(PAUSE);
  }

  async #arrived(response) {
    const text = await response.text();
    const line = new DOMParser().parseFromString(text, "text/html").querySelector("[data-saved]");
    if (!line || response.status >= 500) return this.#failed();
    this.#line.replaceWith(document.adoptNode(line));
    // Another page has changed the draft. The button Save shows both, since it sends the version of this page.
    if (response.status === 409) return this.stop();
    this.#form.elements.version.value = line.dataset.versionNow;
    return undefined;
  }

  #failed() {
    this.#changed = true;
    this.#say("broken");
    this.#later(RETRY);
  }

  #later(time) {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.save(), time);
  }

  get #line() {
    return this.#form.querySelector("[data-saved]");
  }

  #say(what) {
    this.#line.textContent = this.#line.dataset[what];
  }

  #words() {
    const data = new URLSearchParams({ part: "words" });
    for (const [name, value] of new FormData(this.#form)) {
      if (typeof value === "string") data.append(name, value);
    }
    return data;
  }
}
