import { at, between, moved, resized } from "./geometry.js";
import { arrow, drag } from "./drag.js";

const CORNERS = ["nw", "ne", "sw", "se"];
/** Pixels below which the handles stand outside, so that the area itself can still be moved. */
const SMALL = 72;

/** An area on the stage, moved and resized by pointer and keys. `changed` is called with each new area, `settled` when a change is over. */
export class Box {
  constructor(stage, look, { changed, removed = null, settled = () => {}, shaped = (area) => area, step = () => 1 }) {
    this.stage = stage;
    this.changed = changed;
    this.removed = removed;
    this.settled = settled;
    this.shaped = shaped;
    this.step = step;
    this.element = document.createElement("button");
    this.element.type = "button";
    this.element.className = `drawn ${look}`;
    this.element.setAttribute("aria-describedby", "drawing-help");
    CORNERS.forEach((corner) => this.element.append(this.handle(corner)));
    this.element.addEventListener("pointerdown", (event) => this.grab(event));
    this.element.addEventListener("keydown", (event) => this.press(event));
    stage.append(this.element);
  }

  /** Shows an area that was set by the number fields. */
  show(area) {
    this.area = area;
    const { style } = this.element;
    style.left = `${area.x}%`;
    style.top = `${area.y}%`;
    style.width = `${area.width}%`;
    style.height = `${area.height}%`;
    const pixels = Math.min((area.width * this.stage.clientWidth) / 100, (area.height * this.stage.clientHeight) / 100);
    this.element.classList.toggle("drawn--small", pixels < SMALL);
  }

  take(area) {
    this.show(this.shaped(area));
    this.changed(this.area);
  }

  handle(corner) {
    const handle = document.createElement("span");
    handle.className = `drawn__corner drawn__corner--${corner}`;
    handle.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.element.focus({ preventScroll: true });
      this.stretch(event, this.opposite(corner));
    });
    return handle;
  }

  opposite(corner) {
    const { x, y, width, height } = this.area;
    return { x: corner.endsWith("w") ? x + width : x, y: corner.startsWith("n") ? y + height : y };
  }

  /** Resizes the area with the pointer, from a fixed corner. */
  stretch(event, fixed, done = this.settled, undone = this.before()) {
    drag(this.stage, event, (place) => this.take(between(fixed, place)), done, undone);
  }

  grab(event) {
    if (event.button !== 0) return;
    this.element.focus({ preventScroll: true });
    const start = at(this.stage, event);
    const before = this.area;
    drag(this.stage, event, (place) => this.take(moved(before, place.x - start.x, place.y - start.y)), this.settled, this.before());
  }

  /** Returns a function that restores the present area. */
  before() {
    const { area } = this;
    return () => this.take(area);
  }

  press(event) {
    const step = arrow(event);
    if (step) {
      const size = this.step();
      this.take((event.shiftKey ? resized : moved)(this.area, step[0] * size, step[1] * size));
      this.settled("keys");
    } else if (this.removed && ["Delete", "Backspace"].includes(event.key)) this.removed();
    else return;
    event.preventDefault();
  }
}
