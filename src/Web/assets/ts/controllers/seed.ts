import { Controller } from "@hotwired/stimulus";

/** A seed that is kept, or none: then every run draws its own. */
export class SeedController extends Controller<HTMLElement> {
  static targets = ["input", "button"];
  static values = { max: Number };
  declare readonly inputTarget: HTMLInputElement;
  declare readonly buttonTargets: HTMLButtonElement[];
  declare readonly maxValue: number;

  connect() {
    this.buttonTargets.forEach(button => (button.hidden = false));
  }

  draw() {
    this.put(String(Math.floor(Math.random() * Math.min(this.maxValue, 999_999_999))));
  }

  clear() {
    this.put("");
  }

  private put(value: string) {
    this.inputTarget.value = value;
    this.inputTarget.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
