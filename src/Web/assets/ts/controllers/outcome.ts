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

  // With the names below the columns, those above have them too.
  private readonly named = (event: Event) => {
    if ((event.target as Element).id !== "outcome" || (event.target as Element).querySelector(".vote")) return;
    for (const column of this.element.querySelectorAll<FrameElement>("turbo-frame[data-live-src]")) {
      if (column.getAttribute("src") === column.dataset.liveSrc) void column.reload();
      else column.src = column.dataset.liveSrc!;
      void column.loaded.then(() => column.removeAttribute("src"));
    }
  };

  connect() {
    document.addEventListener("generation:ended", this.renew);
    document.addEventListener("turbo:frame-load", this.named);
    // The last one may have ended before anybody listened.
    const columns = [...this.element.querySelectorAll<HTMLElement>("[data-status]")];
    if (document.querySelector("#outcome .vote") && columns.every(column => ended.includes(column.dataset.status!))) this.renew();
  }

  disconnect() {
    document.removeEventListener("generation:ended", this.renew);
    document.removeEventListener("turbo:frame-load", this.named);
  }
}
