import { tn } from "./translation.js";

/** Shows what has changed since the page was loaded. The content itself does not move. */
export function announceToQueue(news) {
  const arrived = new Set();
  document.addEventListener("transom:change", ({ detail }) => {
    const row = rowOf(detail.submission);
    if (row) return mark(row, detail.sentence);
    if (detail.name !== "submission.in_review" || detail.status !== "in_review") return;
    arrived.add(detail.submission);
    const words = tn("{num} new submission.", "{num} new submissions.", arrived.size);
    say(news, words);
  });
  document.addEventListener("transom:reset", () => say(news, news.dataset.reset));
}

export function announceToSubmission(news) {
  const me = Number(news.dataset.liveMe);
  document.addEventListener("transom:change", ({ detail }) => {
    if (detail.submission !== news.dataset.newsSubmission) return;
    // Ignore the editor's own changes on this page. Changes from another tab make this page outdated.
    if (detail.editor === me && detail.version <= Number(news.dataset.version)) return;
    say(news, detail.sentence);
  });
  document.addEventListener("transom:reset", () => say(news, news.dataset.reset));
}

function rowOf(id) {
  // A link from a list has the list in its query.
  return document.querySelector(`main :is(a[href$="/submissions/${id}"], a[href*="/submissions/${id}?"])`)?.closest("li, tr");
}

function mark(row, sentence) {
  const line = row.querySelector(".news-mark") ?? document.createElement("p");
  line.className = "news-mark";
  line.textContent = sentence;
  if (!line.isConnected) (row.querySelector("article") ?? row).append(line);
}

function say(news, words) {
  const line = news.querySelector(".news__line");
  const again = document.createElement("a");
  again.href = address();
  again.textContent = news.dataset.show;
  line.replaceChildren(`${words} `, again);
  line.hidden = false;
}

/** Returns the link to this page without query and fragment. */
function address() {
  const here = new URL(location.href);
  here.searchParams.delete("after");
  here.hash = "";
  return here.href;
}
