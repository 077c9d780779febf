/** Inserts the chosen reply into the form's field, below the typed text, and fires an input event. */
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

/** Replaces an earlier reply that was not edited. */
function joined(typed, last, body) {
  if (!typed.trim()) return body;
  if (last && typed.endsWith(last)) return typed.slice(0, typed.length - last.length) + body;
  return `${typed.trimEnd()}\n\n${body}`;
}
