// Runs before the first paint. The choice is read here and never on the server: cached pages are the same for everybody.
const chosen = localStorage.getItem("theme");
if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;

/** What app.js imports, and what those import, as build.mjs saw them. */
declare const imported: string[];

// The page is painted first and made lively then: the line and the processor belong to the paint until it is there.
const app = new URL(document.currentScript!.dataset.app!, location.href).href;
let started = false;

function start() {
  if (started) return;
  started = true;
  // Side by side, and not one after the other as their imports are read.
  for (const name of imported) document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href: new URL(name, app).href }));
  void import(app);
}

new PerformanceObserver(painted => {
  if (painted.getEntriesByName("first-contentful-paint").length > 0) start();
}).observe({ type: "paint", buffered: true });
// Nobody paints a tab in the background, and not every browser tells when it has painted.
addEventListener("DOMContentLoaded", () => setTimeout(start, document.hidden ? 0 : 2000));
