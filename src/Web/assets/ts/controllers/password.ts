import { Controller } from "@hotwired/stimulus";

/** Shows what was typed into a password field. */
export class PasswordController extends Controller<HTMLElement> {
  static targets = ["input", "button"];
  declare readonly inputTarget: HTMLInputElement;
  declare readonly buttonTarget: HTMLButtonElement;

  connect() {
    this.buttonTarget.hidden = false;
  }

  toggle() {
    const show = this.inputTarget.type === "password";
    this.inputTarget.type = show ? "text" : "password";
    this.buttonTarget.textContent = show ? "Hide" : "Show";
    this.buttonTarget.setAttribute("aria-pressed", String(show));
  }
}
