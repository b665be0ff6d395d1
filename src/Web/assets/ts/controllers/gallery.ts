import { Controller } from "@hotwired/stimulus";

/** So far from the window a block keeps its works; twice as far, and it is empty again. */
const near = 3000;

/**
 * A gallery of any length in little memory. Each page that arrives becomes a block of whole rows: the last, unfinished row of the block before it moves
 * along, so that rows never break between pages. A block far from the window gives way to an empty one of its height, and is fetched anew by its address
 * when it comes near again. What has the focus stays, and so does the first page.
 */
export class GalleryController extends Controller<HTMLElement> {
  private entering?: IntersectionObserver;
  private leaving?: IntersectionObserver;
  private width = 0;
  /** Far blocks that could not give way when the window left them: the last one, or the one with the focus. */
  private readonly far = new Set<HTMLElement>();

  connect() {
    this.width = this.element.clientWidth;
    this.entering = new IntersectionObserver(entries => entries.filter(entry => entry.isIntersecting).forEach(entry => void this.fill(entry.target as HTMLElement)), { rootMargin: `${near}px 0px` });
    this.leaving = new IntersectionObserver(entries => this.left(entries), { rootMargin: `${2 * near}px 0px` });
    // Copies of a page that comes back by the Back button know their height, but may have lost their style.
    for (const block of this.blocks) {
      delete block.dataset.busy;
      if (block.dataset.height) block.style.height = block.dataset.height + "px";
      this.watch(block);
    }
    this.settle();
    addEventListener("resize", this.resized);
  }

  disconnect() {
    this.entering?.disconnect();
    this.leaving?.disconnect();
    this.far.clear();
    removeEventListener("resize", this.resized);
  }

  arrived() {
    this.settle();
    this.far.forEach(block => this.empty(block));
  }

  private left(entries: IntersectionObserverEntry[]) {
    for (const entry of entries) {
      if (entry.isIntersecting) this.far.delete(entry.target as HTMLElement);
      else this.far.add(entry.target as HTMLElement);
    }
    this.far.forEach(block => this.empty(block));
  }

  private get blocks() {
    return [...this.element.querySelectorAll<HTMLElement>(":scope > .block")];
  }

  /** Makes blocks of the pages that have arrived as frames within frames. */
  private settle() {
    for (;;) {
      const frame = this.element.querySelector<HTMLElement>(":scope > turbo-frame:not(.block)");
      if (!frame?.querySelector(":scope > .tile")) return;
      const before = this.blocks.at(-1);
      const rest = frame.querySelector(":scope > turbo-frame");
      if (rest) frame.after(rest);
      frame.dataset.from = (frame.getAttribute("src") ?? frame.dataset.from ?? "").replace(location.origin, "");
      if (before) this.join(before, frame);
      frame.classList.add("block", "open");
      this.watch(frame);
    }
  }

  private join(before: HTMLElement, frame: HTMLElement) {
    const tiles = [...before.querySelectorAll<HTMLElement>(":scope > .tile")];
    const last = tiles.at(-1);
    if (last) {
      const row = tiles.filter(tile => tile.offsetTop === last.offsetTop);
      const focused = row.find(tile => tile === document.activeElement);
      if (row.length < tiles.length) frame.prepend(...row);
      focused?.focus({ preventScroll: true });
    }
    before.classList.remove("open");
  }

  private watch(block: HTMLElement) {
    if (!block.dataset.from) return;
    this.entering!.observe(block);
    this.leaving!.observe(block);
  }

  private empty(block: HTMLElement) {
    const tiles = block.querySelectorAll<HTMLAnchorElement>(":scope > .tile");
    if (tiles.length === 0) this.far.delete(block);
    if (tiles.length === 0 || block.contains(document.activeElement) || block.classList.contains("open")) return;
    this.far.delete(block);
    // A plain element: a frame keeps a good deal of memory for what it will not do any more.
    const spacer = document.createElement("div");
    spacer.className = "block";
    spacer.dataset.from = block.dataset.from;
    spacer.dataset.before = block.dataset.before ?? this.addressBefore(block);
    spacer.dataset.first = tiles[0]!.getAttribute("href")!;
    spacer.dataset.last = tiles[tiles.length - 1]!.getAttribute("href")!;
    this.reserve(spacer, block.offsetHeight);
    this.entering!.unobserve(block);
    this.leaving!.unobserve(block);
    block.replaceWith(spacer);
    this.watch(spacer);
  }

  /** Where the first row of a block comes from: the page before it. */
  private addressBefore(block: HTMLElement) {
    const blocks = this.blocks;
    const before = blocks[blocks.indexOf(block) - 1];
    return before?.dataset.from ?? before?.dataset.address ?? "";
  }

  private async fill(block: HTMLElement) {
    const { from, before, first, last, height } = block.dataset;
    if (!height || block.dataset.busy !== undefined) return;
    block.dataset.busy = "";
    try {
      let tiles = await page(from!);
      const at = tiles.findIndex(tile => tile.getAttribute("href") === first);
      if (at > 0) tiles = tiles.slice(at);
      else if (at < 0 && before) {
        const earlier = await page(before);
        const start = earlier.findIndex(tile => tile.getAttribute("href") === first);
        if (start >= 0) tiles = [...earlier.slice(start), ...tiles];
      }
      const end = tiles.findIndex(tile => tile.getAttribute("href") === last);
      if (end >= 0) tiles = tiles.slice(0, end + 1);
      block.replaceChildren(...tiles);
      block.style.height = "";
      delete block.dataset.height;
    } catch {
      // Not reachable now: it stays empty, and is tried again when it comes near again.
    } finally {
      delete block.dataset.busy;
    }
  }

  private reserve(block: HTMLElement, height: number) {
    block.dataset.height = String(Math.round(height));
    block.style.height = block.dataset.height + "px";
  }

  /** Half the width makes twice the rows. */
  private resized = () => {
    const width = this.element.clientWidth;
    if (!width || width === this.width) return;
    for (const block of this.blocks) if (block.dataset.height) this.reserve(block, (Number(block.dataset.height) * this.width) / width);
    this.width = width;
  };
}

async function page(address: string) {
  const response = await fetch(address, { headers: { Accept: "text/html" } });
  const found = new DOMParser().parseFromString(await response.text(), "text/html");
  const tiles = [...found.querySelectorAll<HTMLAnchorElement>(".works[data-controller=gallery] .tile")];
  // Another page than was asked for, because a session has ended, must not take the place of what was here.
  if (!response.ok || response.redirected || tiles.length === 0) throw new Error(address);
  return tiles;
}
