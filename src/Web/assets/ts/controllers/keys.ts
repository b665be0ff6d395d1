import { Controller } from "@hotwired/stimulus";

/** Keyboard shortcuts of a page: data-keys-map-value={"ArrowLeft":"#previous","/":"#q"}. Never while somebody types or plays. */
export class KeysController extends Controller<HTMLElement> {
  static values = { map: Object };
  declare readonly mapValue: Record<string, string>;

  press(event: KeyboardEvent) {
    // Players have keys of their own: the arrows wind.
    const taken = (event.target as Element).closest("input, textarea, select, video, audio, [contenteditable]");
    const to = this.mapValue[event.key];
    if (!to || taken || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = document.querySelector<HTMLElement>(to);
    if (!target) return;
    event.preventDefault();
    if (target instanceof HTMLAnchorElement) target.click();
    else target.focus();
  }
}
