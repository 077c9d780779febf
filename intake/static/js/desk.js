/* The desk works without this file. */
import { countTicked } from "./bulk.js";
import { listen } from "./live.js";
import { tellQueue, tellSubmission } from "./news.js";
import { offerPrint } from "./print.js";
import { follow } from "./progress.js";
import { sayItWasSeen } from "./seen.js";
import { guardUnsaved } from "./unsaved.js";

document.querySelectorAll("[data-print]").forEach(offerPrint);
document.querySelectorAll("form[data-unsaved]").forEach(guardUnsaved);
document.querySelectorAll("[data-bulk]").forEach(countTicked);
document.querySelectorAll("[data-progress]").forEach(follow);
document.querySelectorAll("[data-seen]").forEach(sayItWasSeen);
document.querySelectorAll("[data-news-queue]").forEach(tellQueue);
document.querySelectorAll("[data-news-submission]").forEach(tellSubmission);
document.querySelectorAll("[data-live]").forEach((part) => listen(part.dataset));
