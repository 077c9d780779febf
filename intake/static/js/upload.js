/* Sends the form with visible progress, then replaces this page with the response. */

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

/** Puts text fields before files. The server reads in order, so a refused photo then loses no text. */
function textFirst(form) {
  const entries = [...new FormData(form)];
  const data = new FormData();
  const isFile = ([, value]) => value instanceof File;
  entries.filter((entry) => !isFile(entry)).forEach(([name, value]) => data.append(name, value));
  entries.filter(isFile).filter(([, file]) => file.size).forEach(([name, file]) => data.append(name, file));
  return data;
}

/** Shows only the message of an error page without the form, so that the typed text stays. */
function arrive(request, form, panel, enhance) {
  const page = request.response;
  const main = page && page.querySelector("main");
  if (!main) return panel.fail();
  const error = main.querySelector("[data-error]");
  if (error) return panel.fail(error.querySelector(".lead").textContent);
  const changed = main.querySelector("[data-consent-changed]");
  if (changed) return showConsent(form, changed, panel);
  return replacePage(form, page, main, enhance);
}

/** Shows the new text to agree to in this page, so that the chosen files stay. */
function showConsent(form, changed, panel) {
  const consent = document.adoptNode(changed);
  form.querySelector("[data-consent]").replaceWith(consent);
  panel.fail(consent.querySelector(".field__error").lastChild.textContent);
  consent.scrollIntoView({ block: "center" });
  return consent.querySelector("[type=checkbox]").focus();
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
      // In steps of ten, because a screen reader announces each change.
      words.textContent = sentence.replace("{percent}", percent - (percent % 10));
    },
    fail(sentence = progress.dataset.broken) {
      progress.hidden = true;
      button.disabled = false;
      broken.textContent = sentence;
      broken.hidden = false;
    },
  };
}
