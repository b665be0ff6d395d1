// Short messages at the edge of the page, read out politely. The server may append them too (turbo-stream to #toasts). News passes by itself; what went
// wrong stays until it is put away or the page is left.
export function toast(text: string, urgent = false, way?: { words: string; href: string }) {
  const list = document.getElementById("toasts");
  // Said already and still to be read.
  if (!list || [...list.children].some(item => item.firstChild?.textContent === text)) return;
  const item = document.createElement("p");
  item.className = urgent ? "toast toast-bad" : "toast";
  item.textContent = text;
  if (way) {
    const link = document.createElement("a");
    link.href = way.href;
    link.textContent = way.words;
    item.append(" ", link);
  }
  list.append(item);
  return item;
}

/** The way on for somebody whose session has ended: back to this page afterwards. */
export const signIn = () => ({ words: "Sign in again", href: `/sign-in?${new URLSearchParams({ returnUrl: location.pathname + location.search })}` });

function close(item: HTMLElement) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "×";
  button.ariaLabel = "Close this message";
  button.addEventListener("click", () => item.remove());
  item.append(button);
}

export function startToasts() {
  let watched: Element | null = null;
  const watch = () => {
    const list = document.getElementById("toasts");
    if (!list || list === watched) return;
    watched = list;
    new MutationObserver(changes => {
      for (const node of changes.flatMap(change => [...change.addedNodes]))
        if (node instanceof HTMLElement && node.matches(".toast-bad")) close(node);
        else if (node instanceof HTMLElement) setTimeout(() => node.remove(), 6000);
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
