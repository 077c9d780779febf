/* Sends the photos of a draft in the background. A line that breaks is tried again, from where it stopped. */
const AT_ONCE = 2;
const MB = 1024 * 1024;
const SMALLEST = MB / 16;
const FIRST = MB / 8;
const LARGEST = 4 * MB;
const DELAYS = [1000, 2000, 4000, 8000];
const LATER = 10000;

/** Takes chosen, dropped and pasted photos. `arrived` is called after each that is stored. */
export function sendPhotos(field, form, arrived) {
  if (!field.hasAttribute("data-tus")) return;
  const queue = new Queue(field, form, arrived);
  const input = field.querySelector("input[type=file]");
  input.multiple = true;
  // The background sends them: the form must not send them once more.
  input.removeAttribute("name");
  field.querySelector("[data-add-button]").remove();
  const take = () => {
    queue.add([...input.files]);
    input.value = "";
  };
  input.addEventListener("change", take);
  // Photos that were chosen before this script was here.
  if (input.files.length) take();
  takeDrops(field, queue);
  document.addEventListener("paste", ({ clipboardData }) => {
    queue.add([...(clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/")));
  });
  window.addEventListener("beforeunload", (event) => { if (queue.isBusy) event.preventDefault(); });
  window.addEventListener("online", () => queue.goOn());
  form.addEventListener("submit", () => queue.leave());
}

function takeDrops(field, queue) {
  const over = (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    field.classList.toggle("draft-add--over", event.type === "dragover");
  };
  field.addEventListener("dragover", over);
  field.addEventListener("dragleave", () => field.classList.remove("draft-add--over"));
  field.addEventListener("drop", (event) => {
    over(event);
    queue.add([...event.dataTransfer.files]);
  });
}

class Queue {
  #field;
  #form;
  #arrived;
  #place;
  #items = [];

  constructor(field, form, arrived) {
    this.#field = field;
    this.#form = form;
    this.#arrived = arrived;
  }

  get isBusy() {
    return this.#items.some((item) => item.isWaiting || item.isRunning);
  }

  add(files) {
    for (const file of files) this.#items.push(new Item(file, markOf(file, this.#form), this.#field, () => this.goOn()));
    this.goOn();
  }

  /** Ends all uploads, because the page is left. They go on when the same photos are chosen again. */
  leave() {
    this.#items.filter((item) => item.isRunning || item.isWaiting).forEach((item) => item.stop());
  }

  goOn() {
    this.#tell();
    const running = this.#items.filter((item) => item.isRunning).length;
    const waiting = this.#items.filter((item) => item.isWaiting).slice(0, AT_ONCE - running);
    waiting.forEach((item) => this.#send(item));
  }

  async #send(item) {
    item.begin();
    try {
      const address = await this.#create(item);
      if (address) await item.send(address);
      if (item.isDone) {
        item.remove();
        this.#arrived();
      }
    } catch {
      item.wait();
      setTimeout(() => this.goOn(), LATER);
      return;
    }
    this.goOn();
  }

  /** Asks for the address of a new file. Returns nothing if the file is refused. */
  async #create(item) {
    this.#place ??= await this.#askForPlace();
    const metadata = `upload ${btoa(item.mark)}`;
    const headers = { "Tus-Resumable": "1.0.0", "Upload-Length": String(item.file.size), "Upload-Metadata": metadata };
    const response = await fetch(this.#place, { method: "POST", headers });
    if (response.status >= 500) throw new Error("the server is away");
    if (response.ok) return response.headers.get("Location");
    if (response.status === 404) this.#place = undefined;
    item.refuse(await response.text());
    return undefined;
  }

  async #askForPlace() {
    const body = new URLSearchParams({ receipt: this.#form.elements.receipt.value });
    const response = await fetch(this.#field.dataset.tus, { method: "POST", body });
    if (!response.ok) throw new Error("no place for files");
    return (await response.json()).url;
  }

  #tell() {
    const sent = this.#items.filter((item) => item.isDone).length;
    const all = this.#items.filter((item) => !item.isRefused).length;
    const words = this.#field.dataset.all.replace("{sent}", sent).replace("{all}", all);
    this.#field.querySelector("[data-upload-all]").textContent = all > 1 ? words : "";
  }
}

class Item {
  #words;
  #row;
  #bar;
  #said;
  #state = "waiting";
  #upload;
  #sinceBreak = 0;
  #usual = 0;

  constructor(file, mark, field, changed) {
    this.file = file;
    this.mark = mark;
    this.#words = field.dataset;
    this.#show(field.querySelector("[data-upload-rows]"), changed);
    const most = Number(this.#words.photoMb);
    if (file.size > most * MB) this.refuse(this.#words.tooBig.replace("{size}", megabytes(file.size)));
  }

  get isWaiting() { return this.#state === "waiting"; }
  get isRunning() { return this.#state === "running"; }
  get isDone() { return this.#state === "done"; }
  get isRefused() { return this.#state === "refused"; }

  begin() {
    this.#state = "running";
  }

  wait() {
    if (this.isRefused) return;
    this.#state = "waiting";
    this.#say(this.#words.again);
  }

  refuse(why) {
    this.#state = "refused";
    this.#bar.hidden = true;
    this.#say(why);
    this.#row.classList.add("is-wrong");
  }

  stop() {
    this.#upload?.abort();
    this.#state = "refused";
  }

  remove() {
    this.#row.remove();
  }

  /** Sends the file to its address. Fails if the line stays broken. */
  async send(address) {
    const { Upload } = await import("../vendor/tus.js");
    await new Promise((resolve, reject) => {
      this.#upload = new Upload(this.file, {
        uploadUrl: address, chunkSize: FIRST, retryDelays: DELAYS, storeFingerprintForResuming: false,
        onProgress: (sent, all) => this.#progress(sent / all),
        onChunkComplete: (size) => this.#grow(size),
        onSuccess: () => { this.#state = "done"; resolve(); },
        onError: (error) => {
          const response = error.originalResponse;
          if (!response || response.getStatus() >= 500 || response.getStatus() === 423) return reject(error);
          this.refuse(response.getBody() || this.#words.again);
          return resolve();
        },
        onShouldRetry: (error) => {
          this.#shrink();
          this.#say(this.#words.again);
          const status = error.originalResponse?.getStatus() ?? 0;
          return status < 400 || status === 409 || status === 423 || status >= 500;
        },
      });
      this.#upload.start();
    });
  }

  /** While the line holds for longer than it usually does, parts grow, so that a line with long delays is not slow. They stay
      near a twentieth of what has arrived, because a part in which the server goes away is sent again, twice by Firefox. */
  #grow(size) {
    this.#sinceBreak += size;
    const { options } = this.#upload;
    if (this.#sinceBreak > 2 * this.#usual) options.chunkSize = Math.min(LARGEST, Math.round(options.chunkSize * 1.05));
  }

  /** A part in which the line breaks may be sent again by the browser. So parts become small beside what the line carries. */
  #shrink() {
    this.#upload.options.chunkSize = Math.min(FIRST, Math.max(SMALLEST, Math.round(this.#sinceBreak / 32)));
    this.#usual = this.#sinceBreak;
    this.#sinceBreak = 0;
  }

  #progress(part) {
    this.#bar.value = part * 100;
    this.#say(part < 1 ? this.#words.sending.replace("{percent}", Math.floor(part * 100)) : this.#words.storing);
  }

  #say(words) {
    this.#said.textContent = words;
  }

  #show(rows, changed) {
    this.#row = document.createElement("li");
    const name = document.createElement("bdi");
    name.textContent = this.file.name;
    this.#said = document.createElement("span");
    this.#bar = document.createElement("progress");
    this.#bar.max = 100;
    this.#bar.value = 0;
    this.#bar.setAttribute("aria-label", this.file.name);
    const leave = document.createElement("button");
    leave.type = "button";
    leave.className = "button button--bare";
    leave.textContent = this.#words.stop;
    leave.addEventListener("click", () => {
      this.#upload?.abort(true);
      this.#state = "refused";
      this.remove();
      changed();
    });
    this.#row.append(name, leave, this.#bar, this.#said);
    this.#say(this.#words.waiting);
    rows.append(this.#row);
  }
}

/** A short mark by which the server knows the same file again. The name stays here, and nobody without the receipt can
    tell from a mark whether a file that they found has it. */
function markOf(file, form) {
  const text = `${form.elements.receipt.value}|${file.name}|${file.size}|${file.lastModified}`;
  return [0x811c9dc5, 0x9e3779b9].map((seed) => hash(text, seed).toString(36)).join("-");
}

/** FNV-1a, 32 bits. */
function hash(text, seed) {
  let sum = seed;
  for (const byte of new TextEncoder().encode(text)) sum = Math.imul(sum ^ byte, 0x01000193) >>> 0;
  return sum;
}

function megabytes(bytes) {
  return (Math.ceil((bytes / MB) * 10) / 10).toLocaleString(document.documentElement.lang);
}
