/** Opens a fold of optional fields when the browser has filled one of them, when a photo beside it is chosen, and before the
    browser points at a wrong field, which it cannot in a closed fold. */
export function openFilled(fold) {
  const open = () => { fold.open = true; };
  const look = () => { if ([...fold.querySelectorAll("input, select, textarea")].some(isFilled)) open(); };
  fold.addEventListener("invalid", open, true);
  fold.closest("[data-photo-row]")?.addEventListener("change", open);
  // Browsers restore fields after Back and Reload only once the page is loaded.
  window.addEventListener("pageshow", look);
  look();
}

function isFilled(field) {
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.tagName !== "SELECT") return field.value !== "";
  const first = [...field.options].findIndex((option) => option.defaultSelected);
  return field.selectedIndex !== Math.max(first, 0);
}
