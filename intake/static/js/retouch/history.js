/** Milliseconds within which repeated arrow keys count as one change. */
const TOGETHER = 1000;

/** Earlier states of the marks. `read` returns the present state, `restore` shows another one. */
export class History {
  constructor(button, read, restore) {
    this.button = button;
    this.read = read;
    this.restore = restore;
    this.states = [JSON.stringify(read())];
    this.kind = "";
    this.at = 0;
    button.addEventListener("click", () => this.undo());
    document.addEventListener("keydown", (event) => this.press(event));
    this.show();
  }

  /** Keeps the present state. Changes of the same non-empty kind that follow each other closely are undone together. */
  keep(kind = "") {
    const state = JSON.stringify(this.read());
    if (state === this.states.at(-1)) return;
    const now = Date.now();
    if (kind && kind === this.kind && now - this.at < TOGETHER) this.states.pop();
    this.states.push(state);
    [this.kind, this.at] = [kind, now];
    this.show();
  }

  /** Changes all states, so that undoing does not take back something that arrived meanwhile. */
  amend(parts) {
    this.states = this.states.map((state) => JSON.stringify({ ...JSON.parse(state), ...parts }));
  }

  undo() {
    if (this.states.length < 2) return;
    this.states.pop();
    this.kind = "";
    this.restore(JSON.parse(this.states.at(-1)));
    this.show();
  }

  press(event) {
    if (event.key.toLowerCase() !== "z" || event.shiftKey || event.altKey || !(event.ctrlKey || event.metaKey)) return;
    // In a field, the browser undoes what was typed.
    if (event.target.closest("input, textarea, select")) return;
    event.preventDefault();
    this.undo();
  }

  /** The button stays focusable, so that the focus is not lost with the last undo. */
  show() {
    this.button.setAttribute("aria-disabled", String(this.states.length < 2));
  }
}
