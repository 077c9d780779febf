/** Marks the notifications of the open submission as read. */
export function markRead(part) {
  const form = part.querySelector("form");
  const said = fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
  said.then(() => { part.hidden = true; }, () => {});
}
