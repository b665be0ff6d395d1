import { Controller } from "@hotwired/stimulus";

/** Shows the picture that is about to be looked at. Choosing and dropping are the field's own doing. */
export class FacePictureController extends Controller<HTMLFormElement> {
  static targets = ["zone", "name", "preview"];
  declare readonly zoneTarget: HTMLElement;
  declare readonly nameTarget: HTMLElement;
  declare readonly previewTarget: HTMLElement;
  private address = "";

  disconnect() {
    this.forget();
  }

  chosen(event: Event) {
    const file = (event.target as HTMLInputElement).files?.[0];
    this.forget();
    this.previewTarget.hidden = !file;
    this.previewTarget.replaceChildren();
    if (!file) return;
    const picture = new Image();
    picture.alt = "";
    picture.src = this.address = URL.createObjectURL(file);
    this.previewTarget.append(picture);
    this.nameTarget.textContent = file.name;
  }

  over() {
    this.zoneTarget.classList.add("over");
  }

  left() {
    this.zoneTarget.classList.remove("over");
  }

  /** On a narrow screen the outcome comes below the form, where nobody would see that it is there. */
  answered(event: CustomEvent<{ success: boolean }>) {
    if (event.detail.success && matchMedia("(max-width: 60rem)").matches) requestAnimationFrame(() => document.getElementById("recognition-outcome")?.scrollIntoView());
  }

  private forget() {
    if (this.address) URL.revokeObjectURL(this.address);
    this.address = "";
  }
}
