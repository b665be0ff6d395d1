import { Controller } from "@hotwired/stimulus";

const bytesMax = 8_000_000;

/** Shows a picture before it is sent, takes one that is dropped, and says at once what the server would refuse. */
export class PictureController extends Controller<HTMLElement> {
  static targets = ["input", "shown", "trouble"];
  declare readonly inputTarget: HTMLInputElement;
  declare readonly shownTarget: HTMLElement;
  declare readonly troubleTarget: HTMLElement;
  private preview?: string;

  disconnect() {
    this.forget();
  }

  over(event: DragEvent) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.element.dataset.over = "";
  }

  leave(event: DragEvent) {
    if (!this.element.contains(event.relatedTarget as Node | null)) delete this.element.dataset.over;
  }

  drop(event: DragEvent) {
    delete this.element.dataset.over;
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    this.inputTarget.files = event.dataTransfer.files;
    this.chosen();
  }

  chosen() {
    const file = this.inputTarget.files?.[0];
    const trouble = !file ? "" : !file.type.startsWith("image/") ? "Choose a picture: PNG, JPEG, WebP or GIF." : file.size > bytesMax ? "The picture may have 8 MB at most." : "";
    this.troubleTarget.textContent = trouble;
    this.troubleTarget.hidden = trouble === "";
    if (trouble !== "") this.inputTarget.value = "";
    else if (file) this.show(file);
  }

  private show(file: File) {
    this.forget();
    const image = new Image();
    image.alt = "";
    image.src = this.preview = URL.createObjectURL(file);
    this.shownTarget.querySelector(".avatar")?.replaceChildren(image);
  }

  private forget() {
    if (this.preview) URL.revokeObjectURL(this.preview);
  }
}
