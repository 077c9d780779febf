/* Reports that the page is open. Shows who else has it open, and whether it is out of date. */
const EVERY_MS = 20_000;
const BUSY_MS = 60_000;

export function bePresent(place, { more = () => ({}), shown = show } = {}) {
  let page = newNumber();
  let isLeft = false;
  let lastAct = Date.now();
  const act = () => { lastAct = Date.now(); };
  ["keydown", "pointerdown", "scroll"].forEach((kind) => document.addEventListener(kind, act, { passive: true }));
  let isTelling = false;
  let isAskedAgain = false;
  // One report after the other, because two that overtake each other would undo what was said last.
  const tell = async () => {
    isAskedAgain = isTelling;
    if (isTelling) return;
    isTelling = true;
    await report();
    isTelling = false;
    if (isAskedAgain) tell();
  };
  const report = async () => {
    const { doing } = place.dataset;
    // Who edits also looks things up in other tabs, and is still there.
    if (isLeft || (document.hidden && doing !== "editing")) return;
    const busy = !document.hidden && Date.now() - lastAct < BUSY_MS ? "y" : "";
    const answer = await say(place, { doing, page, busy, ...more() }).catch(() => null);
    if (answer) shown(place, answer);
  };
  setInterval(tell, EVERY_MS);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) tell(); });
  document.addEventListener("transom:presence", ({ detail }) => {
    if (place.dataset.presence.includes(detail.submission)) tell();
  });
  window.addEventListener("pagehide", () => {
    isLeft = true;
    say(place, { doing: "gone", page }).catch(() => null);
  });
  // The server takes no more reports of a page that is gone.
  window.addEventListener("pageshow", ({ persisted }) => { if (persisted) { isLeft = false; page = newNumber(); tell(); } });
  tell();
  return tell;
}

/** A number that tells this page from others of the same person. It fits a number of the database. */
function newNumber() {
  return Math.floor(Math.random() * 2 ** 31);
}

async function say({ dataset }, fields) {
  // After another login, the forms have the token of the new session (draft/token.js).
  const token = document.querySelector("form input[name=csrf_token]")?.value ?? dataset.token;
  const body = new URLSearchParams({ csrf_token: token, ...fields });
  const answer = await fetch(dataset.presence, { method: "POST", body, keepalive: true, signal: AbortSignal.timeout?.(EVERY_MS) });
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
