// Lives of generations: a nudge names what changed, the page's own endpoint draws it.
import type { HubConnection } from "@microsoft/signalr";
import { apply, knownVersions, startCards, type Nudge } from "./cards";

let hub: HubConnection | undefined;
let connecting = false;
let attempt = 0;
let bannerTimer: ReturnType<typeof setTimeout> | undefined;

export function startLive() {
  startCards();
  document.addEventListener("turbo:load", () => {
    if (!document.querySelector("meta[name=live-hub]") || !streams().length) return;
    if (hub?.state === "Connected") void catchUp();
    else void connect();
  });
}

const streams = () =>
  [...new Set([...document.querySelectorAll<HTMLElement>("[data-live-stream]")].map(element => element.dataset.liveStream!))];

async function connect() {
  if (connecting) return;
  connecting = true;
  try {
    hub ??= await create();
    await hub.start();
    attempt = 0;
    banner(false);
    await catchUp();
  } catch {
    retry();
  } finally {
    connecting = false;
  }
}

async function create() {
  const { HubConnectionBuilder, HttpTransportType, LogLevel } = await import("@microsoft/signalr");
  const address = document.querySelector<HTMLMetaElement>("meta[name=live-hub]")!.content;
  const connection = new HubConnectionBuilder()
    .withUrl(address, { skipNegotiation: true, transport: HttpTransportType.WebSockets })
    .configureLogging(LogLevel.None)
    .build();
  connection.on("nudge", apply);
  // Never start again from inside onclose itself: it would hang for ever. The timer in retry() sees to that.
  connection.onclose(() => retry());
  return connection;
}

/** Endless, with jitter so that a restarted server is not met by everybody at once. */
function retry() {
  banner(true);
  const seconds = Math.min(30, 0.5 * 2 ** attempt++);
  setTimeout(() => void connect(), 1000 * seconds * (0.5 + Math.random()));
}

async function catchUp() {
  if (!hub) return;
  await hub.invoke("Subscribe", streams());
  const missed = await hub.invoke<Nudge[]>("Sync", knownVersions());
  missed.forEach(apply);
}

/** Says so only when it lasts: a blink is nobody's business. */
function banner(lost: boolean) {
  if (lost) {
    bannerTimer ??= setTimeout(() => document.getElementById("connection")?.removeAttribute("hidden"), 5000);
    return;
  }
  clearTimeout(bannerTimer);
  bannerTimer = undefined;
  document.getElementById("connection")?.setAttribute("hidden", "");
}
