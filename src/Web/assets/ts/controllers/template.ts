import { Controller } from "@hotwired/stimulus";

/** A template's gaps fill the prompt while they are typed, until somebody writes into the prompt itself: from then on only when asked. */
export class TemplateController extends Controller<HTMLElement> {
  static targets = ["filled", "again"];
  static values = { prompt: String };
  declare readonly filledTarget: HTMLInputElement;
  declare readonly againTarget: HTMLButtonElement;
  declare readonly promptValue: string;

  connect() {
    this.againTarget.hidden = this.untouched;
    document.addEventListener("input", this.watch);
  }

  disconnect() {
    document.removeEventListener("input", this.watch);
  }

  fill() {
    if (this.untouched) this.write();
  }

  again(event: Event) {
    event.preventDefault();
    this.write();
  }

  private write() {
    const gaps = new Map([...this.element.querySelectorAll<HTMLInputElement>("[data-gap]")].map(field => [field.dataset.gap!, field.value.trim() || field.dataset.usual]));
    const text = this.promptValue.replace(/\{([A-Za-z][A-Za-z0-9_]{0,39})\}/g, (gap, name: string) => gaps.get(name) ?? gap);
    const prompt = this.prompt!;
    this.filledTarget.value = prompt.value = text;
    this.againTarget.hidden = true;
    prompt.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private get prompt() {
    return document.querySelector<HTMLTextAreaElement>("#f-prompt");
  }

  private get untouched() {
    return this.prompt?.value === this.filledTarget.value;
  }

  private readonly watch = (event: Event) => {
    if (event.target === this.prompt) this.againTarget.hidden = this.untouched;
  };
}
