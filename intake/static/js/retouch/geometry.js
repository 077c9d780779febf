/* Areas of a picture: {x, y, width, height} in percent of it. */

const LEAST = 0.5;
export const WHOLE = { x: 0, y: 0, width: 100, height: 100 };

export const clamp = (number, least, most) => Math.min(most, Math.max(least, number));

export const round = (number) => Math.round(number * 100) / 100;

/** Returns the pointer's position on the stage in percent, clamped to its edges. The middle before the picture has a size. */
export function at(stage, event) {
  const box = stage.getBoundingClientRect();
  const percent = (from, size) => (size ? clamp((from / size) * 100, 0, 100) : 50);
  return { x: percent(event.clientX - box.left, box.width), y: percent(event.clientY - box.top, box.height) };
}

/** Returns the area between two corners. */
export function between(one, other) {
  const x = Math.min(one.x, other.x);
  const y = Math.min(one.y, other.y);
  return inside({ x, y, width: Math.abs(one.x - other.x), height: Math.abs(one.y - other.y) });
}

/** Returns the area within the picture, with a visible smallest size. */
export function inside(area) {
  const width = clamp(area.width, LEAST, 100);
  const height = clamp(area.height, LEAST, 100);
  return { x: clamp(area.x, 0, 100 - width), y: clamp(area.y, 0, 100 - height), width, height };
}

export const moved = (area, x, y) => inside({ ...area, x: area.x + x, y: area.y + y });

/** Resizes an area. Its upper left corner stays. */
export function resized(area, width, height) {
  return inside({
    ...area,
    width: clamp(area.width + width, LEAST, 100 - area.x),
    height: clamp(area.height + height, LEAST, 100 - area.y),
  });
}

/** Returns the largest centred area within `area` of a ratio (width to height, in percent). */
export function fitted(area, ratio) {
  const width = Math.min(area.width, area.height * ratio);
  const height = width / ratio;
  return inside({ x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height });
}
