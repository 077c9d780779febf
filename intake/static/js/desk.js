/* The desk works without this file. */
import { offerPrint } from "./print.js";
import { drawCrop } from "./retouch/crop.js";
import { drawMarks } from "./retouch/marks.js";
import { waitForChange } from "./retouch/wait.js";
import { guardUnsaved } from "./unsaved.js";

document.querySelectorAll("[data-print]").forEach(offerPrint);
document.querySelectorAll("form[data-unsaved]").forEach(guardUnsaved);
document.querySelectorAll("form[data-redaction]").forEach(drawMarks);
document.querySelectorAll("form[data-crop]").forEach(drawCrop);
document.querySelectorAll("[data-photo-live]").forEach(waitForChange);
