/* The draft of one form: saves it, and reports problems. */
import { renewToken } from "./token.js";

const AGAIN = 5000;
const LOST = new Set([400, 401, 403]);

export class Keeper {
  isSent = false;
  isLeaving = false;
  trouble = "";

  #form;
  #notices;
  #changes = 0;
  #kept = 0;
  #saving = null;
  #timer = 0;

  constructor(form, notices) {
    this.#form = form;
    this.#notices = notices;
    // A page that the browser restores from its cache can send the form again.
    window.addEventListener("pageshow", (event) => { if (event.persisted) this.isSent = false; });
  }

  /** Returns whether the form has text that is not saved. */
  get isDirty() { return this.#changes !== this.#kept; }

  get isOpen() { return this.isDirty && !this.isSent; }

  /** Waits for a running save before the form is sent. Otherwise the draft could arrive later and stay. */
  get mustSave() { return this.isDirty || Boolean(this.#saving) || Boolean(this.trouble); }

  touch() {
    this.#changes += 1;
    if (!this.trouble) this.#notices.changed();
  }

  size() { return new Blob([this.#body()]).size; }

  /** Retries when the editor comes back to the page, perhaps after a login. */
  look() { if (this.isOpen) this.save(); }

  /** Saves the draft. Returns whether the form can be sent. Saves nothing once sending has begun. */
  async save({ keepalive = false, leaving = false } = {}) {
    clearTimeout(this.#timer);
    while (this.#saving && !keepalive) await this.#saving;
    if (this.isSent || (this.isLeaving && !leaving)) return true;
    this.#saving = this.#attempt(keepalive);
    try {
      return await this.#saving;
    } finally {
      this.#saving = null;
    }
  }

  async #attempt(keepalive) {
    const changes = this.#changes;
    const status = await this.#post(keepalive, true);
    if (status === 204) {
      this.#kept = changes;
      this.#face("");
      this.#notices.saved();
      // What was typed while the draft was on its way is not in it.
      if (this.isDirty) this.#notices.changed();
      return true;
    }
    this.#face(LOST.has(status) ? "login" : status >= 500 || !status ? "away" : "refused");
    // The response to the form itself explains why the server refused it.
    if (this.trouble === "refused") return true;
    this.#timer = setTimeout(() => this.look(), AGAIN);
    return false;
  }

  /** Returns the HTTP status, or 0 without a response. Retries once with a new token for a new session. */
  async #post(keepalive, again) {
    try {
      const answer = await fetch(this.#form.dataset.draftUrl, { method: "POST", body: this.#body(), keepalive, redirect: "manual" });
      if (!LOST.has(answer.status) || !again || keepalive) return answer.status;
    } catch {
      return 0;
    }
    return (await renewToken(this.#form.dataset.tokenUrl)) ? this.#post(keepalive, false) : 401;
  }

  #body() { return new URLSearchParams(new FormData(this.#form)); }

  #face(trouble) {
    this.trouble = trouble;
    this.#notices.trouble(trouble);
  }
}
