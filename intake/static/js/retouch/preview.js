/* The covers as they will be painted: opaque, in whole coding blocks, with the cells of a mosaic. See intake/photos/retouch/paint.py. */
import { t } from "../translation.js";

const SHARE = 4;
const SMALLEST_CELL = 24;
const LEVEL = 16;

/** Shows or hides the preview when `button` is pressed. `read` returns the marks as {area, shape, how}. */
export class Preview {
  constructor(button, stage, read, say) {
    Object.assign(this, { button, stage, read, say });
    this.image = stage.querySelector("img");
    this.canvas = document.createElement("canvas");
    this.canvas.className = "stage__preview";
    this.canvas.setAttribute("aria-hidden", "true");
    this.canvas.hidden = true;
    stage.append(this.canvas);
    button.addEventListener("click", () => this.turn(this.canvas.hidden));
  }

  turn(on) {
    this.canvas.hidden = !on;
    this.button.setAttribute("aria-pressed", String(on));
    this.stage.classList.toggle("stage--preview", on);
    if (on) this.draw();
    this.say(on ? t("Preview on. The marks cannot be changed in it.") : t("Preview off"));
  }

  /** Draws in pixels of the whole photo, scaled to at most the size of the loaded copy. */
  draw() {
    const { width, height, block } = this.stage.dataset;
    const whole = { width: Number(width), height: Number(height), block: Number(block) };
    const scale = Math.min(1, 2048 / Math.max(whole.width, whole.height));
    this.canvas.width = Math.round(whole.width * scale);
    this.canvas.height = Math.round(whole.height * scale);
    const context = this.canvas.getContext("2d");
    context.scale(this.canvas.width / whole.width, this.canvas.height / whole.height);
    this.read().forEach((mark) => this.cover(context, mark, whole));
  }

  cover(context, { area, shape, how }, whole) {
    const drawn = pixels(area, whole);
    const box = outwards(drawn, whole);
    const clip = shape === "ellipse" ? blocksOf(drawn, box, whole.block) : path(box);
    context.save();
    context.clip(clip);
    context.fillStyle = "#000";
    context.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
    if (how === "mosaic" && !("moving" in this.stage.dataset)) this.mosaic(context, box, whole);
    context.restore();
  }

  mosaic(context, box, whole) {
    const [width, height] = [box.right - box.left, box.bottom - box.top];
    const cell = Math.max(SMALLEST_CELL, Math.ceil(Math.min(width, height) / SHARE));
    const cells = averages(this.image, box, whole, Math.max(1, Math.floor(width / cell)), Math.max(1, Math.floor(height / cell)));
    context.imageSmoothingEnabled = false;
    context.drawImage(cells, box.left, box.top, width, height);
  }
}

/** Returns the pixels of an area, rounded outwards as Area.pixels does. */
function pixels(area, { width, height }) {
  const span = (start, length, most) => {
    const first = Math.min(most - 1, Math.max(0, Math.floor((start * most) / 100)));
    return [first, Math.min(most, Math.max(first + 1, Math.ceil(((start + length) * most) / 100)))];
  };
  const [left, right] = span(area.x, area.width, width);
  const [top, bottom] = span(area.y, area.height, height);
  return { left, top, right, bottom };
}

function outwards({ left, top, right, bottom }, { width, height, block }) {
  return {
    left: Math.floor(left / block) * block,
    top: Math.floor(top / block) * block,
    right: Math.min(width, Math.ceil(right / block) * block),
    bottom: Math.min(height, Math.ceil(bottom / block) * block),
  };
}

function path({ left, top, right, bottom }) {
  const found = new Path2D();
  found.rect(left, top, right - left, bottom - top);
  return found;
}

/** Returns the ellipse, enlarged to the coding blocks that it touches. */
function blocksOf({ left, top, right, bottom }, box, block) {
  const [across, down] = [(right - left) / 2, (bottom - top) / 2];
  const found = new Path2D();
  if (block === 1) {
    found.ellipse(left + across, top + down, across, down, 0, 0, 2 * Math.PI);
    return found;
  }
  const nearest = (middle, start) => Math.min(Math.max(middle, start), start + block) - middle;
  for (let y = box.top; y < box.bottom; y += block) {
    for (let x = box.left; x < box.right; x += block) {
      const [dx, dy] = [nearest(left + across, x) / across, nearest(top + down, y) / down];
      if (dx * dx + dy * dy <= 1) found.rect(x, y, block, block);
    }
  }
  return found;
}

/** Returns a canvas with one pixel for each cell, in the average colour of the picture there. */
function averages(image, { left, top, right, bottom }, whole, across, down) {
  const scale = { x: image.naturalWidth / whole.width, y: image.naturalHeight / whole.height };
  const source = document.createElement("canvas");
  source.width = Math.max(1, Math.round((right - left) * scale.x));
  source.height = Math.max(1, Math.round((bottom - top) * scale.y));
  const from = source.getContext("2d", { willReadFrequently: true });
  from.fillStyle = "#fff";
  from.fillRect(0, 0, source.width, source.height);
  from.drawImage(image, left * scale.x, top * scale.y, (right - left) * scale.x, (bottom - top) * scale.y, 0, 0, source.width, source.height);
  const { data } = from.getImageData(0, 0, source.width, source.height);
  const cells = Object.assign(document.createElement("canvas"), { width: across, height: down });
  const to = cells.getContext("2d");
  const edge = (index, count, length) => Math.min(length - 1, Math.floor((index * length) / count));
  for (let row = 0; row < down; row += 1) {
    for (let column = 0; column < across; column += 1) {
      const [x, y] = [edge(column, across, source.width), edge(row, down, source.height)];
      const ends = { x: Math.max(x + 1, Math.floor(((column + 1) * source.width) / across)), y: Math.max(y + 1, Math.floor(((row + 1) * source.height) / down)) };
      to.fillStyle = `rgb(${average(data, source.width, x, y, ends).join()})`;
      to.fillRect(column, row, 1, 1);
    }
  }
  return cells;
}

function average(data, width, left, top, ends) {
  const sums = [0, 0, 0];
  for (let y = top; y < ends.y; y += 1) {
    for (let x = left; x < ends.x; x += 1) sums.forEach((_, channel) => { sums[channel] += data[4 * (y * width + x) + channel]; });
  }
  const count = (ends.x - left) * (ends.y - top);
  return sums.map((sum) => Math.floor(sum / count / LEVEL) * LEVEL + LEVEL / 2);
}
