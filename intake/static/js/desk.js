/* The desk works without this file. */
import { countDown } from "./countdown.js";
import { listenForKeys } from "./keys.js";
import { bePresent } from "./presence.js";
import { offerPrint } from "./print.js";
import { guardUnsaved } from "./unsaved.js";

document.querySelectorAll("[data-print]").forEach(offerPrint);
document.querySelectorAll("[data-until]").forEach(countDown);
document.querySelectorAll("[data-presence]").forEach(bePresent);
document.querySelectorAll("form[data-unsaved]").forEach(guardUnsaved);
listenForKeys(document.body);
