import { at } from "./geometry.js";
import { Box } from "./box.js";
import { Faces } from "./faces.js";
import { areaFields, speaker, spoken } from "./fields.js";
import { History } from "./history.js";
import { Preview } from "./preview.js";
import { View } from "./view.js";
import { t, tn } from "../translation.js";

/** Percent of the window that a new mark covers, and pixels below which a drag counts as a click. */
const NEW = 20;
const CLICK = 5;

/** The marks of a redaction, drawn on the picture and listed beside it. */
export function drawMarks(form) {
  new Marks(form, document.querySelector("[data-stage]"));
}

class Marks {
  constructor(form, stage) {
    this.form = form;
    this.stage = stage;
    this.list = form.querySelector("[data-marks]");
    this.say = speaker(form.querySelector("[data-said]"));
    this.marks = [];
    this.next = 1000;
    this.shape = "box";
    this.takeOver();
    this.addTools();
    stage.classList.add("stage--drawing");
    stage.addEventListener("pointerdown", (event) => this.draw(event));
    form.querySelectorAll("[data-add]").forEach((button) => button.addEventListener("click", () => this.add(button.dataset.add)));
  }

  /** Turns the rows of the page into marks, and removes empty rows. */
  takeOver() {
    this.form.querySelector("[data-tools]").hidden = false;
    // Enter in a field would press the first button of the form, and load the page again.
    this.form.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target.matches("input")) event.preventDefault(); });
    this.form.querySelectorAll("[data-without]").forEach((part) => { part.hidden = true; });
    [...this.list.children].forEach((row) => {
      if (areaFields(row).all.some((field) => field.value)) this.own(row);
      else row.remove();
    });
  }

  addTools() {
    const bar = document.querySelector("[data-view-bar]");
    const viewport = document.querySelector("[data-view]");
    const { say } = this;
    bar.hidden = false;
    viewport.tabIndex = 0;
    this.view = new View(viewport, this.stage, bar, { say, resized: () => this.marks.forEach(({ box }) => box.show(box.area)) });
    this.preview = new Preview(bar.querySelector("[data-preview]"), this.stage, () => this.read(), say);
    this.history = new History(bar.querySelector("[data-undo]"), () => this.state(), (state) => this.restore(state));
    this.faces = new Faces(this.form, this.stage, {
      say,
      // Suggestions arrive at any time, and must not silence what a key or the mouse has just done.
      report: speaker(this.form.querySelector("[data-suggestions-said]")),
      accept: (area, focus = true) => this.accept(area, focus),
      settled: () => this.history.keep(),
      arrived: () => this.history.amend({ faces: this.faces.areas }),
    });
    // A loaded copy with more pixels, or a picture that was still loading, changes the sizes.
    this.stage.querySelector("img").addEventListener("load", () => this.view.resized());
    if (this.faces.areas.length) this.history.amend({ faces: this.faces.areas });
  }

  /** Marks as they are: area in percent, shape and way of covering. */
  read() {
    return this.marks.map(({ box, row }) => {
      const [shape, how] = choices(row).map((field) => field.value);
      return { area: box.area, shape, how };
    });
  }

  state() {
    return { marks: this.read(), faces: this.faces?.areas ?? [] };
  }

  restore({ marks, faces }) {
    const hadFocus = this.stage.contains(document.activeElement) || this.list.contains(document.activeElement);
    this.marks.splice(0).forEach((mark) => { mark.box.element.remove(); mark.row.remove(); });
    marks.forEach((mark) => this.put(mark.area, mark.shape, mark.how));
    if (this.faces.section?.dataset.state === "done") this.faces.propose(faces);
    if (!this.preview.canvas.hidden) this.preview.draw();
    this.say(`${t("Undone.")} ${tn("{num} mark", "{num} marks", marks.length)}`);
    if (hadFocus) (this.marks.at(-1)?.box.element ?? this.form.querySelector("[data-add]")).focus({ preventScroll: true });
  }

  add(shape) {
    this.shape = shape;
    const area = this.middle();
    const mark = this.put(area);
    if (!mark) return;
    this.history.keep();
    this.say(`${t("Mark {number} added.", { number: this.marks.length })} ${spoken(area)}`);
    mark.box.element.focus();
  }

  /** Returns the middle of the visible part of the picture. */
  middle() {
    const frame = document.querySelector("[data-view]").getBoundingClientRect();
    const size = NEW / this.view.zoom;
    const { x, y } = at(this.stage, { clientX: frame.left + frame.width / 2, clientY: frame.top + frame.height / 2 });
    return { x: Math.round(x - size / 2), y: Math.round(y - size / 2), width: size, height: size };
  }

  accept(area, focus) {
    const mark = this.put(area, "box");
    if (mark && focus) {
      this.say(`${t("Mark {number} added.", { number: this.marks.length })} ${this.faces.sentence()}`);
      mark.box.element.focus({ preventScroll: true });
    }
    return mark;
  }

  draw(event) {
    if (event.button !== 0 || this.stage.classList.contains("stage--preview")) return;
    const start = at(this.stage, event);
    const mark = this.put({ ...start, width: 0.5, height: 0.5 });
    if (!mark) return;
    let moved = false;
    const follow = (next) => { moved ||= Math.hypot(next.clientX - event.clientX, next.clientY - event.clientY) > CLICK; };
    document.addEventListener("pointermove", follow);
    const undone = () => { document.removeEventListener("pointermove", follow); this.discard(mark); };
    const done = () => {
      if (!moved) { undone(); return; }
      document.removeEventListener("pointermove", follow);
      this.history.keep();
    };
    mark.box.stretch(event, start, done, undone);
    mark.box.element.focus({ preventScroll: true });
  }

  put(area, shape = this.shape, how = "solid") {
    if (this.marks.length >= Number(this.form.dataset.most)) {
      this.say(t("There are {count} marks. Destroy these first, then add others.", { count: this.marks.length }));
      return null;
    }
    const template = this.form.querySelector("template[data-row]");
    const holder = document.createElement("div");
    holder.innerHTML = template.innerHTML.replaceAll("__n__", this.next++);
    const row = holder.firstElementChild;
    const [shapes, hows] = choices(row);
    shapes.value = shape;
    hows.value = how;
    this.list.append(row);
    const mark = this.own(row);
    mark.box.take(area);
    return mark;
  }

  /** Connects a row to a box on the picture. */
  own(row) {
    const fields = areaFields(row);
    const mark = { row, fields };
    mark.box = new Box(this.stage, "", {
      changed: (area) => { fields.write(area); this.say(`${mark.name}: ${spoken(area)}`); },
      removed: () => this.remove(mark),
      settled: (kind) => this.history.keep(kind && `${kind} ${mark.name}`),
      step: () => 1 / this.view.zoom,
    });
    mark.box.show(fields.read() || { x: 40, y: 40, width: NEW, height: NEW });
    mark.box.element.append(numberSign());
    row.append(this.removal(mark));
    row.querySelector("details").open = Boolean(row.querySelector(".field__error"));
    row.addEventListener("input", () => { const area = fields.read(); if (area) mark.box.show(area); this.dress(mark); });
    row.addEventListener("change", () => this.history.keep());
    this.marks.push(mark);
    this.number();
    return mark;
  }

  removal(mark) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--bare";
    button.append(`${t("Remove")} `);
    button.append(Object.assign(document.createElement("span"), { className: "visually-hidden mark-row__which" }));
    button.addEventListener("click", () => this.remove(mark));
    return button;
  }

  remove(mark) {
    const place = this.marks.indexOf(mark);
    this.discard(mark);
    this.history.keep();
    this.say(t("{name} removed", mark));
    const neighbour = this.marks[Math.min(place, this.marks.length - 1)];
    (neighbour ? neighbour.box.element : this.form.querySelector("[data-add]")).focus();
  }

  discard(mark) {
    this.marks.splice(this.marks.indexOf(mark), 1);
    mark.box.element.remove();
    mark.row.remove();
    this.number();
  }

  number() {
    this.marks.forEach((mark, index) => {
      mark.name = t("Mark {number}", { number: index + 1 });
      mark.row.querySelector("[data-number]").textContent = index + 1;
      mark.row.querySelector(".mark-row__which").textContent = mark.name;
      mark.box.element.querySelector(".drawn__number").textContent = index + 1;
      this.dress(mark);
    });
  }

  dress(mark) {
    const [shape, how] = choices(mark.row);
    const look = mark.box.element.classList;
    look.toggle("drawn--ellipse", shape.value === "ellipse");
    look.toggle("drawn--solid", how.value === "solid");
    look.toggle("drawn--mosaic", how.value === "mosaic");
    const words = [shape, how].map((field) => field.selectedOptions[0].textContent.toLowerCase());
    mark.box.element.setAttribute("aria-label", `${mark.name}, ${words.join(", ")}`);
    if (this.preview && !this.preview.canvas.hidden) this.preview.draw();
  }
}

function choices(row) {
  return ["shape", "how"].map((name) => row.querySelector(`[name$='-${name}']`));
}

function numberSign() {
  return Object.assign(document.createElement("span"), { className: "drawn__number" });
}
