/* Sends the form with a visible progress, then shows the page that came back in place of this one. */

export function sendWithProgress(form, enhance) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const panel = panelOf(form);
    panel.start();
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.responseType = "document";
    request.upload.addEventListener("progress", ({ loaded, total }) => panel.show(loaded / total));
    request.addEventListener("load", () => arrive(request, form, panel, enhance));
    request.addEventListener("error", () => panel.fail());
    request.send(textFirst(form));
  });
}

/** The server reads a request in order: with the words before the files, a refused photo cannot cost the words. */
function textFirst(form) {
  const entries = [...new FormData(form)];
  const data = new FormData();
  const isFile = ([, value]) => value instanceof File;
  entries.filter((entry) => !isFile(entry)).forEach(([name, value]) => data.append(name, value));
  entries.filter(isFile).filter(([, file]) => file.size).forEach(([name, file]) => data.append(name, file));
  return data;
}

/** An error page without the form would cost the contributor what they typed: then only its words are shown. */
function arrive(request, form, panel, enhance) {
  const page = request.response;
  const main = page && page.querySelector("main");
  if (!main) return panel.fail();
  const error = main.querySelector("[data-error]");
  if (error) return panel.fail(error.querySelector(".lead").textContent);
  return replacePage(form, page, main, enhance);
}

function replacePage(form, page, main, enhance) {
  const here = form.closest("main");
  const arrived = document.adoptNode(main);
  const problems = arrived.querySelector(".problems");
  document.title = page.title;
  here.replaceWith(arrived);
  window.scrollTo(0, 0);
  (problems || arrived).focus();
  enhance(arrived);
}

function panelOf(form) {
  const progress = form.querySelector("[data-progress]");
  const broken = form.querySelector("[data-progress-broken]");
  const bar = progress.querySelector("progress");
  const words = progress.querySelector("[data-progress-words]");
  const button = form.querySelector("[type=submit]");
  return {
    start() {
      broken.hidden = true;
      progress.hidden = false;
      button.disabled = true;
      this.show(0);
    },
    show(part) {
      const percent = Math.floor(part * 100);
      const sentence = part < 1 ? progress.dataset.sending : progress.dataset.waiting;
      bar.value = percent;
      // A screen reader speaks each change: tens are enough.
      words.textContent = sentence.replace("%s", percent - (percent % 10));
    },
    fail(sentence = progress.dataset.broken) {
      progress.hidden = true;
      button.disabled = false;
      broken.textContent = sentence;
      broken.hidden = false;
    },
  };
}
