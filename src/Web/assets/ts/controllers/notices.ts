import { Controller } from "@hotwired/stimulus";

/** A notification whose link is followed, here or in another tab, has been read: its own form says so. */
export class NoticesController extends Controller<HTMLElement> {
  follow(event: MouseEvent) {
    const line = (event.target as Element).closest("a[href]")?.closest(".notice-line.unread"), form = line?.querySelector("form");
    if (!line || !form || event.button > 1) return;
    line.classList.remove("unread");
    // It outlives the page that it was sent from. Where the answer leads is of no interest.
    void fetch(form.action, { method: "POST", body: new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)])), keepalive: true, redirect: "manual" }).catch(() => undefined);
  }
}
