import { clamp } from "./geometry.js";
import { abandonDrag } from "./drag.js";
import { t } from "../translation.js";

const MOST = 8;
const STEP = 1.5;

/** The picture in its window: enlarged by buttons, keys, wheel and pinch, and moved by scroll bars, drag and two fingers. */
export class View {
  constructor(viewport, stage, bar, { resized, say }) {
    Object.assign(this, { viewport, stage, resized, say, zoom: 1, fingers: new Map() });
    this.image = stage.querySelector("img");
    this.level = bar.querySelector("[data-zoom-level]");
    this.hand = bar.querySelector("[data-pan]");
    bar.querySelectorAll("[data-zoom]").forEach((button) => button.addEventListener("click", () => this.step(Number(button.dataset.zoom))));
    this.hand.addEventListener("click", () => this.takeHand(!this.isHand));
    this.viewport.addEventListener("pointerdown", (event) => this.press(event), true);
    this.viewport.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    document.addEventListener("pointermove", (event) => this.move(event));
    ["pointerup", "pointercancel"].forEach((name) => document.addEventListener(name, (event) => this.lift(event)));
    this.width = window.innerWidth;
    window.addEventListener("resize", () => this.measure());
  }

  get isHand() {
    return this.hand.getAttribute("aria-pressed") === "true";
  }

  takeHand(on) {
    this.hand.setAttribute("aria-pressed", String(on));
    this.viewport.classList.toggle("photo-view--hand", on);
    this.say(on ? t("Dragging moves the picture") : t("Dragging draws a mark"));
  }

  /** One step larger (1) or smaller (-1), or as large as the window (0), around the middle. */
  step(direction) {
    const frame = this.viewport.getBoundingClientRect();
    const middle = { x: frame.left + frame.width / 2, y: frame.top + frame.height / 2 };
    this.zoomTo(direction ? this.zoom * STEP ** direction : 1, middle);
    this.say(t("{number} percent", { number: Math.round(this.zoom * 100) }));
  }

  /** Enlarges the picture. The point of it at `place` on the screen stays there. */
  zoomTo(zoom, place) {
    const before = this.stage.getBoundingClientRect();
    // The picture has not arrived yet.
    if (!before.width || !before.height) return;
    const part = { x: (place.x - before.left) / before.width, y: (place.y - before.top) / before.height };
    if (this.zoom === 1) this.base = { width: this.image.clientWidth, height: this.viewport.clientHeight };
    // Steps of 1.5 meet 100 percent again.
    this.zoom = Math.abs(zoom - 1) < 0.05 ? 1 : clamp(zoom, 1, MOST);
    this.apply();
    const after = this.stage.getBoundingClientRect();
    this.viewport.scrollLeft += after.left + part.x * after.width - place.x;
    this.viewport.scrollTop += after.top + part.y * after.height - place.y;
  }

  apply() {
    const isLarger = this.zoom > 1;
    this.viewport.classList.toggle("photo-view--larger", isLarger);
    this.image.style.width = isLarger ? `${this.base.width * this.zoom}px` : "";
    this.viewport.style.height = isLarger ? `${Math.max(this.base.height, Math.min(window.innerHeight * 0.7, this.base.height * this.zoom))}px` : "";
    this.level.textContent = `${Math.round(this.zoom * 100)} %`;
    if (isLarger && this.stage.dataset.full && this.image.src !== this.stage.dataset.full) this.sharpen();
    this.resized();
  }

  /** Loads the copy with all pixels once, when the picture is enlarged. */
  sharpen() {
    const full = new Image();
    const address = this.stage.dataset.full;
    delete this.stage.dataset.full;
    full.addEventListener("load", () => { this.image.src = address; });
    full.src = address;
  }

  /** Follows a change of the page's width. Its height changes whenever a phone hides its address bar. */
  measure() {
    if (window.innerWidth === this.width) return;
    this.width = window.innerWidth;
    const { zoom } = this;
    this.zoom = 1;
    this.apply();
    this.base = { width: this.image.clientWidth, height: this.viewport.clientHeight };
    this.zoom = zoom;
    this.apply();
  }

  wheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.zoomTo(this.zoom * Math.exp(-event.deltaY / 200), { x: event.clientX, y: event.clientY });
  }

  press(event) {
    if (event.pointerType === "touch") this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const isPinch = this.fingers.size === 2;
    if (isPinch) abandonDrag();
    else if (!(this.isHand && event.button === 0) && event.button !== 1) return;
    else this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.moving = true;
    event.preventDefault();
    event.stopPropagation();
  }

  move(event) {
    const finger = this.fingers.get(event.pointerId);
    if (!finger) return;
    const before = this.grip();
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (!this.moving) return;
    const now = this.grip();
    this.viewport.scrollLeft -= now.x - before.x;
    this.viewport.scrollTop -= now.y - before.y;
    if (before.spread && now.spread) this.zoomTo((this.zoom * now.spread) / before.spread, now);
  }

  lift(event) {
    this.fingers.delete(event.pointerId);
    if (!this.fingers.size) this.moving = false;
  }

  /** Middle of all fingers, and the distance of the first two. */
  grip() {
    const places = [...this.fingers.values()];
    const mean = (axis) => places.reduce((sum, place) => sum + place[axis], 0) / places.length;
    const [one, other] = places;
    return { x: mean("x"), y: mean("y"), spread: other ? Math.hypot(one.x - other.x, one.y - other.y) : 0 };
  }
}
