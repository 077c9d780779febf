/**
 * Hides what the page shows once its session has ended (transom:logged-out), in all tabs of the browser. What is typed stays
 * in the page. After another login of the same person, the page is shown again and fires transom:logged-in.
 *
 * A live page learns of the end by its stream. Others ask every minute while they are seen.
 */
import { renewToken } from "./draft/token.js";

const AGAIN_MS = 5000;
const ASK_MS = 60_000;
const LIVE = "[data-live], [data-status-stream]";
const NAME = "transom-logged-out";

export function hideWhenLoggedOut(cover) {
  const others = new BroadcastChannel(NAME);
  const { title } = document;
  let timer = 0;

  const look = async () => {
    clearTimeout(timer);
    if (!cover.open) return;
    if (!document.hidden && (await renewToken(cover.dataset.loggedOut))) show();
    else timer = setTimeout(look, AGAIN_MS);
  };
  const hide = ({ sentence }) => {
    if (sentence) cover.querySelector("[data-logged-out-why]").textContent = sentence;
    if (cover.open) return;
    document.documentElement.classList.add("is-logged-out");
    document.title = cover.querySelector("h2").textContent;
    cover.showModal();
    look();
  };
  const show = () => {
    document.documentElement.classList.remove("is-logged-out");
    document.title = title;
    cover.close();
    document.dispatchEvent(new CustomEvent("transom:logged-in"));
  };

  // Neither Escape nor the back gesture of a phone closes it.
  cover.addEventListener("cancel", (event) => event.preventDefault());
  cover.addEventListener("close", () => { if (document.documentElement.classList.contains("is-logged-out")) cover.showModal(); });
  document.addEventListener("transom:logged-out", ({ detail }) => { others.postMessage(detail); hide(detail); });
  others.onmessage = ({ data }) => hide(data);
  if (!document.querySelector(LIVE)) {
    const ask = () => { if (!cover.open && !document.hidden) askWhetherLoggedIn(cover.dataset.loggedOut); };
    setInterval(ask, ASK_MS);
    document.addEventListener("visibilitychange", ask);
  }
  document.addEventListener("visibilitychange", look);
  window.addEventListener("focus", look);
}

async function askWhetherLoggedIn(url) {
  const answer = await fetch(url, { cache: "no-store", redirect: "manual" }).catch(() => null);
  // To the login page. A server that is away says nothing about the session.
  if (answer?.type === "opaqueredirect") document.dispatchEvent(new CustomEvent("transom:logged-out", { detail: {} }));
}
