/** To have the page open is to have seen what one was told of it. */
export function sayItWasSeen(part) {
  const form = part.querySelector("form");
  const said = fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
  said.then(() => { part.hidden = true; }, () => {});
}
