/* Reports that the page is open. Shows who else has it open, and whether it is out of date. */
const EVERY_MS = 20_000;
const BUSY_MS = 60_000;

export function bePresent(place) {
  let lastAct = Date.now();
  const act = () => { lastAct = Date.now(); };
  ["keydown", "pointerdown", "scroll"].forEach((kind) => document.addEventListener(kind, act, { passive: true }));
  const tell = async () => {
    if (document.hidden) return;
    const answer = await say(place, place.dataset.doing, Date.now() - lastAct < BUSY_MS).catch(() => null);
    if (answer) show(place, answer);
  };
  setInterval(tell, EVERY_MS);
  document.addEventListener("visibilitychange", tell);
  document.addEventListener("transom:presence", ({ detail }) => {
    if (place.dataset.presence.includes(detail.submission)) tell();
  });
  window.addEventListener("pagehide", () => { say(place, "gone", false).catch(() => null); });
  tell();
}

async function say({ dataset }, doing, busy) {
  const body = new URLSearchParams({ csrf_token: dataset.token, doing, busy: busy ? "y" : "" });
  const answer = await fetch(dataset.presence, { method: "POST", body, keepalive: true });
  return answer.ok ? answer.json() : null;
}

function show(place, { version, people }) {
  const changed = version !== Number(place.dataset.version);
  const words = changed ? place.dataset.changed : sentence(place.dataset, people);
  place.hidden = false;
  place.classList.toggle("claim__here--changed", changed);
  if (place.textContent !== words) place.textContent = words;
}

function sentence({ alone, reading, editing }, people) {
  if (!people.length) return alone;
  return people.map(({ name, doing }) => `\u2068${name}\u2069: ${doing === "editing" ? editing : reading}`).join(", ");
}
