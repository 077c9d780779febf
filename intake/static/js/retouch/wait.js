const EVERY = 2000;

/** Shows the photo as it is once a change that was asked for has been made, without a reload. */
export function waitForChange(part) {
  const due = Math.max(0, ...[...part.querySelectorAll("[data-due]")].map((wish) => Date.parse(wish.dataset.due) - Date.now()));
  if (part.querySelector("[data-due]")) setTimeout(() => look(part), due + EVERY);
}

async function look(part) {
  const answer = await fetch(window.location.href).catch(() => null);
  const page = answer && answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  const fresh = page && page.querySelector("[data-photo-live]");
  if (!fresh) return;
  if (fresh.querySelector("[data-due]")) { setTimeout(() => look(part), EVERY); return; }
  const shown = part.querySelector(".veil :checked");
  part.replaceWith(fresh);
  if (shown) fresh.querySelectorAll(".veil [type=checkbox]").forEach((box) => { box.checked = true; });
}
