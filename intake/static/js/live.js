/**
 * Fires changes of the desk as events of the document: transom:change, transom:presence and
 * transom:reset. One tab connects and informs the others, because a browser has six connections to a host.
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
    Object.assign(this, { stream, changes, last: since, since, heard: new Set() });
    this.others = new BroadcastChannel(NAME);
    this.others.onmessage = ({ data }) => this.pass(data);
  }

  /** Returns a promise that never resolves, which holds the lock. While this tab is open, no other connects. */
  open() {
    this.connect();
    return new Promise(() => {});
  }

  connect() {
    const events = new EventSource(`${this.stream}?after=${this.last}`);
    for (const kind of ["change", "presence", "reset"]) {
      events.addEventListener(kind, ({ data }) => this.tell({ kind, detail: JSON.parse(data) }));
    }
    // The person has opened further tabs in other browsers, so this one gives up its stream.
    events.addEventListener("crowded", () => { events.close(); this.poll(Infinity); });
    events.onerror = () => { if (events.readyState === EventSource.CLOSED) this.poll(POLLS_BEFORE_TRYING_AGAIN); };
  }

  /** Polls while the server has no free stream, and tries to connect again later. */
  poll(times) {
    setTimeout(async () => {
      const answer = await fetch(`${this.changes}?after=${this.last}`).catch(() => null);
      if (answer?.redirected) return; // logged out
      if (answer?.ok) this.take(await answer.json());
      if (times > 1) this.poll(times - 1);
      else this.connect();
    }, POLL_MS);
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
