import { Controller } from "@hotwired/stimulus";
import { toast } from "../toasts";

/** A link to a page, handed to the device's own sharing where there is one, else copied. */
export class ShareController extends Controller<HTMLAnchorElement> {
  static values = { title: String };
  declare readonly titleValue: string;

  async share(event: MouseEvent) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const url = this.element.href;
    if (navigator.share) {
      // Whoever closes the sheet has shared nothing, and that is no failure.
      await navigator.share({ title: this.titleValue, url }).catch(() => {});
      return;
    }
    try {
      await navigator.clipboard.writeText(url);
      toast("Link copied.");
    } catch {
      toast(url);
    }
  }
}
