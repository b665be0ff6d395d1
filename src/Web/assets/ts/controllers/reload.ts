import { Controller } from "@hotwired/stimulus";
import type { FrameElement } from "@hotwired/turbo";

/** A frame that fetches itself anew while somebody looks at it, and nothing in it is open, selected or has the focus. */
export class ReloadController extends Controller<FrameElement> {
  static values = { seconds: { type: Number, default: 15 } };
  declare readonly secondsValue: number;
  private timer = 0;

  connect() {
    this.timer = window.setInterval(() => {
      if (document.hidden || this.element.contains(document.activeElement) || this.element.querySelector("details[open]")) return;
      const selection = getSelection();
      if (selection?.isCollapsed === false && selection.containsNode(this.element, true)) return;
      if (this.element.getAttribute("src") === location.href) void this.element.reload();
      else this.element.src = location.href;
    }, this.secondsValue * 1000);
  }

  disconnect() {
    window.clearInterval(this.timer);
  }
}
