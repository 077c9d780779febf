/* The desk works without this file. */
import { keepDraft } from "./draft/index.js";
import { orderItems } from "./order.js";
import { offerPrint } from "./print.js";
import { guardUnsaved } from "./unsaved.js";

document.querySelectorAll("[data-print]").forEach(offerPrint);
document.querySelectorAll("form[data-unsaved]").forEach(guardUnsaved);
document.querySelectorAll("[data-order]").forEach(orderItems);
document.querySelectorAll("form[data-draft]").forEach(keepDraft);

// Only where there is a text to edit, and the libraries that the editor is made of.
const editors = document.querySelectorAll("[data-editor]");
if (editors.length) import("./editor/index.js").then(({ mountEditor }) => editors.forEach(mountEditor));
