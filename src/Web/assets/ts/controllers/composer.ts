import { Controller } from "@hotwired/stimulus";
import type { FrameElement } from "@hotwired/turbo";
import { files, keepWords, words, wordsOf } from "../words";

const inputs = [...files, "parentId"];

/** The playground's form: the price follows what is chosen, and what was typed survives a change of model. */
export class ComposerController extends Controller<HTMLFormElement> {
  static targets = ["prompt", "counter", "submit"];
  static values = { draft: String };
  declare readonly draftValue: string;
  declare readonly hasPromptTarget: boolean;
  declare readonly promptTarget: HTMLTextAreaElement;
  declare readonly counterTarget: HTMLElement;
  declare readonly submitTarget: HTMLButtonElement;
  private timer?: ReturnType<typeof setTimeout>;
  private hinted = "";
  private readonly refresh = () => this.showPrice(true);
  private readonly showCode = (event: Event) => {
    if ((event.target as Element).id === "code-panel") this.fillCode();
  };

  connect() {
    if (!this.hasPromptTarget) return;
    // An address, a template or a result to go on from brings a prompt of its own.
    if (!this.promptTarget.value && !this.element.querySelector("[data-controller=template], [name=parentId][value]:not([value=''])") && wordsOf(this.element, this.draftValue)) this.changed();
    this.count();
    this.hinted = this.promptTarget.value;
    if (document.querySelector("#code-panel[open]")) this.fillCode();
    document.addEventListener("generation:ended", this.refresh);
    document.addEventListener("toggle", this.showCode, true);
    document.addEventListener("turbo:frame-render", this.mirror);
    document.addEventListener("turbo:before-frame-render", this.takeWords);
    document.addEventListener("turbo:before-fetch-request", this.carry);
  }

  disconnect() {
    clearTimeout(this.timer);
    document.removeEventListener("turbo:before-fetch-request", this.carry);
    document.removeEventListener("generation:ended", this.refresh);
    document.removeEventListener("toggle", this.showCode, true);
    document.removeEventListener("turbo:frame-render", this.mirror);
    document.removeEventListener("turbo:before-frame-render", this.takeWords);
  }

  changed() {
    this.count();
    keepWords(this.element, this.draftValue);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.showPrice();
      this.recommend();
      if (document.querySelector("#code-panel[open]")) this.fillCode();
    }, 250);
  }

  /** Ctrl or Cmd + Enter, from any field. */
  run(event: KeyboardEvent) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    // A second submission would cut off the first, whose answer is still on its way.
    if (!event.repeat && !this.submitTarget.disabled) this.element.requestSubmit(this.submitTarget);
  }

  /** A start clears the complaints of the try before it; the words stay for the next one. */
  sent(event: CustomEvent<{ success: boolean }>) {
    if (!event.detail.success) return;
    this.element.querySelectorAll(".error, .errors").forEach(e => e.remove());
    this.element.querySelectorAll("[aria-invalid]").forEach(e => e.removeAttribute("aria-invalid"));
  }

  /** Which models suit the words: asked when they have changed, by their beginning, which fits an address. */
  private recommend() {
    const prompt = this.promptTarget.value.trim();
    if (prompt === this.hinted) return;
    this.hinted = prompt;
    const fields = this.fields();
    show("good-for", `/playground/good-for?${new URLSearchParams({ type: fields.get("type") ?? "", model: fields.get("model") ?? "", prompt: prompt.slice(0, 600) })}`);
  }

  /** @param again Also when nothing was chosen anew: the balance is another one. */
  private showPrice(again = false) {
    // The words themselves do not change the price; their number does, for speech. Long ones would not fit an address anyway.
    const fields = this.fields();
    for (const name of [...words, "enhanced", "filled"]) fields.delete(name);
    // What goes by the length of a file does. An address that is too long for ours is somebody else's, whose length nobody here knows.
    for (const name of inputs) if ((fields.get(name) ?? "").length > 1000) fields.delete(name);
    fields.set("chars", String(this.promptTarget.value.length));
    show("price", `/playground/price?${fields}`, again);
  }

  private fillCode() {
    const fields = this.fields();
    fields.delete("enhanced");
    fields.delete("filled");
    for (const name of [...words, ...inputs]) if (fields.toString().length > 6000) fields.delete(name);
    show("code", `/playground?${fields}`);
  }

  /** Another type or model is another form: what was typed goes along. */
  private readonly takeWords = (event: Event) => {
    if ((event.target as Element).id !== "composer") return;
    const next = (event as CustomEvent<{ newFrame: Element }>).detail.newFrame;
    const typed = new FormData(this.element);
    // A template that was chosen just now brings its own prompt; the words before it come back with the browser's Back.
    const template = next.querySelector<HTMLInputElement>("[name=template]");
    const fresh = template !== null && typed.get("template") !== template.value;
    for (const name of ["count", "visibility", ...(fresh ? [] : words)]) {
      const value = typed.get(name);
      if (typeof value !== "string") continue;
      for (const to of next.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(`[name=${name}]`)) set(to, value);
    }
    // A box that is not ticked is not among the fields.
    for (const box of next.querySelectorAll<HTMLInputElement>("[name=mature]")) box.checked = typed.has("mature");
  };

  /** The links to other types and models were drawn before the files came. */
  private readonly carry = (event: Event) => {
    if ((event.target as Element).id !== "composer") return;
    const { url, fetchOptions } = (event as CustomEvent<{ url: URL; fetchOptions: { method?: string } }>).detail;
    if (fetchOptions.method?.toUpperCase() === "POST" || url.pathname !== "/playground" || url.searchParams.has("template")) return;
    const typed = new FormData(this.element);
    for (const name of inputs) {
      const value = typed.get(name);
      if (typeof value === "string" && value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    }
  };

  /** The header shows the balance that the price panel has just learned. */
  private readonly mirror = () => {
    const fresh = document.querySelector<HTMLDataElement>("#price [data-balance]");
    if (fresh) document.querySelectorAll("header [data-balance]").forEach(e => (e.textContent = fresh.textContent));
  };

  private count() {
    this.counterTarget.textContent = `${this.promptTarget.value.length.toLocaleString("en")} / ${this.promptTarget.maxLength.toLocaleString("en")}`;
  }

  private fields() {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.element))
      if (typeof value === "string" && value && !name.startsWith("__") && name !== "requestId" && name !== "do") fields.set(name, value);
    return fields;
  }
}

function set(field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement, value: string) {
  if (field instanceof HTMLInputElement && field.type === "radio") field.checked = field.value === value;
  else field.value = value;
}

function show(id: string, address: string, again = false) {
  const frame = document.getElementById(id) as FrameElement | null;
  if (!frame) return;
  // Turbo writes the address in full once it has come.
  const shown = frame.src && new URL(frame.src, document.baseURI).href;
  if (shown !== new URL(address, document.baseURI).href) frame.src = address;
  // What did not come for want of a connection is asked for again.
  else if (again || !(frame.hasAttribute("complete") || frame.hasAttribute("busy"))) void frame.reload();
}
