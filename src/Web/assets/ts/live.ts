// Lives of generations: a nudge names what changed, the page's own endpoint draws it.
import type { HubConnection } from "@microsoft/signalr";
import { apply, knownVersions, startCards, type Nudge } from "./cards";

let hub: HubConnection | undefined;
let starting: Promise<void> | undefined;
let attempt = 0;
let nextTry: ReturnType<typeof setTimeout> | undefined;
let bannerTimer: ReturnType<typeof setTimeout> | undefined;

export function startLive() {
  startCards();
  document.addEventListener("turbo:load", () => {
    if (document.querySelector("meta[name=live-hub]") && streams().length) void connect();
  });
}

const streams = () =>
  [...new Set([...document.querySelectorAll<HTMLElement>("[data-live-stream]")].map(element => element.dataset.liveStream!))];

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
  if (hub.state === "Disconnected") await hub.start();
}

async function create() {
  const { HubConnectionBuilder, HttpTransportType, LogLevel } = await import("@microsoft/signalr");
  const address = document.querySelector<HTMLMetaElement>("meta[name=live-hub]")!.content;
  const connection = new HubConnectionBuilder()
    .withUrl(address, { skipNegotiation: true, transport: HttpTransportType.WebSockets })
    .configureLogging(LogLevel.None)
    .build();
  connection.on("nudge", apply);
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
  await hub!.invoke("Subscribe", streams());
  const missed = await hub!.invoke<Nudge[]>("Sync", knownVersions());
  missed.forEach(apply);
}

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
