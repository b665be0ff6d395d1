import { Controller } from "@hotwired/stimulus";
import type { FrameElement } from "@hotwired/turbo";

/** Loads its frame again, a little later each time, while something in it is marked as awaited. */
export class SettleController extends Controller<FrameElement> {
  static targets = ["waiting"];
  static values = { address: String };
  declare readonly hasWaitingTarget: boolean;
  declare readonly addressValue: string;
  private timer = 0;
  private times = 0;

  disconnect() {
    clearTimeout(this.timer);
    this.timer = this.times = 0;
  }

  waitingTargetConnected() {
    this.look();
  }

  private look() {
    if (!this.hasWaitingTarget) this.times = 0;
    if (this.timer || !this.hasWaitingTarget || this.times >= 12) return;
    this.timer = window.setTimeout(async () => {
      this.element.src = this.addressValue;
      await this.element.loaded;
      this.element.removeAttribute("src");
      this.timer = 0;
      this.look();
    }, 400 * ++this.times);
  }
}
