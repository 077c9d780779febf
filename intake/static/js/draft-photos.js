/* Shows the photos of a draft as they arrive and are cleaned, without loading the page again. */
const EVERY = 2500;

/** Returns a function that shows the present photos. It repeats itself while some are being cleaned. */
export function showPhotos(place, form) {
  const look = async () => {
    const have = [...place.querySelectorAll("[data-photo]:has(img)")].map((photo) => photo.dataset.photo);
    const body = new URLSearchParams({ part: "photos", receipt: form.elements.receipt.value, have: have.join(" ") });
    try {
      const response = await fetch(form.action, { method: "POST", body });
      if (response.ok) replace(place, await response.text());
    } catch {
      // The next look may find the line again.
    }
    goOn();
  };
  let timer = 0;
  const goOn = () => {
    clearTimeout(timer);
    if (place.querySelector("[data-cleaning]")) timer = setTimeout(look, EVERY);
  };
  goOn();
  return look;
}

/** Puts the new list in place of the old one. Fields in which somebody writes, and pictures, stay the same elements. */
function replace(place, text) {
  const next = document.createElement("div");
  next.append(...new DOMParser().parseFromString(text, "text/html").body.children);
  const focused = document.activeElement;
  for (const photo of next.querySelectorAll("[data-photo]")) {
    const old = place.querySelector(`[data-photo="${photo.dataset.photo}"]`);
    if (!old) continue;
    keep(old.querySelectorAll(".field"), photo.querySelectorAll(".field"));
    keep(old.querySelectorAll("img"), photo.querySelectorAll("[data-picture]"));
  }
  place.replaceChildren(...next.childNodes);
  if (focused && place.contains(focused)) focused.focus({ preventScroll: true });
}

function keep(olds, news) {
  news.forEach((element, index) => { if (olds[index]) element.replaceWith(olds[index]); });
}
