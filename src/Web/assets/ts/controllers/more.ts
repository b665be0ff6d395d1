import { Controller } from "@hotwired/stimulus";
import { session } from "@hotwired/turbo";

/**
 * Follows the "load more" link by itself, a few times; after that the footer can be reached and the link is a link. The address follows, so that Back and
 * a reload lead to this place. It does so here and not by data-turbo-action, for which Turbo copies the whole page each time: Chromium keeps for ever
 * what was copied with pictures of several sizes in it.
 */
export class MoreController extends Controller<HTMLAnchorElement> {
  static byItself = 3;
  private observer?: IntersectionObserver;

  connect() {
    delete this.element.dataset.turboAction;
    if (MoreController.byItself <= 0) return;
    this.observer = new IntersectionObserver(entries => {
      if (!entries.some(entry => entry.isIntersecting)) return;
      this.observer?.disconnect();
      MoreController.byItself--;
      this.element.click();
    }, { rootMargin: "600px" });
    this.observer.observe(this.element);
  }

  disconnect() {
    this.observer?.disconnect();
  }

  /** A click is a wish for more: it grants three more pages. The link goes away with it, so the first new work takes the focus. */
  clicked(event: MouseEvent) {
    const frame = this.element.closest("turbo-frame"), address = new URL(this.element.href);
    frame?.addEventListener("turbo:frame-render", () => {
      // Under the name it has: whoever does not scroll any more before going on would come back to the top.
      session.history.replace(address, session.history.restorationIdentifier);
      session.view.lastRenderedLocation = address;
    }, { once: true });
    if (!event.isTrusted) return;
    MoreController.byItself = 3;
    frame?.addEventListener("turbo:frame-render", () => frame.querySelector<HTMLElement>(".tile")?.focus({ preventScroll: true }), { once: true });
  }
}
