import { clamp, round } from "./geometry.js";
import { arrow, drag } from "./drag.js";
import { t } from "../translation.js";

/** The focal point: moved by dragging or arrow keys, set and removed by a button. */
export function focalPoint(form, stage, frame, say) {
  const button = form.querySelector("[data-focal]");
  const [across, down] = ["focus_x", "focus_y"].map((name) => form.elements[name]);
  const point = document.createElement("button");
  point.type = "button";
  point.className = "focal";
  point.setAttribute("aria-label", t("Focal point"));

  const show = () => {
    point.hidden = !(across.value && down.value);
    point.style.left = `${across.value}%`;
    point.style.top = `${down.value}%`;
    button.textContent = point.hidden ? t("Set a focal point") : t("Remove the focal point");
  };
  const put = (x, y) => {
    const area = frame();
    across.value = round(clamp(x, area.x, area.x + area.width));
    down.value = round(clamp(y, area.y, area.y + area.height));
    show();
    say(t("Focal point: {x} percent from the left, {y} from the top", { x: Math.round(across.value), y: Math.round(down.value) }));
  };

  button.addEventListener("click", () => {
    const area = frame();
    if (point.hidden) { put(area.x + area.width / 2, area.y + area.height / 2); point.focus(); return; }
    across.value = down.value = "";
    show();
  });
  point.addEventListener("pointerdown", (event) => { point.focus(); drag(stage, event, ({ x, y }) => put(x, y)); });
  point.addEventListener("keydown", (event) => {
    const step = arrow(event);
    if (!step) return;
    event.preventDefault();
    put(Number(across.value) + step[0], Number(down.value) + step[1]);
  });
  form.addEventListener("input", show);
  stage.append(point);
  show();
}
