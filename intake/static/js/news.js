/** Says on an open page what has changed since it was loaded. Nothing that one is reading moves. */
export function tellQueue(news) {
  const arrived = new Set();
  document.addEventListener("transom:change", ({ detail }) => {
    const row = rowOf(detail.submission);
    if (row) return mark(row, detail.sentence);
    if (detail.name !== "submission.in_review" || detail.status !== "in_review") return;
    arrived.add(detail.submission);
    const words = arrived.size === 1 ? news.dataset.one : news.dataset.many.replace("#", arrived.size);
    say(news, words);
  });
  document.addEventListener("transom:reset", () => say(news, news.dataset.reset));
}

export function tellSubmission(news) {
  const me = Number(news.dataset.liveMe);
  document.addEventListener("transom:change", ({ detail }) => {
    if (detail.submission !== news.dataset.newsSubmission) return;
    // What one has done oneself, here, is known; in another tab it has made this page an old one.
    if (detail.editor === me && detail.version <= Number(news.dataset.version)) return;
    say(news, detail.sentence);
  });
  document.addEventListener("transom:reset", () => say(news, news.dataset.reset));
}

function rowOf(id) {
  return document.querySelector(`main a[href$="/submissions/${id}"]`)?.closest("li, tr");
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

/** Of this page, from its beginning. */
function address() {
  const here = new URL(location.href);
  here.searchParams.delete("after");
  here.hash = "";
  return here.href;
}
