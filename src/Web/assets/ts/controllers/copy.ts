import { Controller } from "@hotwired/stimulus";
import { toast } from "../toasts";

/** Copies the text of another element: data-copy-from-value is its id. */
export class CopyController extends Controller<HTMLButtonElement> {
  static values = { from: String };
  declare readonly fromValue: string;

  async copy() {
    const source = document.getElementById(this.fromValue);
    if (!source) return;
    const text = source instanceof HTMLInputElement ? source.value : (source.textContent ?? "");
    try {
      await navigator.clipboard.writeText(text);
      this.element.dataset.copied = "";
      toast("Copied.");
      setTimeout(() => delete this.element.dataset.copied, 2000);
    } catch {
      getSelection()?.selectAllChildren(source);
      toast("Press Ctrl+C to copy the marked text.");
    }
  }
}
