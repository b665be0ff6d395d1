import { Controller } from "@hotwired/stimulus";

/** Goes on counting where the server stopped: data-countdown-at-value is the end, in milliseconds since 1970. */
export class CountdownController extends Controller<HTMLElement> {
  static values = { at: Number };
  declare readonly atValue: number;
  private timer = 0;

  connect() {
    this.timer = window.setInterval(() => this.draw(), 1000);
  }

  disconnect() {
    clearInterval(this.timer);
  }

  private draw() {
    const seconds = Math.ceil((this.atValue - Date.now()) / 1000);
    this.element.textContent = seconds <= 0 ? "Ended" : seconds <= 60 ? `${seconds} s left` : `${Math.ceil(seconds / 60)} min left`;
    if (seconds > 0) return;
    this.element.classList.remove("tag-good");
    this.disconnect();
  }
}
