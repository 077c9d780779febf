/** Asks before the page is left with words in the form that were not sent; "already": they were there when it came. */
export function guardUnsaved(form) {
  let unsaved = form.dataset.unsaved === "already";
  const ask = (event) => { if (unsaved) event.preventDefault(); };
  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("submit", () => { unsaved = false; });
  window.addEventListener("beforeunload", ask);
}
