/* Scripts of the desk, which works without them. */
import { announce } from "./announce.js";
import { countTicked } from "./bulk.js";
import { countDown } from "./countdown.js";
import { guideDecision } from "./decision.js";
import { keepDraft } from "./draft/index.js";
import { listenForKeys } from "./keys.js";
import { listen } from "./live.js";
import { announceToQueue, announceToSubmission } from "./news.js";
import { orderItems } from "./order.js";
import { offerPasskey } from "./passkeys.js";
import { keepCurrent } from "./status-page.js";
import { bePresent } from "./presence.js";
import { offerPrint } from "./print.js";
import { follow } from "./progress.js";
import { insertReplies } from "./replies.js";
import { drawCrop } from "./retouch/crop.js";
import { drawMarks } from "./retouch/marks.js";
import { waitForChange } from "./retouch/wait.js";
import { markRead } from "./mark-read.js";
import { openAsSheet } from "./sheet.js";
import { guardUnsaved } from "./unsaved.js";

document.querySelectorAll("[data-announce]").forEach(announce);
document.querySelectorAll("[data-decision]").forEach(guideDecision);
document.querySelectorAll("[data-sheet-bar]").forEach(openAsSheet);
document.querySelectorAll("[data-print]").forEach(offerPrint);
document.querySelectorAll("form[data-passkey]").forEach(offerPasskey);
document.querySelectorAll("[data-until]").forEach(countDown);
document.querySelectorAll("[data-presence]").forEach(bePresent);
document.querySelectorAll("form[data-unsaved]").forEach(guardUnsaved);
document.querySelectorAll("form[data-replies]").forEach(insertReplies);
document.querySelectorAll("form[data-redaction]").forEach(drawMarks);
document.querySelectorAll("form[data-crop]").forEach(drawCrop);
waitForChange();
document.querySelectorAll("[data-order]").forEach(orderItems);
document.querySelectorAll("[data-bulk]").forEach(countTicked);
document.querySelectorAll("[data-progress]").forEach(follow);
document.querySelectorAll("[data-status-stream]").forEach(keepCurrent);
document.querySelectorAll("[data-seen]").forEach(markRead);
document.querySelectorAll("[data-news-queue]").forEach(announceToQueue);
document.querySelectorAll("[data-news-submission]").forEach(announceToSubmission);
document.querySelectorAll("[data-live]").forEach((part) => listen(part.dataset));
listenForKeys(document.body);
document.querySelectorAll("form[data-draft]").forEach(keepDraft);

// Only on pages with a text to edit, and only if the editor's libraries are installed.
const editors = document.querySelectorAll("[data-editor]");
if (editors.length) import("./editor/index.js").then(({ mountEditor }) => editors.forEach(mountEditor));
