/**
 * Keeps the admin's page true while it is open: on a word of the server it is loaded anew, and what reads otherwise is
 * put in its place. A part in which somebody types, or that somebody has unfolded, waits.
 */
const POLL_MS = 30_000;

export function keepTrue(page) {
  const events = new EventSource(page.dataset.machinery);
  events.addEventListener("changed", () => renew(page));
  events.onerror = () => {
    if (events.readyState !== EventSource.CLOSED) return;
    setTimeout(() => renew(page).then(() => keepTrue(page)), POLL_MS); // no place, or logged out
  };
}

async function renew(page) {
  const answer = await fetch(location.href).catch(() => null);
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
