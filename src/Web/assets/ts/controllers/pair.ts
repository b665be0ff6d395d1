import { Controller } from "@hotwired/stimulus";

/** Two results over each other: a slider uncovers the left one, zoom and detail are the same for both, and films run together. */
export class PairController extends Controller<HTMLElement> {
  static targets = ["left", "right", "zoom", "play", "stage", "side", "range"];
  declare readonly leftTarget: HTMLSelectElement;
  declare readonly rightTarget: HTMLSelectElement;
  declare readonly zoomTarget: HTMLSelectElement;
  declare readonly playTarget: HTMLButtonElement;
  declare readonly hasPlayTarget: boolean;
  declare readonly stageTarget: HTMLElement;
  declare readonly sideTargets: HTMLElement[];
  declare readonly rangeTarget: HTMLInputElement;
  private from?: { x: number; y: number };
  private detail = { x: 50, y: 50 };

  connect() {
    this.element.hidden = false;
    this.choose();
    this.scale();
    this.slide();
  }

  choose() {
    const [left, right] = [this.leftTarget.value, this.rightTarget.value];
    for (const side of this.sideTargets) {
      side.hidden = side.dataset.letter !== left && side.dataset.letter !== right;
      side.toggleAttribute("data-left", side.dataset.letter === left);
    }
    this.pause();
  }

  slide() {
    this.stageTarget.style.setProperty("--at", `${this.rangeTarget.value}%`);
  }

  scale() {
    this.stageTarget.style.setProperty("--zoom", this.zoomTarget.value);
    this.stageTarget.toggleAttribute("data-zoomed", this.zoomTarget.value !== "1");
    this.look(50, 50);
  }

  grab(event: PointerEvent) {
    this.stageTarget.setPointerCapture(event.pointerId);
    this.from = { x: event.clientX, y: event.clientY };
    this.drag(event);
  }

  /** The whole picture: the line follows the pointer. A detail of it: the picture does. */
  drag(event: PointerEvent) {
    if (!this.from || event.buttons === 0) return;
    const box = this.stageTarget.getBoundingClientRect(), zoom = Number(this.zoomTarget.value);
    if (zoom === 1) {
      this.rangeTarget.value = String(Math.round((100 * (event.clientX - box.left)) / box.width));
      this.slide();
      return;
    }
    const move = (by: number, length: number) => (100 * by) / (length * (zoom - 1));
    this.look(this.detail.x - move(event.clientX - this.from.x, box.width), this.detail.y - move(event.clientY - this.from.y, box.height));
    this.from = { x: event.clientX, y: event.clientY };
  }

  play() {
    const films = this.films(), running = films.some(film => !film.paused);
    if (running) {
      this.pause();
      return;
    }
    for (const film of films) film.currentTime = films[0].currentTime;
    this.playTarget.setAttribute("aria-pressed", "true");
    void Promise.all(films.map(film => film.play())).catch(() => this.pause());
  }

  private look(x: number, y: number) {
    this.detail = { x: Math.min(100, Math.max(0, x)), y: Math.min(100, Math.max(0, y)) };
    this.stageTarget.style.setProperty("--x", `${this.detail.x}%`);
    this.stageTarget.style.setProperty("--y", `${this.detail.y}%`);
  }

  private pause() {
    if (!this.hasPlayTarget) return;
    this.element.querySelectorAll("video").forEach(film => film.pause());
    this.playTarget.setAttribute("aria-pressed", "false");
  }

  private films() {
    return this.sideTargets.filter(side => !side.hidden).flatMap(side => [...side.querySelectorAll("video")]);
  }
}
