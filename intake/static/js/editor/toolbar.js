/* The toolbar: one Tab stop, with arrow keys between its buttons (ARIA Authoring Practices, toolbar). */
import { commands, inTable, isActive } from "./commands.js";

/** Returns {update(view), focus()}. Call `update` after each change. */
export function toolbar(element, { view, openLink }) {
  const buttons = [...element.querySelectorAll("[data-command]")];
  const table = element.querySelector("[data-in-table]");
  const run = (name) => (name === "link" ? openLink(view()) : commands[name](view().state, view().dispatch, view()));
  element.addEventListener("mousedown", (event) => event.preventDefault());
  element.addEventListener("click", (event) => {
    const button = event.target.closest("[data-command]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    run(button.dataset.command);
    // After a click by keyboard the focus stays on the button, because several clicks in a row are common.
    if (event.detail && button.dataset.command !== "link") view().focus();
  });
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") view().focus();
    else move(event, buttons.filter((button) => !button.closest("[hidden]")));
  });
  enter(buttons, buttons[0]);
  return {
    focus() { buttons.find((button) => button.tabIndex === 0).focus(); },
    update({ state }) {
      table.hidden = !inTable(state);
      buttons.forEach((button) => tell(button, state));
      if (buttons.find((button) => button.tabIndex === 0).closest("[hidden]")) enter(buttons, buttons[0]);
    },
  };
}

function tell(button, state) {
  const { command } = button.dataset;
  if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(isActive(state, command)));
  const can = command === "link" || commands[command](state);
  button.setAttribute("aria-disabled", String(!can));
}

function move(event, buttons) {
  const rightToLeft = getComputedStyle(event.currentTarget).direction === "rtl";
  const [next, previous] = rightToLeft ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
  const here = buttons.indexOf(event.target.closest("[data-command]"));
  const places = {
    [next]: (here + 1) % buttons.length,
    [previous]: (here + buttons.length - 1) % buttons.length,
    Home: 0,
    End: buttons.length - 1,
  };
  if (!(event.key in places)) return;
  event.preventDefault();
  enter(buttons, buttons[places[event.key]]);
  buttons[places[event.key]].focus();
}

function enter(buttons, chosen) {
  buttons.forEach((button) => { button.tabIndex = button === chosen ? 0 : -1; });
}
