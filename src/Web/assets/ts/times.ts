// The server writes times in UTC and says so; here they become the reader's own, with UTC kept as the title.
const short = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });

export function startTimes() {
  const all = () => localise(document);
  document.addEventListener("turbo:load", all);
  document.addEventListener("turbo:frame-render", all);
  document.addEventListener("turbo:render", all);
}

function localise(root: ParentNode) {
  for (const time of root.querySelectorAll<HTMLTimeElement>("time[data-local]")) {
    time.title = time.textContent ?? "";
    time.textContent = (time.dataset.local === "day" ? day : short).format(new Date(time.dateTime));
    time.removeAttribute("data-local");
  }
}
