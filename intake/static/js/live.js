/**
 * Fires changes of the desk as events of the document: transom:change, transom:presence, transom:reset and
 * transom:logged-out. One tab connects and informs the others, because a browser has six connections to a host.
 */
const POLL_MS = 30_000;
const POLLS_BEFORE_TRYING_AGAIN = 4;
const NAME = "transom-live";

export function listen({ live, liveChanges, liveSince }) {
  const source = new Source(live, liveChanges, Number(liveSince));
  if (navigator.locks) navigator.locks.request(NAME, () => source.open());
  else source.open();
}

class Source {
  constructor(stream, changes, since) {
    Object.assign(this, { stream, changes, last: since, since, heard: new Set(), isOut: false });
    this.others = new BroadcastChannel(NAME);
    this.others.onmessage = ({ data }) => this.pass(data);
  }

  /** Returns a promise that never resolves, which holds the lock. While this tab is open, no other connects. */
  open() {
    document.addEventListener("transom:logged-in", () => { if (this.isOut) this.connect(); });
    this.connect();
    return new Promise(() => {});
  }

  connect() {
    this.isOut = false;
    const events = new EventSource(`${this.stream}?after=${this.last}`);
    for (const kind of ["change", "presence", "reset"]) {
      events.addEventListener(kind, ({ data }) => this.tell({ kind, detail: JSON.parse(data) }));
    }
    events.addEventListener("logged-out", ({ data }) => { events.close(); this.leave(JSON.parse(data)); });
    // The person has opened further tabs in other browsers, so this one gives up its stream.
    events.addEventListener("crowded", () => { events.close(); this.poll(Infinity); });
    events.onerror = () => { if (events.readyState === EventSource.CLOSED) this.poll(POLLS_BEFORE_TRYING_AGAIN); };
  }

  /** Polls while the server has no free stream, and tries to connect again later. */
  poll(times) {
    setTimeout(async () => {
      const answer = await fetch(`${this.changes}?after=${this.last}`).catch(() => null);
      if (answer?.redirected) return this.leave({});
      if (answer?.ok) this.take(await answer.json());
      if (times > 1) this.poll(times - 1);
      else this.connect();
    }, POLL_MS);
  }

  /** Stops until the person is logged in again. logged-out.js informs the other tabs. */
  leave(detail) {
    this.isOut = true;
    document.dispatchEvent(new CustomEvent("transom:logged-out", { detail }));
  }

  take({ newest, changes }) {
    if (changes) changes.forEach((detail) => this.tell({ kind: "change", detail }));
    else this.tell({ kind: "reset", detail: {} });
    this.last = Math.max(this.last, newest);
  }

  tell(message) {
    this.pass(message);
    this.others.postMessage(message);
  }

  /** Fires each change once, and none that the page already included when it was loaded. */
  pass({ kind, detail }) {
    if (kind === "change") {
      if (detail.id <= this.since || this.heard.has(detail.id)) return;
      this.heard.add(detail.id);
      this.last = Math.max(this.last, detail.id);
    }
    document.dispatchEvent(new CustomEvent(`transom:${kind}`, { detail }));
  }
}
