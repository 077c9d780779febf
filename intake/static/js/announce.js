/** Repeats a sentence in an empty status, because screen readers pass over one that is on the page from the start. */
export function announce(sentence) {
  const place = document.querySelector("[data-announcer]");
  // A status that is filled before the page is read is missed as well.
  setTimeout(() => { place.textContent = sentence.textContent.trim(); }, 300);
}
