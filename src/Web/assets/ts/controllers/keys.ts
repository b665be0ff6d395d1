import { Controller } from "@hotwired/stimulus";

/** Keyboard shortcuts of a page: data-keys-map-value={"ArrowLeft":"#previous","/":"#q"}. Never while somebody types. */
export class KeysController extends Controller<HTMLElement> {
  static values = { map: Object };
  declare readonly mapValue: Record<string, string>;

  press(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey || (event.target as Element).closest("input, textarea, select, [contenteditable]")) return;
    const target = document.querySelector<HTMLElement>(this.mapValue[event.key] ?? "#-");
    if (!target) return;
    event.preventDefault();
    if (target instanceof HTMLAnchorElement) target.click();
    else target.focus();
  }
}
