/* Formatted text pasted into the contributor's text field. The field shows the words; the form sends what was pasted, and the
   server cleans it. Nothing is sent before the form is. */

// The form is replaced by the response after an error, so the paste is remembered here.
let kept = null;

/** Keeps the formatting of a paste into an empty field for as long as its words stay as they are. A choice of verse is for the
    words as they stand in the field. */
export function keepPasted(area) {
  const note = document.querySelector("[data-pasted-note]");
  const words = note.querySelector("[data-pasted-words]");
  const drop = note.querySelector("[data-pasted-drop]");
  const { form } = area;
  if (kept && area.value === kept.html) {
    area.value = kept.text;
    form.elements.format.value = kept.format;
  }
  const isVerse = () => form.elements.format.value === "verse";
  const show = () => {
    note.hidden = !kept || isVerse();
    if (note.hidden) return;
    words.textContent = isWhole(area) ? note.dataset.kept : note.dataset.changed;
    drop.hidden = !isWhole(area);
  };
  area.addEventListener("paste", (event) => {
    const html = event.clipboardData.getData("text/html");
    const whole = !area.value.trim() || (area.selectionStart === 0 && area.selectionEnd === area.value.length);
    if (!whole || !isFormatted(html) || new Blob([html]).size > area.dataset.limitKb * 1024) return;
    kept = { html, text: null, format: form.elements.format.value };
    // The browser inserts the plain words after this event.
    setTimeout(() => { kept.text = area.value; show(); });
  });
  area.addEventListener("input", () => { if (kept && kept.text !== null) show(); });
  form.addEventListener("change", ({ target }) => { if (target.name === "format") show(); });
  drop.addEventListener("click", () => { kept = null; show(); area.focus(); });
  form.addEventListener("formdata", ({ formData }) => {
    if (!kept || isVerse() || !isWhole(area)) return;
    formData.set("body", kept.html);
    formData.set("format", "html");
  });
  show();
}

function isWhole(area) {
  return kept.text !== null && area.value === kept.text && area.value.trim() !== "";
}

/** Tells formatted text from text that only has paragraphs, as most programs put HTML of both on the clipboard. */
function isFormatted(html) {
  return /<(?:h[1-6]|ul|ol|table|blockquote|strong|em|b|i|u|s|sup|sub|a|del|ins|img|ruby|q)\b|style=|class=/i.test(html);
}
