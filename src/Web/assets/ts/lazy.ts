import type { Application, ControllerConstructor } from "@hotwired/stimulus";

export type Lazy = Record<string, () => Promise<ControllerConstructor>>;

/** Controllers of single pages: fetched when the first element names them, however it came onto the page. */
export function startLazy(stimulus: Application, controllers: Lazy) {
  const look = (element: Element) => {
    for (const name of (element.getAttribute("data-controller") ?? "").split(/\s+/)) {
      const fetch = controllers[name];
      if (!fetch) continue;
      delete controllers[name];
      void fetch().then(controller => stimulus.register(name, controller), () => (controllers[name] = fetch));
    }
  };
  const within = (root: Element | Document) => root.querySelectorAll("[data-controller]").forEach(look);
  within(document);
  new MutationObserver(changes => {
    for (const node of changes.flatMap(change => [...change.addedNodes]))
      if (node instanceof Element) {
        look(node);
        within(node);
      }
  }).observe(document.documentElement, { childList: true, subtree: true });
}
