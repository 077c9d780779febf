/* The desk works without this file. */
import { offerPrint } from "./print.js";
import { insertReplies } from "./replies.js";
import { guardUnsaved } from "./unsaved.js";

document.querySelectorAll("[data-print]").forEach(offerPrint);
document.querySelectorAll("form[data-unsaved]").forEach(guardUnsaved);
document.querySelectorAll("form[data-replies]").forEach(insertReplies);
