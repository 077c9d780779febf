/** Refreshes the progress of a batch until it is final. */
const EVERY_MS = 1500;

export function follow(part) {
  if (part.dataset.progress === "over") return;
  setTimeout(async () => {
    const now = await load().catch(() => null);
    if (now && now.innerHTML !== part.innerHTML && !part.contains(document.activeElement)) {
      part.replaceWith(now);
      follow(now);
    } else {
      follow(part);
    }
  }, EVERY_MS);
}

async function load() {
  const answer = await fetch(location.href);
  if (!answer.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("[data-progress]");
}
