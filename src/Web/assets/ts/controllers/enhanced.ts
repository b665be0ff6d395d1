import { Controller } from "@hotwired/stimulus";

/** The enhanced prompt beside the typed one: taken, left, or an idea of it added, each in a way that Ctrl + Z takes back. */
export class EnhancedController extends Controller<HTMLElement> {
  use(event: Event) {
    event.preventDefault();
    this.write(this.element.querySelector<HTMLElement>("[data-text]")!.dataset.text!);
    this.keep();
  }

  keep(event?: Event) {
    event?.preventDefault();
    this.element.replaceChildren();
    this.prompt.focus();
  }

  add(event: Event) {
    event.preventDefault();
    const idea = event.currentTarget as HTMLElement;
    this.write(`${this.prompt.value.replace(/[.,\s]+$/, "")}, ${idea.dataset.idea}`);
    idea.remove();
  }

  private get prompt() {
    return this.element.closest("form")!.querySelector<HTMLTextAreaElement>("[name=prompt]")!;
  }

  private write(text: string) {
    this.prompt.focus();
    this.prompt.select();
    if (!document.execCommand("insertText", false, text)) this.prompt.value = text;
    this.prompt.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
