import { Controller } from "@hotwired/stimulus";

/** Follows the "load more" link by itself, a few times; after that the footer can be reached and the link is a link. */
export class MoreController extends Controller<HTMLAnchorElement> {
  static byItself = 3;
  private observer?: IntersectionObserver;

  connect() {
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
    if (!event.isTrusted) return;
    MoreController.byItself = 3;
    const frame = this.element.closest("turbo-frame");
    frame?.addEventListener("turbo:frame-render", () => frame.querySelector<HTMLElement>(".tile")?.focus({ preventScroll: true }), { once: true });
  }
}
