import { Controller } from "@hotwired/stimulus";

/** The playground by keyboard: "/" goes to the prompt, "?" shows the list, arrows walk through an open menu. Never while somebody types. */
export class ShortcutsController extends Controller<HTMLElement> {
  static targets = ["dialog", "open"];
  declare readonly dialogTarget: HTMLDialogElement;
  declare readonly openTarget: HTMLButtonElement;

  connect() {
    this.openTarget.hidden = false;
    document.addEventListener("turbo:before-cache", this.shut);
  }

  disconnect() {
    document.removeEventListener("turbo:before-cache", this.shut);
  }

  press(event: KeyboardEvent) {
    const target = event.target as HTMLElement;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (walk(event, target)) return event.preventDefault();
    if (target.closest("input, textarea, select, video, audio, dialog[open], [contenteditable]")) return;
    if (event.key === "/") document.getElementById("f-prompt")?.focus();
    else if (event.key === "?") this.show();
    else return;
    event.preventDefault();
  }

  show() {
    this.dialogTarget.showModal();
  }

  close() {
    this.dialogTarget.close();
  }

  private readonly shut = () => this.dialogTarget.close();
}

function walk(event: KeyboardEvent, target: HTMLElement) {
  const menu = target.closest<HTMLDetailsElement>("details.menu");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!menu || (!step && event.key !== "Home" && event.key !== "End")) return false;
  if (!menu.open && event.key !== "ArrowDown") return false;
  menu.open = true;
  const entries = [...menu.querySelectorAll<HTMLElement>(".menu-list :is(a[href], button)")];
  const at = entries.indexOf(target);
  const to = event.key === "Home" ? 0 : event.key === "End" ? entries.length - 1 : at < 0 ? (step! > 0 ? 0 : entries.length - 1) : (at + step! + entries.length) % entries.length;
  entries[to]?.focus();
  return true;
}
