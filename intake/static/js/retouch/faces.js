import { t, tn } from "../translation.js";

const EVERY = 1000;
const LONGEST = 120_000;
const lookYourself = () => t("The program misses faces that are small, bent, veiled or turned: look yourself.");

/** Suggested faces: dashed areas on the picture, each of which `accept` turns into a mark. */
export class Faces {
  constructor(form, stage, { accept, settled, arrived, say, report }) {
    Object.assign(this, { form, stage, accept, settled, arrived, say, report, shown: [], until: Date.now() + LONGEST });
    stage.querySelector("[data-faces-drawn]")?.remove();
    const section = form.querySelector("[data-faces]");
    if (section) this.take(section, false);
  }

  /** Uses a section of this page, or of one that was loaded since. */
  take(section, isNews) {
    this.section = section;
    const { state } = section.dataset;
    section.querySelectorAll("[data-without]").forEach((part) => { part.hidden = true; });
    section.querySelectorAll("[data-faces-script]").forEach((part) => { part.hidden = false; });
    section.querySelectorAll("button").forEach((button) => button.addEventListener("click", (event) => this.press(event, button)));
    if (state === "none") this.ask();
    else if (state === "asked") this.wait();
    else if (state === "done") this.propose(JSON.parse(section.dataset.areas));
    if (isNews && state !== "asked") {
      this.arrived();
      this.report(section.querySelector("[data-faces-words]").textContent);
    }
  }

  press(event, button) {
    event.preventDefault();
    if (button.value === "all") this.acceptAll();
    else this.ask();
  }

  /** Asks for a search. A search of the last hour is not repeated. */
  ask() {
    const body = new FormData();
    body.set("csrf_token", this.form.elements.csrf_token.value);
    body.set("faces", "ask");
    this.load(this.form.action, { method: "POST", body });
  }

  wait() {
    if (Date.now() < this.until) setTimeout(() => this.load(this.section.dataset.page), EVERY);
    else this.words(t("The program takes longer than usual to look for faces. Do not wait for it: look yourself."));
  }

  async load(address, options) {
    const answer = await fetch(address, options).catch(() => null);
    const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    const found = page?.querySelector("[data-faces]");
    if (!found) { this.words(t("The program could not look for faces. Look yourself.")); return; }
    const section = document.adoptNode(found);
    const hadFocus = this.section.contains(document.activeElement);
    this.section.replaceWith(section);
    this.take(section, true);
    if (hadFocus) (section.querySelector("button:not([hidden])") ?? this.form.querySelector("[data-add]")).focus();
  }

  words(sentence) {
    this.section.querySelector("[data-faces-words]").textContent = sentence;
    this.report(sentence);
  }

  get areas() {
    return this.shown.map((face) => face.area);
  }

  propose(areas) {
    this.shown.forEach((face) => face.element.remove());
    this.shown = areas.map((area) => this.proposal(area));
    this.tell();
  }

  proposal(area) {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "proposed";
    element.setAttribute("aria-describedby", "faces-help");
    element.style.left = `${area.x}%`;
    element.style.top = `${area.y}%`;
    element.style.width = `${area.width}%`;
    element.style.height = `${area.height}%`;
    const face = { area, element };
    element.addEventListener("pointerdown", (event) => event.stopPropagation());
    element.addEventListener("click", () => { this.drop(face); this.accept(area); this.settled(); });
    element.addEventListener("keydown", (event) => {
      if (!["Delete", "Backspace"].includes(event.key)) return;
      event.preventDefault();
      this.dismiss(face);
    });
    this.stage.append(element);
    return face;
  }

  dismiss(face) {
    const place = this.shown.indexOf(face);
    this.drop(face);
    this.settled();
    this.say(`${t("Suggestion removed.")} ${this.sentence()}`);
    const neighbour = this.shown[Math.min(place, this.shown.length - 1)];
    (neighbour ? neighbour.element : this.form.querySelector("[data-add]")).focus();
  }

  drop(face) {
    this.shown.splice(this.shown.indexOf(face), 1);
    face.element.remove();
    this.tell();
  }

  /** Turns all suggestions into marks, as far as there is room for more marks. */
  acceptAll() {
    let count = 0;
    for (const face of [...this.shown]) {
      if (!this.accept(face.area, false)) break;
      this.drop(face);
      count += 1;
    }
    this.settled();
    this.say(`${tn("{num} possible face marked.", "{num} possible faces marked.", count)} ${lookYourself()}`);
    this.form.querySelector("[data-add]").focus();
  }

  sentence() {
    const count = this.shown.length;
    return count ? `${tn("{num} possible face.", "{num} possible faces.", count)} ${lookYourself()}` : lookYourself();
  }

  tell() {
    this.section.querySelector("[data-faces-words]").textContent = this.sentence();
    this.section.querySelectorAll("[data-faces-some]").forEach((part) => { part.hidden = !this.shown.length; });
    const all = this.section.querySelector("button[value=all]");
    if (all) all.textContent = this.shown.length === 1 ? t("Mark it") : t("Mark all {count}", { count: this.shown.length });
    this.shown.forEach(({ element }, index) => element.setAttribute("aria-label", t("Possible face {number}: mark it", { number: index + 1 })));
  }
}
