import { Controller } from "@hotwired/stimulus";
import type { FrameElement } from "@hotwired/turbo";
import { files, keepWords, wordsOf } from "../words";

const most = 6;

/** The form of a comparison: its price follows what is ticked, and no more can be ticked than may compete. */
export class CompareController extends Controller<HTMLFormElement> {
  static targets = ["model", "chosen", "submit"];
  declare readonly modelTargets: HTMLInputElement[];
  declare readonly chosenTarget: HTMLElement;
  declare readonly submitTarget: HTMLButtonElement;
  private timer?: ReturnType<typeof setTimeout>;

  connect() {
    if (!this.prompt()) wordsOf(this.element, this.owner);
    this.count();
  }

  disconnect() {
    clearTimeout(this.timer);
  }

  changed() {
    this.count();
    keepWords(this.element, this.owner);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.showPrice(), 250);
  }

  /** Ctrl or Cmd + Enter, from any field. */
  run(event: KeyboardEvent) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!event.repeat && !this.submitTarget.disabled) this.element.requestSubmit(this.submitTarget);
  }

  /** Another type is another form: the words are kept in the tab, as an address could not carry long ones, and the files go along. */
  keepWords(event: Event) {
    const link = event.currentTarget as HTMLAnchorElement, to = new URL(link.href);
    to.searchParams.delete("prompt");
    const typed = new FormData(this.element);
    for (const name of files) {
      const value = typed.get(name);
      if (typeof value === "string" && value) to.searchParams.set(name, value);
      else to.searchParams.delete(name);
    }
    link.href = to.href;
  }

  private get owner() {
    return document.querySelector<HTMLMetaElement>("meta[name=account]")?.content ?? "";
  }

  private count() {
    const ticked = this.modelTargets.filter(box => box.checked).length;
    this.chosenTarget.textContent = ticked ? `${ticked} of ${most}` : "";
    for (const box of this.modelTargets) box.disabled = !box.checked && ticked >= most;
  }

  private showPrice() {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.element))
      if (typeof value === "string" && value && !name.startsWith("__") && !name.startsWith("input") && name !== "requestId" && name !== "prompt") fields.append(name, value);
    // The words themselves do not change the price; their number does, for speech.
    fields.set("chars", String(this.prompt().length));
    const frame = document.getElementById("price") as FrameElement | null;
    if (frame) frame.src = `/compare/price?${fields}`;
  }

  private prompt() {
    return this.element.querySelector<HTMLTextAreaElement>("[name=prompt]")?.value ?? "";
  }
}
