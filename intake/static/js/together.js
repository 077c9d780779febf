/* On a page where a text is edited: shows who else is there and what others saved, and asks them to leave the text alone. */
import { bePresent } from "./presence.js";

export function editTogether(place) {
  const part = (name) => place.querySelector(`[data-together-${name}]`);
  const [here, saved, button] = ["here", "saved", "keep"].map(part);
  let isKept = false;
  let wish = null;
  const more = () => {
    const keep = wish ?? (isKept ? "on" : "");
    wish = null;
    return { base: place.dataset.base, shown: place.dataset.revision, keep };
  };
  const shown = (_place, answer) => {
    put(here, answer.here);
    if (answer.saved) put(saved, answer.saved);
    place.dataset.revision = answer.revision;
    // The wish ends by itself after a while without typing.
    isKept = answer.kept === "me";
    button.hidden = answer.kept === "other";
    button.textContent = isKept ? button.dataset.free : button.dataset.keep;
  };
  const tell = bePresent(place, { more, shown });
  button.addEventListener("click", () => { wish = isKept ? "stop" : "start"; tell(); });
  document.addEventListener("transom:change", ({ detail }) => { if (detail.submission === place.dataset.submission) tell(); });
  document.addEventListener("transom:reset", tell);
}

/** Replaces HTML of the server, unless it is there already, and keeps what was unfolded. */
function put(part, html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  if (made.innerHTML === part.dataset.shown) return;
  const isOpen = part.querySelector("details")?.open;
  part.dataset.shown = made.innerHTML;
  part.replaceChildren(made.content);
  const folded = part.querySelector("details");
  if (folded && isOpen) folded.open = true;
}
