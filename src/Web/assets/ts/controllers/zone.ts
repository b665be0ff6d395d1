import { Controller } from "@hotwired/stimulus";

/** Offers the time zone that the browser is in. */
export class ZoneController extends Controller<HTMLElement> {
  static targets = ["select", "suggestion"];
  declare readonly selectTarget: HTMLSelectElement;
  declare readonly suggestionTarget: HTMLButtonElement;
  private readonly here = Intl.DateTimeFormat().resolvedOptions().timeZone;

  connect() {
    const option = [...this.selectTarget.options].find(known => known.value === this.here);
    if (!option || option.selected) return;
    this.suggestionTarget.textContent = `Use ${option.text}, where you seem to be`;
    this.suggestionTarget.hidden = false;
  }

  take() {
    this.selectTarget.value = this.here;
    this.suggestionTarget.hidden = true;
    this.selectTarget.focus();
  }
}
