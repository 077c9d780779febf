/* One form and its draft: whether it is kept, keeping it, and what to do where that does not work. */
import { renewToken } from "./token.js";

const AGAIN = 5000;
const LOST = new Set([400, 401, 403]);

export class Keeper {
  isSent = false;
  isLeaving = false;
  trouble = "";

  #form;
  #told;
  #changes = 0;
  #kept = 0;
  #saving = null;
  #timer = 0;

  constructor(form, told) {
    this.#form = form;
    this.#told = told;
    // Gone back to from the browser's memory, it may be sent once more.
    window.addEventListener("pageshow", (event) => { if (event.persisted) this.isSent = false; });
  }

  /** Whether there is something that the server does not have. */
  get isDirty() { return this.#changes !== this.#kept; }

  get isOpen() { return this.isDirty && !this.isSent; }

  /** Before sending: also while one is on its way, which would otherwise arrive after the form and outlive it. */
  get mustSave() { return this.isDirty || Boolean(this.#saving) || Boolean(this.trouble); }

  touch() { this.#changes += 1; }

  size() { return new Blob([this.#body()]).size; }

  /** Somebody comes back to the page, perhaps from logging in. */
  look() { if (this.isOpen) this.save(); }

  /** Keep what is typed now; whether the form can be sent. Once that has begun, nothing may be kept that would outlive it. */
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
      this.#told.saved();
      return true;
    }
    this.#face(LOST.has(status) ? "login" : status >= 500 || !status ? "away" : "refused");
    // What the server will not take as a draft, the form's own answer explains.
    if (this.trouble === "refused") return true;
    this.#timer = setTimeout(() => this.look(), AGAIN);
    return false;
  }

  /** The status, 0 where there was no answer; once more with a new token where the session is another by now. */
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
    this.#told.trouble(trouble);
  }
}
