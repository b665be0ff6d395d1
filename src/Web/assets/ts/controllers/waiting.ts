import { Controller } from "@hotwired/stimulus";
import type { places, Place } from "../live";

/** What waits or works on this page; one clock counts for all of it, and one question asks for all of it. */
const runs = new Set<HTMLElement>();
const askEvery = 3000;
let clock: ReturnType<typeof setInterval> | undefined;
let asked = 0, asking = false;
let placesOf: typeof places;

/** The question is handed over and not imported: what the first bundle shares with this one would be another file that every page has to fetch. */
export function waiting(question: typeof places) {
  placesOf = question;
  return WaitingController;
}

/** A run that has not ended: how long it has taken, how long it will take, and how many are before it. */
class WaitingController extends Controller<HTMLElement> {
  connect() {
    runs.add(this.element);
    draw(this.element);
    clock ??= setInterval(tick, 1000);
  }

  disconnect() {
    runs.delete(this.element);
    if (runs.size) return;
    clearInterval(clock);
    clock = undefined;
  }
}

function tick() {
  if (document.visibilityState === "hidden") return;
  runs.forEach(draw);
  if (Date.now() - asked >= askEvery) void ask();
}

function draw(run: HTMLElement) {
  const since = run.querySelector<HTMLElement>("[data-since]"), left = run.querySelector<HTMLElement>("[data-left], [data-due]");
  if (since) write(since, elapsed(seconds(Date.now() - Date.parse(since.dataset.since!))));
  if (!left) return;
  // The server says how long from now, whatever the clock here shows. When that is stays with the element, which a page that comes back brings along.
  if (left.dataset.left !== undefined) {
    left.dataset.due = String(Date.now() + 1000 * Number(left.dataset.left));
    left.dataset.said = left.dataset.left;
    delete left.dataset.left;
  }
  write(left, remaining(seconds(Number(left.dataset.due) - Date.now())));
}

/** Those ahead are mostly other people's, and nobody is told of their ends. */
async function ask() {
  const waiting = [...runs].filter(run => run.querySelector("[data-place]"));
  if (!waiting.length || asking) return;
  asking = true;
  asked = Date.now();
  // A lost connection says so itself, and the places are asked for again in any case.
  const found = await placesOf(waiting.map(idOf)).catch((): Place[] => []);
  asking = false;
  for (const { id, position, etaSeconds } of found)
    for (const run of waiting.filter(run => idOf(run) === id)) {
      const place = run.querySelector("[data-place]"), left = run.querySelector<HTMLElement>("[data-left], [data-due]");
      // It may have begun meanwhile.
      if (!place) continue;
      write(place, position <= 1 ? "Next in line" : `${position - 1} ahead`);
      // What was said before has been counted down since: only other news begins anew.
      if (left && etaSeconds !== null && String(etaSeconds) !== left.dataset.said) left.dataset.left = String(etaSeconds);
      draw(run);
    }
}

const idOf = (run: HTMLElement) => run.closest<HTMLElement>("[data-live-id]")!.dataset.liveId!;
const seconds = (ms: number) => Math.max(0, Math.floor(ms / 1000));
const elapsed = (s: number) => (s < 60 ? `${s} s` : `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`);
const remaining = (s: number) => (s <= 5 ? "a few seconds" : s < 90 ? `about ${s} s` : `about ${Math.ceil(s / 60)} min`);

function write(element: Element, text: string) {
  if (element.textContent !== text) element.textContent = text;
}
