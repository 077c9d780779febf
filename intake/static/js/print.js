/** Shows a print button, which the page hides where scripts do not run. */
export function offerPrint(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
