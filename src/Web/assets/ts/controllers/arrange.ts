import { Controller } from "@hotwired/stimulus";

/** A finger that rests so long on a picture, in milliseconds, lifts it; one that moves before scrolls. */
const lift = 350;

/** The button that was pressed last: it is disabled while its form is under way and drawn anew, and loses the focus by both. */
let pressed: string | undefined;

/**
 * Drags an item to another place, by mouse at once or by a finger that rests on it first; the buttons in it do the same for keyboards. What is dropped is sent as "this before that", and the
 * server draws the list anew.
 */
export class ArrangeController extends Controller<HTMLElement> {
  static values = { form: String };
  static targets = ["item"];
  declare readonly formValue: string;
  declare readonly itemTargets: HTMLElement[];
  private dragged?: HTMLElement;
  private start?: { item: HTMLElement; x: number; y: number; next: Element | null };
  private lifting?: number;

  connect() {
    this.element.addEventListener("pointerdown", this.down);
    this.element.addEventListener("click", this.press);
    this.element.dataset.ready = "";
    if (!pressed) return;
    const id = pressed.slice(pressed.indexOf("-"));
    (document.getElementById(pressed) ?? document.getElementById("down" + id))?.focus();
    pressed = undefined;
  }

  disconnect() {
    this.element.removeEventListener("pointerdown", this.down);
    this.element.removeEventListener("click", this.press);
    this.release();
  }

  private press = (event: MouseEvent) => {
    pressed = (event.target as Element).closest("button")?.id;
  };

  private down = (event: PointerEvent) => {
    const item = (event.target as Element).closest<HTMLElement>("[data-arrange-target=item]");
    if (!item || this.start || event.button !== 0 || !(event.target as Element).closest(".box")) return;
    if (event.pointerType === "touch") this.lifting = window.setTimeout(this.hold, lift);
    else event.preventDefault();
    this.start = { item, x: event.clientX, y: event.clientY, next: item.nextElementSibling };
    addEventListener("pointermove", this.move);
    addEventListener("pointerup", this.up);
    addEventListener("pointercancel", this.cancel);
    addEventListener("keydown", this.escape);
    addEventListener("touchmove", this.stay, { passive: false });
    addEventListener("contextmenu", this.stay);
  };

  private hold = () => {
    this.lifting = undefined;
    this.dragged = this.start!.item;
    this.dragged.dataset.dragged = "";
  };

  /** What is lifted moves alone: no scrolling, and no menu of the picture under the finger. */
  private stay = (event: Event) => {
    if (this.dragged) event.preventDefault();
  };

  private move = (event: PointerEvent) => {
    if (!this.start) return;
    const { item, x, y } = this.start;
    if (!this.dragged && Math.hypot(event.clientX - x, event.clientY - y) < 6) return;
    if (this.lifting) return this.release();
    this.dragged = item;
    item.dataset.dragged = "";
    const edge = innerHeight / 8, past = event.clientY < edge ? event.clientY - edge : Math.max(0, event.clientY - innerHeight + edge);
    if (past) scrollBy({ top: past / 4, behavior: "instant" });
    const over = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>("[data-arrange-target=item]");
    if (!over || over === item || over.parentElement !== item.parentElement) return;
    const items = this.itemTargets;
    if (items.indexOf(over) < items.indexOf(item)) over.before(item);
    else over.after(item);
  };

  private up = () => {
    const { dragged, start } = this;
    this.release();
    if (!dragged || dragged.nextElementSibling === start?.next) return;
    const next = dragged.nextElementSibling as HTMLElement | null, previous = dragged.previousElementSibling as HTMLElement | null;
    this.send(dragged.dataset.id!, next?.dataset.id ?? "", next ? "" : previous?.dataset.id ?? "");
  };

  private cancel = () => {
    const { dragged, start } = this;
    if (dragged) this.element.insertBefore(dragged, start!.next);
    this.release();
  };

  private escape = (event: KeyboardEvent) => {
    if (event.key === "Escape") this.cancel();
  };

  private release() {
    for (const item of this.itemTargets) delete item.dataset.dragged;
    this.dragged = this.start = undefined;
    clearTimeout(this.lifting);
    this.lifting = undefined;
    removeEventListener("pointermove", this.move);
    removeEventListener("pointerup", this.up);
    removeEventListener("pointercancel", this.cancel);
    removeEventListener("keydown", this.escape);
    removeEventListener("touchmove", this.stay);
    removeEventListener("contextmenu", this.stay);
  }

  private send(item: string, before: string, after: string) {
    const form = document.getElementById(this.formValue) as HTMLFormElement;
    const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement;
    [field("item").value, field("before").value, field("after").value] = [item, before, after];
    form.requestSubmit();
    [field("item").value, field("before").value, field("after").value] = ["", "", ""];
  }
}
