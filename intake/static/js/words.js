/** Shows the length of a text in words and kilobytes below its field. */
export function countWords(area) {
  const place = document.createElement("p");
  place.className = "field__count";
  area.after(place);
  let waiting = 0;
  const show = () => { place.textContent = sentence(area); };
  area.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 400);
  });
  show();
}

function sentence(area) {
  if (!area.value) return "";
  const kilobytes = Math.ceil(new Blob([area.value]).size / 1024);
  return area.dataset.words
    .replace("{words}", words(area.value).toLocaleString(document.documentElement.lang))
    .replace("{size}", kilobytes);
}

/** Counts words. Uses Intl.Segmenter if available, for scripts without spaces such as Chinese and Thai. */
function words(text) {
  if (!("Segmenter" in Intl)) return text.split(/\s+/u).filter(Boolean).length;
  let count = 0;
  for (const part of new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)) {
    if (part.isWordLike) count += 1;
  }
  return count;
}
