/**
 * Keeps the open status page current. On an event of the server, the page is fetched and changed parts are replaced.
 * A part with the focus or with an open section is not replaced.
 */
const POLL_MS = 30_000;

export function keepCurrent(page) {
  const events = new EventSource(page.dataset.statusStream);
  events.addEventListener("changed", () => renew(page));
  events.addEventListener("logged-out", ({ data }) => { events.close(); leave(page, JSON.parse(data)); });
  // The person has opened further pages, so this one gives up its stream and is renewed every half a minute.
  events.addEventListener("crowded", () => { events.close(); setInterval(() => renew(page), POLL_MS); });
  events.onerror = () => {
    if (events.readyState !== EventSource.CLOSED) return;
    setTimeout(() => renew(page).then(() => keepCurrent(page)), POLL_MS); // no place
  };
}

function leave(page, detail) {
  document.addEventListener("transom:logged-in", () => keepCurrent(page), { once: true });
  document.dispatchEvent(new CustomEvent("transom:logged-out", { detail }));
}

async function renew(page) {
  const answer = await fetch(location.href).catch(() => null);
  if (answer?.redirected) document.dispatchEvent(new CustomEvent("transom:logged-out", { detail: {} }));
  if (!answer?.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of page.querySelectorAll("[data-part]")) {
    const now = fresh.querySelector(`[data-part="${CSS.escape(part.dataset.part)}"]`);
    if (now && now.innerHTML !== part.innerHTML && !inUse(part)) part.replaceWith(now);
  }
}

function inUse(part) {
  return part.contains(document.activeElement) || part.querySelector("details[open]");
}
