import { at } from "./geometry.js";
import { Box } from "./box.js";
import { areaFields, speaker, spoken } from "./fields.js";

const MIDDLE = { x: 40, y: 40, width: 20, height: 20 };

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
    stage.classList.add("stage--drawing");
    stage.addEventListener("pointerdown", (event) => this.draw(event));
    form.querySelectorAll("[data-add]").forEach((button) => button.addEventListener("click", () => this.add(button.dataset.add)));
  }

  /** Turns the rows of the page into marks, and removes empty rows. */
  takeOver() {
    this.form.querySelector("[data-tools]").hidden = false;
    this.form.querySelectorAll("[data-without]").forEach((part) => { part.hidden = true; });
    [...this.list.children].forEach((row) => {
      if (areaFields(row).all.some((field) => field.value)) this.own(row);
      else row.remove();
    });
  }

  add(shape) {
    this.shape = shape;
    const mark = this.put(MIDDLE);
    if (!mark) return;
    this.say(`Mark ${this.marks.length} added. ${spoken(MIDDLE)}`);
    mark.box.element.focus();
  }

  draw(event) {
    if (event.button !== 0) return;
    const start = at(this.stage, event);
    const mark = this.put({ ...start, width: 0.5, height: 0.5 });
    if (!mark) return;
    mark.box.stretch(event, start);
    mark.box.element.focus({ preventScroll: true });
  }

  put(area) {
    if (this.marks.length >= Number(this.form.dataset.most)) return null;
    const template = this.form.querySelector("template[data-row]");
    const holder = document.createElement("div");
    holder.innerHTML = template.innerHTML.replaceAll("__n__", this.next++);
    const row = holder.firstElementChild;
    row.querySelector("[name$='-shape']").value = this.shape;
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
    });
    mark.box.show(fields.read() || MIDDLE);
    mark.box.element.append(numberSign());
    row.append(this.removal(mark));
    row.querySelector("details").open = Boolean(row.querySelector(".field__error"));
    row.addEventListener("input", () => { const area = fields.read(); if (area) mark.box.show(area); this.dress(mark); });
    this.marks.push(mark);
    this.number();
    return mark;
  }

  removal(mark) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--bare";
    button.append("Remove ");
    button.append(Object.assign(document.createElement("span"), { className: "visually-hidden mark-row__which" }));
    button.addEventListener("click", () => this.remove(mark));
    return button;
  }

  remove(mark) {
    const place = this.marks.indexOf(mark);
    this.marks.splice(place, 1);
    mark.box.element.remove();
    mark.row.remove();
    this.number();
    this.say(`${mark.name} removed`);
    const neighbour = this.marks[Math.min(place, this.marks.length - 1)];
    (neighbour ? neighbour.box.element : this.form.querySelector("[data-add]")).focus();
  }

  number() {
    this.marks.forEach((mark, index) => {
      mark.name = `Mark ${index + 1}`;
      mark.row.querySelector("[data-number]").textContent = index + 1;
      mark.row.querySelector(".mark-row__which").textContent = `mark ${index + 1}`;
      mark.box.element.querySelector(".drawn__number").textContent = index + 1;
      this.dress(mark);
    });
  }

  dress(mark) {
    const [shape, how] = ["shape", "how"].map((name) => mark.row.querySelector(`[name$='-${name}']`));
    const look = mark.box.element.classList;
    look.toggle("drawn--ellipse", shape.value === "ellipse");
    look.toggle("drawn--solid", how.value === "solid");
    look.toggle("drawn--mosaic", how.value === "mosaic");
    const words = [shape, how].map((field) => field.selectedOptions[0].textContent.toLowerCase());
    mark.box.element.setAttribute("aria-label", `${mark.name}, ${words.join(", ")}`);
  }
}

function numberSign() {
  return Object.assign(document.createElement("span"), { className: "drawn__number" });
}
