// Short messages at the edge of the page, read out politely. The server may append them too (turbo-stream to #toasts).
export function toast(text: string, urgent = false) {
  const list = document.getElementById("toasts");
  // Said already and still to be read.
  if (!list || [...list.children].some(item => item.textContent === text)) return;
  const item = document.createElement("p");
  item.className = urgent ? "toast toast-bad" : "toast";
  item.textContent = text;
  list.append(item);
}

export function startToasts() {
  let watched: Element | null = null;
  const watch = () => {
    const list = document.getElementById("toasts");
    if (!list || list === watched) return;
    watched = list;
    new MutationObserver(changes => {
      for (const node of changes.flatMap(change => [...change.addedNodes]))
        if (node instanceof HTMLElement) setTimeout(() => node.remove(), 6000);
    }).observe(list, { childList: true });
  };
  document.addEventListener("turbo:load", watch);
  document.addEventListener("turbo:render", watch);
  // What passes must not come back with the Back button.
  document.addEventListener("turbo:before-cache", () => {
    document.getElementById("toasts")?.replaceChildren();
    document.getElementById("connection")?.setAttribute("hidden", "");
  });
}
