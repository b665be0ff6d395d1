import { Controller } from "@hotwired/stimulus";
import { toast } from "../toasts";

/** Copies the text of another element: data-copy-from-value is its id. */
export class CopyController extends Controller<HTMLButtonElement> {
  static values = { from: String };
  declare readonly fromValue: string;

  connect() {
    this.element.hidden = false;
  }

  async copy() {
    const source = document.getElementById(this.fromValue);
    if (!source) return;
    const input = source instanceof HTMLInputElement ? source : null;
    try {
      // Over plain http there is no clipboard, and this throws as well.
      await navigator.clipboard.writeText(input?.value ?? source.textContent ?? "");
      this.element.dataset.copied = "";
      toast("Copied.");
      setTimeout(() => delete this.element.dataset.copied, 2000);
    } catch {
      if (input) input.select();
      else getSelection()?.selectAllChildren(source);
      toast("Press Ctrl+C to copy the marked text.");
    }
  }
}
