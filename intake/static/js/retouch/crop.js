import { Box } from "./box.js";
import { areaFields, speaker, spoken } from "./fields.js";
import { WHOLE, fitted } from "./geometry.js";
import { focalPoint } from "./focal.js";

/** The frame of a crop is drawn on the picture, in the shape that is chosen. */
export function drawCrop(form) {
  const stage = document.querySelector("[data-stage]");
  const fields = areaFields(form);
  const aspect = form.querySelector("[name=aspect]");
  const say = speaker(form.querySelector("[data-said]"));
  const shaped = (area) => { const ratio = percentRatio(aspect.value, stage); return ratio ? fitted(area, ratio) : area; };
  const box = new Box(stage, "drawn--crop", {
    changed: (area) => { fields.write(area); say(`Frame: ${spoken(area)}`); },
    shaped,
  });
  box.element.setAttribute("aria-label", "Frame of the crop");
  box.show(fields.read() || WHOLE);
  // Chosen before this ran, or kept by the browser over a reload.
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

/** `3:2` in pixels is another ratio in percent of a picture that is no square; null for any. */
function percentRatio(aspect, stage) {
  const [width, height] = aspect.split(":").map(Number);
  return height ? (width / height) * (stage.dataset.height / stage.dataset.width) : null;
}
