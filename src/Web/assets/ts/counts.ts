import type * as Turbo from "@hotwired/turbo";

/** A number that the server has read; with a higher order later than another. */
export interface Count { key: string; value: number; order: number }

const orders = new Map<string, number>();
const digits = new Intl.NumberFormat("en-GB");

/** Orders are those of one connection's server. */
export const forgetCounts = () => orders.clear();

/** @param happened something has happened just now, or may have while nobody listened: lists are brought up to date even when the number is the same. */
export function tell(count: Count, happened: boolean) {
  if (count.order < (orders.get(count.key) ?? -1)) return;
  orders.set(count.key, count.order);
  if (count.key === "balance") {
    document.querySelectorAll<HTMLElement>("[data-balance]").forEach(element => write(element, digits.format(count.value - Number(element.dataset.less ?? 0))));
    return;
  }
  let changed = happened;
  for (const element of document.querySelectorAll<HTMLElement>(`[data-count="${CSS.escape(count.key)}"]`)) {
    const text = count.key === "unread" && count.value > 99 ? "99+" : digits.format(count.value);
    changed = write(element, text) || changed;
    if (count.key === "unread") element.hidden = count.value === 0;
  }
  if (changed) document.querySelectorAll<Turbo.FrameElement>(`turbo-frame[data-live-count="${CSS.escape(count.key)}"]`).forEach(refresh);
}

function write(element: Element, text: string) {
  if (element.textContent === text) return false;
  element.textContent = text;
  return true;
}

/** Frames on their way; true when they have to be fetched once more. */
const busy = new WeakMap<Element, boolean>();

function refresh(frame: Turbo.FrameElement) {
  // Further pages are open below: drawn anew, the list would lose them and the reader their place.
  if (frame.querySelector(":scope turbo-frame .notice-line")) {
    frame.querySelector("[data-live-new]")?.removeAttribute("hidden");
    return;
  }
  if (busy.has(frame)) {
    busy.set(frame, true);
    return;
  }
  busy.set(frame, false);
  frame.src = frame.dataset.liveSrc!;
  const done = () => {
    frame.removeAttribute("src");
    const again = busy.get(frame);
    busy.delete(frame);
    if (again) refresh(frame);
  };
  void frame.loaded.then(done, done);
}
