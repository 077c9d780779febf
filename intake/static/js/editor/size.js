/* Words and reading time of the text, counted as intake/text/words.py counts them. */
import { isNoteLink } from "./notes.js";
import { t, tn } from "../translation.js";

const LETTERS_A_WORD = 4;
const WORDS_A_MINUTE = 184;
const IDEOGRAPHS_A_MINUTE = 255;
const IDEOGRAPH = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/gu;
const SPACELESS = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Javanese}\p{Script=Balinese}\p{Script=Tai_Le}\p{Script=Tai_Tham}]+/gu;
const PARTING = /[\s\u1361\u0f0b\u0f0c\u2014\u2013/]+/u;
const SHOWN_MS = 400;
/* Screen readers are told in a longer pause, and not while somebody types. */
const TOLD_MS = 6000;

/** Returns {words, minutes} of a document. A block that did not change is not counted again. */
export function size(doc) {
  const sum = { ideographs: 0, letters: 0, spaced: 0 };
  doc.forEach((block) => {
    const part = partOf(block);
    Object.keys(sum).forEach((name) => { sum[name] += part[name]; });
  });
  const words = Math.ceil(sum.letters / LETTERS_A_WORD) + sum.spaced;
  const minutes = sum.ideographs / IDEOGRAPHS_A_MINUTE + words / WORDS_A_MINUTE;
  const all = words + sum.ideographs;
  return { words: all, minutes: all ? Math.max(1, Math.round(minutes)) : 0 };
}

const parts = new WeakMap();

function partOf(block) {
  if (!parts.has(block)) parts.set(block, measure(textOf(block)));
  return parts.get(block);
}

function measure(text) {
  const ideographs = text.match(IDEOGRAPH)?.length ?? 0;
  const rest = text.replace(IDEOGRAPH, " ");
  const letters = (rest.match(SPACELESS) || []).join("").match(/\p{L}/gu)?.length ?? 0;
  const spaced = rest.replace(SPACELESS, " ").split(PARTING).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  return { ideographs, letters, spaced };
}

/** Returns the words of a block. The link from a note back to its mark is not one of them. */
function textOf(block) {
  let text = "";
  block.descendants((node) => {
    if (node.isText) text += isNoteLink(node, "#ref-") ? " " : node.text;
    else if (node.isBlock || node.isLeaf) text += "\n";
  });
  return text;
}

/** Shows the count, and tells it in a pause. Returns a function to call after each change with the document. */
export function showSize(form) {
  const [place, status] = [form.querySelector("[data-size]"), form.querySelector("[data-size-status]")];
  let [shown, told, latest] = [0, 0, null];
  const words = () => {
    const found = size(latest());
    return `${tn("{num} word", "{num} words", found.words)} · ${t("{minutes} min to read", found)}`;
  };
  place.hidden = false;
  return (getDoc, { isFirst = false } = {}) => {
    latest = getDoc;
    clearTimeout(shown);
    clearTimeout(told);
    if (isFirst) place.textContent = words();
    else {
      shown = setTimeout(() => { place.textContent = words(); }, SHOWN_MS);
      told = setTimeout(() => { if (status.textContent !== words()) status.textContent = words(); }, TOLD_MS);
    }
  };
}
