/* The desk works without this file. */
import { countDown } from "./countdown.js";
import { listenForKeys } from "./keys.js";
import { bePresent } from "./presence.js";
import { offerPrint } from "./print.js";
import { insertReplies } from "./replies.js";
import { drawCrop } from "./retouch/crop.js";
import { drawMarks } from "./retouch/marks.js";
import { waitForChange } from "./retouch/wait.js";
import { guardUnsaved } from "./unsaved.js";

document.querySelectorAll("[data-print]").forEach(offerPrint);
document.querySelectorAll("[data-until]").forEach(countDown);
document.querySelectorAll("[data-presence]").forEach(bePresent);
document.querySelectorAll("form[data-unsaved]").forEach(guardUnsaved);
document.querySelectorAll("form[data-replies]").forEach(insertReplies);
document.querySelectorAll("form[data-redaction]").forEach(drawMarks);
document.querySelectorAll("form[data-crop]").forEach(drawCrop);
waitForChange();
listenForKeys(document.body);
