/** Asks before leaving a page with unsent text. "already" means that the form had it when it was loaded. */
export function guardUnsaved(form) {
  let unsaved = form.dataset.unsaved === "already";
  const ask = (event) => { if (unsaved) event.preventDefault(); };
  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("submit", () => { unsaved = false; });
  window.addEventListener("beforeunload", ask);
}
