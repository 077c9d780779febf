/* The toolbar: one Tab stop, with arrow keys between its controls (ARIA Authoring Practices, toolbar). */
import { commands, inTable, isActive } from "./commands.js";
import { kindOf, setKind } from "./kinds.js";

/** Returns {update(view), focus()}. Call `update` after each change. `open` has the functions that open dialogs and bars. */
export function toolbar(element, { view, open }) {
  const menu = element.querySelector("[data-kinds]");
  const controls = [...element.querySelectorAll("[data-command], [data-kinds]")];
  const buttons = controls.filter((control) => control !== menu);
  const table = element.querySelector("[data-in-table]");
  const run = (name) => (name in open ? open[name](view()) : commands[name](view().state, view().dispatch, view()));
  element.addEventListener("mousedown", (event) => { if (!event.target.closest("select")) event.preventDefault(); });
  element.addEventListener("click", (event) => {
    const button = event.target.closest("[data-command]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    enter(controls, button);
    run(button.dataset.command);
    // After a click by keyboard the focus stays on the button, because several clicks in a row are common.
    if (event.detail && !(button.dataset.command in open)) view().focus();
  });
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") view().focus();
    else move(event, controls.filter((control) => !control.closest("[hidden]")));
  });
  choose(menu, view);
  enter(controls, menu);
  onMac(element);
  return {
    focus() { controls.find((control) => control.tabIndex === 0).focus(); },
    update({ state }) {
      table.hidden = !inTable(state);
      buttons.forEach((button) => tell(button, state, open));
      tellKind(menu, state);
      if (controls.find((control) => control.tabIndex === 0).closest("[hidden]")) enter(controls, menu);
    },
  };
}

/** Connects the menu of kinds. In a closed menu, some browsers choose at each arrow key, so the focus then stays in it. */
function choose(menu, view) {
  let isPointer = false;
  menu.addEventListener("pointerdown", () => { isPointer = true; });
  menu.addEventListener("keydown", () => { isPointer = false; });
  // The menu stands in the form of the edit, but is not a part of it.
  menu.addEventListener("input", (event) => event.stopPropagation());
  menu.addEventListener("change", () => {
    setKind(menu.value)(view().state, view().dispatch);
    tellKind(menu, view().state);
    if (isPointer) view().focus();
  });
}

function tellKind(menu, state) {
  const kind = kindOf(state) || "several";
  if (menu.value !== kind) menu.value = kind;
  const can = setKind("p")(state);
  [...menu.options].forEach((option) => { if (!option.hidden && option.disabled === can) option.disabled = !can; });
}

function tell(button, state, open) {
  const { command } = button.dataset;
  if (button.hasAttribute("aria-pressed")) set(button, "aria-pressed", isActive(state, command));
  set(button, "aria-disabled", !(command in open || commands[command](state)));
}

function set(button, name, is) {
  if (button.getAttribute(name) !== String(is)) button.setAttribute(name, String(is));
}

function move(event, controls) {
  const rightToLeft = getComputedStyle(event.currentTarget).direction === "rtl";
  const [next, previous] = rightToLeft ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
  const here = controls.indexOf(event.target.closest("[data-command], [data-kinds]"));
  const places = {
    [next]: (here + 1) % controls.length,
    [previous]: (here + controls.length - 1) % controls.length,
    Home: 0,
    End: controls.length - 1,
  };
  if (!(event.key in places) || event.altKey) return;
  event.preventDefault();
  enter(controls, controls[places[event.key]]);
  controls[places[event.key]].focus();
}

function enter(controls, chosen) {
  controls.forEach((control) => { control.tabIndex = control === chosen ? 0 : -1; });
}

/** Names the keys of a Mac in titles, for screen readers, and in the list of keys. */
function onMac(element) {
  if (!/^(?:Mac|iP)/.test(navigator.platform)) return;
  const named = (words) => words.replace(/Ctrl\+/g, "⌘").replace(/Alt\+/g, "⌥").replace(/Shift\+/g, "⇧");
  element.querySelectorAll("[title]").forEach((one) => { one.title = named(one.title); });
  element.querySelectorAll("[aria-keyshortcuts]").forEach((one) => {
    one.setAttribute("aria-keyshortcuts", one.getAttribute("aria-keyshortcuts").replace("Control", "Meta"));
  });
  document.querySelectorAll("[data-editor-keys] kbd").forEach((one) => { one.textContent = named(one.textContent); });
}
