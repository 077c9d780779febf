import { at, between, moved, resized } from "./geometry.js";
import { arrow, drag } from "./drag.js";

const CORNERS = ["nw", "ne", "sw", "se"];

/** An area on the stage, moved and resized by pointer and keys. `changed` is called with each new area. */
export class Box {
  constructor(stage, look, { changed, removed = null, shaped = (area) => area }) {
    this.stage = stage;
    this.changed = changed;
    this.removed = removed;
    this.shaped = shaped;
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
  }

  take(area) {
    this.show(this.shaped(area));
    this.changed(this.area);
  }

  handle(corner) {
    const handle = document.createElement("span");
    handle.className = `drawn__corner drawn__corner--${corner}`;
    handle.addEventListener("pointerdown", (event) => {
      this.element.focus();
      this.stretch(event, this.opposite(corner));
    });
    return handle;
  }

  opposite(corner) {
    const { x, y, width, height } = this.area;
    return { x: corner.endsWith("w") ? x + width : x, y: corner.startsWith("n") ? y + height : y };
  }

  /** Resizes the area with the pointer, from a fixed corner. */
  stretch(event, fixed, done) {
    drag(this.stage, event, (place) => this.take(between(fixed, place)), done);
  }

  grab(event) {
    this.element.focus();
    const start = at(this.stage, event);
    const before = this.area;
    drag(this.stage, event, (place) => this.take(moved(before, place.x - start.x, place.y - start.y)));
  }

  press(event) {
    const step = arrow(event);
    if (step) this.take((event.shiftKey ? resized : moved)(this.area, ...step));
    else if (this.removed && ["Delete", "Backspace"].includes(event.key)) this.removed();
    else return;
    event.preventDefault();
  }
}
