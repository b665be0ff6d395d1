import { Controller } from "@hotwired/stimulus";
import type { FrameElement } from "@hotwired/turbo";

const ended = ["completed", "failed", "cancelled"];

/** Columns arrive by themselves; what stands below them (totals, vote, pairs) is drawn anew when one has ended. */
export class OutcomeController extends Controller<HTMLElement> {
  private readonly renew = () => {
    const frame = document.getElementById("outcome") as FrameElement | null;
    // A vote that is being given is not taken out of somebody's hand: it is open only when all have ended.
    if (!frame || frame.querySelector("[name=best]")) return;
    const address = `${location.pathname}/outcome`;
    if (frame.getAttribute("src") === address) void frame.reload();
    else frame.src = address;
  };

  connect() {
    document.addEventListener("generation:ended", this.renew);
    // The last one may have ended before anybody listened.
    const columns = [...this.element.querySelectorAll<HTMLElement>("[data-status]")];
    if (document.querySelector("#outcome .vote") && columns.every(column => ended.includes(column.dataset.status!))) this.renew();
  }

  disconnect() {
    document.removeEventListener("generation:ended", this.renew);
  }
}
