/** Writes the chosen reply into the field that the form names, below what was typed there, and says so to other scripts. */
export function insertReplies(form) {
  let last = "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const body = form.elements.reply.selectedOptions[0].dataset.body;
    const field = document.getElementById(form.dataset.replies);
    if (!body || !field) return;
    field.value = joined(field.value, last, body);
    last = body;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
}

/** One reply takes the place of another that nobody has changed. */
function joined(typed, last, body) {
  if (!typed.trim()) return body;
  if (last && typed.endsWith(last)) return typed.slice(0, typed.length - last.length) + body;
  return `${typed.trimEnd()}\n\n${body}`;
}
