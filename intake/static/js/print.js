/** Shows the print button, which is hidden without scripts. */
export function offerPrint(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
