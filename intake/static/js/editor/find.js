/* Search in the text, by prosemirror-search: the pattern of a query, and which of its matches count. */
import { getMatchHighlights, SearchQuery } from "../../vendor/prosemirror.js";
import { isNoteLink } from "./notes.js";

const HIDDEN = "\ufffc";
/* Vowel signs of Arabic and Hebrew, and the Arabic sign that lengthens a word. Most writers leave them out. */
const POINTS = "[\\u0591-\\u05c7\\u0610-\\u061a\\u064b-\\u065f\\u0670\\u0640\\u06d6-\\u06ed]";
const POINTED = /\p{Script=Arabic}|\p{Script=Hebrew}/u;
const QUOTES = { "'": "['’‘ʼ]", "\"": "[\"“”„«»]" };
const SYNTAX = /[\\^$.*+?()[\]{}|/]/g;

/** Returns a query. A letter is found in each of its spellings: é as one character, or as e and an accent. */
export function query(words, { matchCase = false, wholeWords = false } = {}) {
  return new SearchQuery({
    search: pattern(words),
    regexp: true,
    caseSensitive: matchCase,
    filter: (state, { from, to }) => counts(state.doc, from, to, wholeWords),
  });
}

/** Returns the matches in order, each with `from` and `to`. */
export function matches(state) {
  return getMatchHighlights(state).find().sort((one, other) => one.from - other.from);
}

function pattern(words) {
  const hasPoints = new RegExp(POINTS).test(words);
  return graphemes(words).map((one) => {
    if (/^\s+$/u.test(one)) return "\\s+";
    if (QUOTES[one]) return QUOTES[one];
    const spelled = [...new Set([one, one.normalize("NFC"), one.normalize("NFD")])].map((form) => form.replace(SYNTAX, "\\$&"));
    const after = POINTED.test(one) && !hasPoints ? `${POINTS}*` : "(?!\\p{M})";
    return `(?:${spelled.join("|")})${/^\p{P}|^\p{S}/u.test(one) ? "" : after}`;
  }).join("");
}

function graphemes(words) {
  const spaced = words.replace(/\s+/gu, " ");
  if (!("Segmenter" in Intl)) return spaced.match(/\P{M}\p{M}*|\p{M}+/gu) || [];
  return [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(spaced)].map(({ segment }) => segment);
}

/** Returns whether a match counts. The numbers of footnotes and the signs behind notes are no text. */
function counts(doc, from, to, wholeWords) {
  const $from = doc.resolve(from);
  const text = textOf($from.parent);
  const [start, end] = [from - $from.start(), to - $from.start()];
  if (text.slice(start, end).includes(HIDDEN)) return false;
  return !wholeWords || (edgesOf($from.parent).has(start) && edgesOf($from.parent).has(end));
}

/** Returns the text of a block with a sign in place of all that is no text. */
function textOf(block) {
  let text = "";
  block.forEach((child) => { text += child.isText && !isNoteLink(child) ? child.text : HIDDEN.repeat(child.nodeSize); });
  return text;
}

const edges = new WeakMap();

/** Returns the places in a block where a word begins or ends, also in scripts without spaces. */
function edgesOf(block) {
  if (!edges.has(block)) edges.set(block, findEdges(textOf(block)));
  return edges.get(block);
}

function findEdges(text) {
  const found = new Set([0, text.length]);
  if ("Segmenter" in Intl) {
    for (const { index } of new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)) found.add(index);
    return found;
  }
  for (const { index, 0: word } of text.matchAll(/[\p{L}\p{N}\p{M}_]+|[^\p{L}\p{N}\p{M}_]/gu)) found.add(index).add(index + word.length);
  return found;
}
