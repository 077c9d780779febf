import { t } from "./translation.js";

/**
 * Shows the button that copies a text, which is hidden without scripts. `data-copy` is the id of the element with the text,
 * and `data-copied` that of an empty status.
 */
export function offerCopy(button) {
  // Browsers offer the clipboard on secure pages only. The text can be selected in any case.
  if (!navigator.clipboard) return;
  const text = document.getElementById(button.dataset.copy);
  const status = document.getElementById(button.dataset.copied);
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent.trim());
      status.textContent = t("Copied.");
    } catch {
      getSelection().selectAllChildren(text);
      status.textContent = t("Your browser did not allow it. The text is selected: copy it with the keyboard.");
    }
  });
}
