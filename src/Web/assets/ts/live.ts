// Lives of generations: a nudge names what changed, the page's own endpoint draws it.
import type { HubConnection } from "@microsoft/signalr";
import { apply, arrivals, knownVersions, oldestShown, startCards, type Nudge } from "./cards";
import { forgetCounts, tell, type Count } from "./counts";

export interface Place { id: string; position: number; etaSeconds: number | null }

let hub: HubConnection | undefined;
let starting: Promise<void> | undefined;
let attempt = 0;
/** Nothing has been told to this connection yet: what happened before it is unknown. */
let fresh = false;
let before = false;
let nextTry: ReturnType<typeof setTimeout> | undefined;
let bannerTimer: ReturnType<typeof setTimeout> | undefined;

export function startLive() {
  startCards();
  document.addEventListener("turbo:load", () => {
    // Without streams only a connection of the page before is told, so that it leaves them.
    if (document.querySelector("meta[name=live-hub]") && (streams().length || hub)) void connect();
  });
  // A browser that says so is believed; otherwise the silence would have to last half a minute.
  addEventListener("offline", () => void hub?.stop());
  addEventListener("online", wake);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") wake();
  });
}

const streams = () =>
  [...new Set([...document.querySelectorAll<HTMLElement>("[data-live-stream]")].map(element => element.dataset.liveStream!))];

/** No reason to wait any longer for a lost connection. */
function wake() {
  if (!hub || hub.state === "Connected") return;
  attempt = 0;
  void connect();
}

/** Connected, subscribed and caught up; whichever of these fails is tried again. */
async function connect() {
  clearTimeout(nextTry);
  try {
    starting ??= start().finally(() => (starting = undefined));
    await starting;
    banner(false);
    await catchUp();
    attempt = 0;
  } catch {
    if (hub?.state !== "Connected") banner(true);
    later();
  }
}

async function start() {
  hub ??= await create();
  // Starting is refused in any other state, and that would look like a lost connection.
  if (hub.state !== "Disconnected") return;
  await hub.start();
  forgetCounts();
  fresh = true;
}

async function create() {
  const { HubConnectionBuilder, HttpTransportType, LogLevel } = await import("@microsoft/signalr");
  const address = document.querySelector<HTMLMetaElement>("meta[name=live-hub]")!.content;
  const connection = new HubConnectionBuilder()
    .withUrl(address, { skipNegotiation: true, transport: HttpTransportType.WebSockets })
    .configureLogging(LogLevel.None)
    .build();
  connection.on("nudge", apply);
  connection.on("count", (count: Count) => tell(count, true));
  // Never start again from inside onclose itself: it would hang for ever. The timer in later() sees to that.
  connection.onclose(() => {
    banner(true);
    later();
  });
  return connection;
}

/** Endless, with jitter so that a restarted server is not met by everybody at once. */
function later() {
  clearTimeout(nextTry);
  const seconds = Math.min(30, 0.5 * 2 ** attempt++);
  nextTry = setTimeout(() => void connect(), 1000 * seconds * (0.5 + Math.random()));
}

async function catchUp() {
  const counts = await hub!.invoke<Count[]>("Subscribe", streams());
  const again = fresh && before;
  fresh = false;
  before = true;
  counts.forEach(count => tell(count, again));
  const versions = knownVersions();
  if (versions.length) (await hub!.invoke<Nudge[]>("Sync", versions)).forEach(apply);
  const list = arrivals();
  if (list) (await hub!.invoke<Nudge[]>("Started", oldestShown(list))).forEach(apply);
}

/** Where these stand in the queue; nothing while the connection is lost. */
export const places = async (ids: string[]) => (hub?.state === "Connected" ? hub.invoke<Place[]>("Places", ids) : []);

/** Says so only when it lasts: a blink is nobody's business. */
function banner(lost: boolean) {
  if (lost) {
    bannerTimer ??= setTimeout(() => {
      bannerTimer = undefined;
      document.getElementById("connection")?.removeAttribute("hidden");
    }, 5000);
    return;
  }
  clearTimeout(bannerTimer);
  bannerTimer = undefined;
  document.getElementById("connection")?.setAttribute("hidden", "");
}
