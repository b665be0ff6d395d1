import { Controller } from "@hotwired/stimulus";

/** Several cards at once: a count, ranges with Shift, all of a page, arrows that move and Space that selects. The boxes are the truth. */
export class SelectController extends Controller<HTMLElement> {
  static targets = ["box", "bar", "count", "all", "cards"];
  declare readonly boxTargets: HTMLInputElement[];
  declare readonly barTarget: HTMLElement;
  declare readonly countTarget: HTMLElement;
  declare readonly allTarget: HTMLButtonElement;
  declare readonly cardsTarget: HTMLElement;
  private last?: HTMLInputElement;

  connect() {
    this.allTarget.hidden = false;
    this.show();
  }

  click(event: MouseEvent) {
    const box = event.currentTarget as HTMLInputElement, at = this.boxTargets.indexOf(box);
    // Cards arrive by themselves: the one before may stand elsewhere now.
    const last = this.last ? this.boxTargets.indexOf(this.last) : -1;
    if (event.shiftKey && last >= 0)
      for (const other of this.boxTargets.slice(Math.min(at, last), Math.max(at, last) + 1)) other.checked = box.checked;
    this.last = box;
    this.show();
  }

  all() {
    const every = this.boxTargets.every(box => box.checked);
    for (const box of this.boxTargets) box.checked = !every;
    this.show();
  }

  /** A download leaves the page as it is; what it was for stays selected. */
  sent() {
    this.barTarget.querySelectorAll("details[open]").forEach(menu => menu.removeAttribute("open"));
  }

  press(event: KeyboardEvent) {
    const from = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inside = this.cardsTarget.contains(from);
    if (!inside && from !== document.body && !from.matches("h1")) return;
    const at = inside ? this.boxTargets.findIndex(box => box.closest(".choosable")!.contains(from)) : -1;
    if (event.key === "Escape" && this.boxTargets.some(box => box.checked)) {
      for (const box of this.boxTargets) box.checked = false;
      this.show();
      return;
    }
    // A box takes the space bar by itself.
    if (event.key === " " && at >= 0 && from !== this.boxTargets[at] && from.matches("a")) {
      event.preventDefault();
      this.boxTargets[at].click();
      return;
    }
    const to = this.next(event.key, at);
    if (to === undefined) return;
    event.preventDefault();
    this.boxTargets[to].focus();
    this.boxTargets[to].closest(".choosable")?.scrollIntoView({ block: "nearest" });
  }

  private next(key: string, at: number) {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: this.perRow(), ArrowUp: -this.perRow() }[key];
    if (step === undefined || this.boxTargets.length === 0) return undefined;
    if (at < 0) return step > 0 ? 0 : undefined;
    const to = at + step;
    return to >= 0 && to < this.boxTargets.length ? to : undefined;
  }

  private perRow() {
    const tops = this.boxTargets.map(box => box.closest<HTMLElement>(".choosable")!.offsetTop);
    return Math.max(1, tops.findIndex(top => top !== tops[0]) < 0 ? tops.length : tops.findIndex(top => top !== tops[0]));
  }

  private show() {
    const count = this.boxTargets.filter(box => box.checked).length;
    this.countTarget.textContent = count ? `${count} selected` : "";
    this.allTarget.textContent = count && count === this.boxTargets.length ? "Select none" : "Select all on this page";
    this.barTarget.toggleAttribute("data-idle", count === 0);
  }
}
