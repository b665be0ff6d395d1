import { Controller } from "@hotwired/stimulus";

/** A work's outputs: one at a time, chosen by its small picture, and the picture in full size in a dialog where a click zooms. */
export class StageController extends Controller<HTMLElement> {
  private dialog?: HTMLDialogElement;
  private at = 0;

  connect() {
    document.addEventListener("turbo:before-cache", this.clear);
    if (this.figures.length > 1) this.show(0);
  }

  disconnect() {
    document.removeEventListener("turbo:before-cache", this.clear);
    this.clear();
    for (const figure of this.figures) figure.hidden = false;
  }

  private clear = () => {
    this.dialog?.remove();
    this.dialog = undefined;
  };

  clicked(event: MouseEvent) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const thumb = (event.target as Element).closest<HTMLAnchorElement>(".thumbs a");
    const picture = (event.target as Element).closest<HTMLAnchorElement>("figure a");
    if (!thumb && !picture) return;
    event.preventDefault();
    if (thumb) this.show([...this.element.querySelectorAll(".thumbs a")].indexOf(thumb));
    else this.open();
  }

  private get figures() {
    return [...this.element.querySelectorAll<HTMLElement>("figure")];
  }

  private show(at: number) {
    this.at = (at + this.figures.length) % this.figures.length;
    this.figures.forEach((figure, i) => (figure.hidden = i !== this.at));
    this.element.querySelectorAll(".thumbs a").forEach((thumb, i) => thumb.setAttribute("aria-current", String(i === this.at)));
  }

  private open() {
    const dialog = (this.dialog ??= this.build());
    this.fill();
    dialog.showModal();
  }

  private build() {
    const dialog = document.createElement("dialog");
    dialog.className = "viewer";
    dialog.setAttribute("aria-label", "Full size");
    const picture = document.createElement("button");
    picture.type = "button";
    picture.className = "zoom";
    picture.append(document.createElement("img"));
    picture.addEventListener("click", event => this.zoom(event));
    const close = document.createElement("button");
    close.type = "button";
    close.className = "button button-s";
    close.textContent = "Close";
    close.addEventListener("click", () => dialog.close());
    dialog.append(picture, close);
    dialog.addEventListener("keydown", event => this.key(event));
    dialog.addEventListener("click", event => event.target === dialog && dialog.close());
    document.body.append(dialog);
    return dialog;
  }

  private fill() {
    const link = this.figures[this.at]!.querySelector("a")!, shown = link.querySelector("img")!;
    const picture = this.dialog!.querySelector("img")!;
    picture.src = link.href;
    picture.alt = shown.alt;
    delete this.dialog!.dataset.zoomed;
    this.dialog!.querySelector(".zoom")!.setAttribute("aria-label", "Zoom in");
  }

  /** To the pixels of the picture, at the place that was clicked. */
  private zoom(event: MouseEvent) {
    const dialog = this.dialog!, box = dialog.querySelector("img")!.getBoundingClientRect();
    const [x, y] = event.detail ? [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height] : [0.5, 0.5];
    const zoomed = dialog.toggleAttribute("data-zoomed");
    dialog.querySelector(".zoom")!.setAttribute("aria-label", zoomed ? "Zoom out" : "Zoom in");
    if (zoomed) dialog.scrollTo(x * dialog.scrollWidth - dialog.clientWidth / 2, y * dialog.scrollHeight - dialog.clientHeight / 2);
  }

  /** In here the arrows step through the outputs; outside, through works. */
  private key(event: KeyboardEvent) {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.stopPropagation();
    if (this.figures.length < 2 || this.dialog!.hasAttribute("data-zoomed")) return;
    event.preventDefault();
    this.show(this.at + (event.key === "ArrowLeft" ? -1 : 1));
    this.fill();
  }
}
