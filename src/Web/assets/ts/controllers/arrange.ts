import { Controller } from "@hotwired/stimulus";

/** The button that was pressed last: it is disabled while its form is under way and drawn anew, and loses the focus by both. */
let pressed: string | undefined;

/**
 * Drags an item to another place, with a pointer; the buttons in it do the same for keyboards. What is dropped is sent as "this before that", and the
 * server draws the list anew.
 */
export class ArrangeController extends Controller<HTMLElement> {
  static values = { form: String };
  static targets = ["item"];
  declare readonly formValue: string;
  declare readonly itemTargets: HTMLElement[];
  private dragged?: HTMLElement;
  private start?: { item: HTMLElement; x: number; y: number; next: Element | null };

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
    // Only the picture is a handle, and a finger scrolls: for it there are the buttons.
    if (!item || event.pointerType === "touch" || event.button !== 0 || !(event.target as Element).closest(".box")) return;
    event.preventDefault();
    this.start = { item, x: event.clientX, y: event.clientY, next: item.nextElementSibling };
    addEventListener("pointermove", this.move);
    addEventListener("pointerup", this.up);
    addEventListener("pointercancel", this.cancel);
    addEventListener("keydown", this.escape);
  };

  private move = (event: PointerEvent) => {
    if (!this.start) return;
    const { item, x, y } = this.start;
    if (!this.dragged && Math.hypot(event.clientX - x, event.clientY - y) < 6) return;
    this.dragged = item;
    item.dataset.dragged = "";
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
    const { start } = this;
    if (start) this.element.insertBefore(start.item, start.next);
    this.release();
  };

  private escape = (event: KeyboardEvent) => {
    if (event.key === "Escape") this.cancel();
  };

  private release() {
    for (const item of this.itemTargets) delete item.dataset.dragged;
    this.dragged = this.start = undefined;
    removeEventListener("pointermove", this.move);
    removeEventListener("pointerup", this.up);
    removeEventListener("pointercancel", this.cancel);
    removeEventListener("keydown", this.escape);
  }

  private send(item: string, before: string, after: string) {
    const form = document.getElementById(this.formValue) as HTMLFormElement;
    const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement;
    [field("item").value, field("before").value, field("after").value] = [item, before, after];
    form.requestSubmit();
    [field("item").value, field("before").value, field("after").value] = ["", "", ""];
  }
}
