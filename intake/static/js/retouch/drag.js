import { at } from "./geometry.js";

/** Calls `follow` with each pointer position in percent of the stage, and `done` when it is released. */
export function drag(stage, event, follow, done = () => {}) {
  event.preventDefault();
  event.stopPropagation();
  const move = (next) => { if (next.pointerId === event.pointerId) follow(at(stage, next)); };
  const end = (next) => {
    if (next.pointerId !== event.pointerId) return;
    document.removeEventListener("pointermove", move);
    document.removeEventListener("pointerup", end);
    document.removeEventListener("pointercancel", end);
    done();
  };
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", end);
  document.addEventListener("pointercancel", end);
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Returns the step of an arrow key as [x, y], or null. */
export function arrow(event) {
  return event.altKey || event.ctrlKey || event.metaKey ? null : ARROWS[event.key] || null;
}
