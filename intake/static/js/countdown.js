/** Shows the seconds left until a time, then that it is over. Screen readers announce only the end. */
export function countDown(place) {
  const { until, left, over, spent } = place.dataset;
  const end = Date.parse(until);
  place.setAttribute("aria-live", "off");
  const tell = () => {
    const seconds = Math.ceil((end - Date.now()) / 1000);
    if (seconds > 0) {
      place.textContent = left.replace("{seconds}", seconds);
      return;
    }
    clearInterval(ticking);
    place.setAttribute("aria-live", "polite");
    place.textContent = over;
    // A button to undo what has taken effect would only lead to a refusal.
    if (spent) place.closest(`.${spent}`).querySelectorAll("form").forEach((form) => form.remove());
  };
  const ticking = setInterval(tell, 500);
  tell();
}
