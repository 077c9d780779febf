import { at } from "./geometry.js";

let current = null;

/** Calls `follow` with each pointer position in percent of the stage, `done` when it is released, and `undone` if it is abandoned. */
export function drag(stage, event, follow, done = () => {}, undone = done) {
  event.preventDefault();
  event.stopPropagation();
  abandonDrag();
  const move = (next) => { if (next.pointerId === event.pointerId) follow(at(stage, next)); };
  const end = (next) => { if (next.pointerId === event.pointerId) stop(done); };
  const stop = (last) => {
    current = null;
    document.removeEventListener("pointermove", move);
    document.removeEventListener("pointerup", end);
    document.removeEventListener("pointercancel", end);
    last();
  };
  current = () => stop(undone);
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", end);
  document.addEventListener("pointercancel", end);
}

/** Takes back the drag under way, for example when a second finger shows that a pinch was meant. */
export function abandonDrag() {
  if (current) current();
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Returns the step of an arrow key as [x, y], or null. */
export function arrow(event) {
  return event.altKey || event.ctrlKey || event.metaKey ? null : ARROWS[event.key] || null;
}
