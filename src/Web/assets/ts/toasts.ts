// Short messages at the edge of the page, read out politely. The server may append them too (turbo-stream to #toasts).
export function toast(text: string, urgent = false) {
  const list = document.getElementById("toasts");
  if (!list) return;
  const item = document.createElement("p");
  item.className = urgent ? "toast toast-bad" : "toast";
  item.textContent = text;
  list.append(item);
}

export function watchToasts() {
  const list = document.getElementById("toasts");
  if (!list) return;
  new MutationObserver(changes => {
    for (const node of changes.flatMap(change => [...change.addedNodes]))
      if (node instanceof HTMLElement) setTimeout(() => node.remove(), 6000);
  }).observe(list, { childList: true });
}
