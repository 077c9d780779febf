import { Box } from "./box.js";
import { areaFields, speaker, spoken } from "./fields.js";
import { WHOLE, fitted } from "./geometry.js";
import { focalPoint } from "./focal.js";
import { t } from "../translation.js";

/** The frame of a crop, drawn on the picture in the chosen shape. */
export function drawCrop(form) {
  const stage = document.querySelector("[data-stage]");
  const fields = areaFields(form);
  const aspect = form.querySelector("[name=aspect]");
  const say = speaker(form.querySelector("[data-said]"));
  const shaped = (area) => { const ratio = percentRatio(aspect.value, stage); return ratio ? fitted(area, ratio) : area; };
  const box = new Box(stage, "drawn--crop", {
    changed: (area) => { fields.write(area); say(t("Frame: {place}", { place: spoken(area) })); },
    shaped,
  });
  box.element.setAttribute("aria-label", t("Frame of the crop"));
  box.show(fields.read() || WHOLE);
  // The shape may be chosen already, before this script ran or before a reload.
  if (percentRatio(aspect.value, stage)) box.take(box.area);
  stage.classList.add("stage--drawing");
  form.querySelector("[data-tools]").hidden = false;
  form.querySelector("[data-numbers]").open = Boolean(form.querySelector(".field__error"));
  form.addEventListener("input", (event) => {
    if (event.target === aspect) box.take(WHOLE);
    else if (fields.all.includes(event.target) && fields.read()) box.show(fields.read());
  });
  focalPoint(form, stage, () => box.area, say);
}

/** Returns the ratio in percent of the picture for a ratio in pixels such as `3:2`. Null for a free shape. */
function percentRatio(aspect, stage) {
  const [width, height] = aspect.split(":").map(Number);
  return height ? (width / height) * (stage.dataset.height / stage.dataset.width) : null;
}
