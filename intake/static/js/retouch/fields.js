import { inside, round } from "./geometry.js";
import { t } from "../translation.js";

const NAMES = ["x", "y", "width", "height"];

/** The number fields of an area within `root`, found by the ends of their names. */
export function areaFields(root) {
  const field = (name) => root.querySelector(`[name$="${name}"]`);
  const fields = Object.fromEntries(NAMES.map((name) => [name, field(name === "x" || name === "y" ? `-${name}` : name) || field(name)]));
  return {
    all: Object.values(fields),
    /** Returns the area of the fields, or null if a number is missing. */
    read() {
      const numbers = NAMES.map((name) => fields[name].valueAsNumber);
      if (numbers.some(Number.isNaN)) return null;
      return inside(Object.fromEntries(NAMES.map((name, index) => [name, numbers[index]])));
    },
    write(area) {
      NAMES.forEach((name) => { fields[name].value = round(area[name]); });
    },
  };
}

/** Describes an area in words for screen readers. */
export function spoken(area) {
  const [x, y, width, height] = NAMES.map((name) => Math.round(area[name]));
  return t("{x} percent from the left, {y} from the top, {width} wide, {height} high", { x, y, width, height });
}

/** Shows the latest sentence after a pause. */
export function speaker(element) {
  let waiting = 0;
  return (sentence) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { element.textContent = sentence; }, 400);
  };
}
