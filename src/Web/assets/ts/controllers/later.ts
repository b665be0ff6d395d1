import { Controller } from "@hotwired/stimulus";
import type { FrameElement } from "@hotwired/turbo";

/** A menu whose entries are fetched when it is opened for the first time. */
export class LaterController extends Controller<HTMLDetailsElement> {
  private readonly load = () => {
    const frame = this.element.querySelector<FrameElement>("turbo-frame[data-src]");
    if (this.element.open && frame && !frame.hasAttribute("src")) frame.src = frame.dataset.src!;
  };

  connect() {
    this.element.addEventListener("toggle", this.load);
    this.load();
  }

  disconnect() {
    this.element.removeEventListener("toggle", this.load);
  }
}
