import * as Turbo from "@hotwired/turbo";

/** `kind` is missing for generations. */
export interface Nudge { id: string; status: string; progress: number; version: number; kind?: string }

/** States in which only the progress moves. */
const steps = ["processing", "training"];

/** News that we were told and have not seen yet, with the frame that is fetching it: one that leaves the page never says that it is done. */
const wanted = new Map<string, { nudge: Nudge; frame: Turbo.FrameElement }>();

const selector = (id: string) => `[data-live-id="${CSS.escape(id)}"]`;
const card = (id: string) => document.querySelector<HTMLElement>(selector(id));
const shown = (element: Element | null | undefined) => Number((element as HTMLElement | null)?.dataset.liveVersion ?? -1);

/**
 * A frame that arrives late must not put an older state over a newer one; the rest is morphed so that nothing flickers. Nor must the answer to a form
 * put a new frame in the place of one that has been told of its run already: what it is told and what it fetches would be lost with it.
 */
export function startCards() {
  document.addEventListener("turbo:before-stream-render", event => {
    const stream = event.target as Element;
    if (stream.getAttribute("action") !== "prepend") return;
    for (const next of stream.querySelector("template")?.content.querySelectorAll("turbo-frame[data-live-src]") ?? []) {
      const there = document.getElementById(next.id);
      if (!there) continue;
      if (shown(next.querySelector("[data-live-id]")) > shown(there.querySelector("[data-live-id]"))) there.replaceChildren(...next.childNodes);
      next.remove();
    }
  });
  document.addEventListener("turbo:before-frame-render", event => {
    const { detail } = event as CustomEvent<{ newFrame: Element; render: (current: Element, next: Element) => void }>;
    if ((event.target as Element).matches("[data-live-count]")) {
      detail.render = Turbo.morphTurboFrameElements;
      return;
    }
    const now = (event.target as Element).querySelector("[data-live-id]"), next = detail.newFrame.querySelector("[data-live-id]");
    if (!now || !next) return;
    detail.render = shown(next) < shown(now) ? () => {} : Turbo.morphTurboFrameElements;
  });
}

export const knownVersions = () =>
  [...document.querySelectorAll<HTMLElement>("[data-live-id]")].slice(0, 100).map(e => ({ id: e.dataset.liveId!, version: shown(e) }));

export function apply(nudge: Nudge) {
  const element = card(nudge.id), frame = element ? element.closest<Turbo.FrameElement>("turbo-frame[data-live-src]") : nudge.kind ? null : arrive(nudge.id);
  const asked = wanted.get(nudge.id), busy = asked !== undefined && asked.frame === frame;
  if (!frame || nudge.version <= Math.max(shown(element), busy ? asked.nudge.version : -1)) return;
  if (element?.dataset.status === nudge.status && steps.includes(nudge.status) && !busy) {
    step(element, nudge);
    return;
  }
  wanted.set(nudge.id, { nudge, frame });
  if (!busy) reload(nudge.id, frame);
}

function step(element: HTMLElement, nudge: Nudge) {
  element.dataset.liveVersion = String(nudge.version);
  element.querySelectorAll("progress").forEach(bar => (bar.value = nudge.progress));
  element.querySelectorAll("[data-percent]").forEach(text => (text.textContent = `${nudge.progress}%`));
}

function reload(id: string, frame: Turbo.FrameElement, attempt = 0) {
  const wish = wanted.get(id);
  // Fulfilled while this try waited for its turn, or another frame's by now.
  if (wish?.frame !== frame) return;
  const { version } = wish.nudge;
  frame.src = frame.dataset.liveSrc!;
  void frame.loaded.then(() => {
    frame.removeAttribute("src");
    const asked = wanted.get(id);
    if (asked?.frame !== frame) return;
    const element = card(id), { nudge } = asked;
    if (shown(element) >= nudge.version) settled(id);
    else if (element?.dataset.status === nudge.status && steps.includes(nudge.status)) {
      step(element, nudge);
      settled(id);
    } else if (nudge.version > version) reload(id, frame);
    // The row may be behind the nudge for a moment: ask again, a few times.
    else if (attempt < 4) setTimeout(() => reload(id, frame, attempt + 1), 200 * 2 ** attempt);
    else settled(id);
  }, () => settled(id));
}

function settled(id: string) {
  wanted.delete(id);
  const element = card(id);
  if (element && ["completed", "failed", "cancelled"].includes(element.dataset.status ?? ""))
    document.dispatchEvent(new CustomEvent("generation:ended"));
}

/** The list of this page that shows everything new, wherever it was started. */
export const arrivals = () => document.querySelector<HTMLElement>("[data-live-arrivals]");

const framesOf = (list: HTMLElement) => [...list.querySelectorAll<Turbo.FrameElement>("turbo-frame[id^=card-]")];
const idOf = (frame: Element) => frame.id.slice("card-".length);

export function oldestShown(list: HTMLElement) {
  const last = framesOf(list).at(-1);
  return last ? idOf(last) : null;
}

/** A frame for what is not shown yet, in its place: ids grow with time. What is older than the whole list belongs on a later page. */
function arrive(id: string) {
  const list = arrivals();
  if (!list) return null;
  const frames = framesOf(list), there = frames.find(frame => idOf(frame) === id);
  if (there) return there;
  const next = frames.find(frame => idOf(frame) < id);
  if (frames.length && !next) return null;
  const frame = document.createElement("turbo-frame") as Turbo.FrameElement;
  frame.id = `card-${id}`;
  frame.dataset.liveSrc = list.dataset.liveArrivals!.replace("{id}", id);
  frame.setAttribute("target", "_top");
  list.insertBefore(frame, next ?? null);
  document.getElementById("no-recent")?.remove();
  return frame;
}
