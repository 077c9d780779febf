/**
 * What happens at the desk while a page is open, as events of the document: transom:change, transom:presence and
 * transom:reset. One tab of a browser listens and tells the others: a browser has six connections to one host.
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

  /** A promise that stays open: as long as this tab is there, no other listens. */
  open() {
    this.connect();
    return new Promise(() => {});
  }

  connect() {
    const events = new EventSource(`${this.stream}?after=${this.last}`);
    for (const kind of ["change", "presence", "reset"]) {
      events.addEventListener(kind, ({ data }) => this.tell({ kind, detail: JSON.parse(data) }));
    }
    events.onerror = () => { if (events.readyState === EventSource.CLOSED) this.poll(POLLS_BEFORE_TRYING_AGAIN); };
  }

  /** No place for a stream: ask now and then, and try for a place again later. */
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

  /** Once each, and nothing that the page knew when it was loaded. */
  pass({ kind, detail }) {
    if (kind === "change") {
      if (detail.id <= this.since || this.heard.has(detail.id)) return;
      this.heard.add(detail.id);
      this.last = Math.max(this.last, detail.id);
    }
    document.dispatchEvent(new CustomEvent(`transom:${kind}`, { detail }));
  }
}
