import type { Application, ControllerConstructor } from "@hotwired/stimulus";
import { type Field, changed } from "./drafts";

export type Lazy = Record<string, () => Promise<ControllerConstructor>>;

/** Controllers of single pages: fetched when the first element names them, however it came onto the page. */
export function startLazy(stimulus: Application, controllers: Lazy) {
  // One in a task: a page with a dozen of them would not listen to its first tap while all of them begin.
  let turn = Promise.resolve();
  const register = (name: string, controller: ControllerConstructor) => {
    turn = turn.then(() => new Promise<void>(next => setTimeout(next))).then(() => {
      stimulus.register(name, controller);
      tell(name);
    });
  };
  const look = (element: Element) => {
    for (const name of (element.getAttribute("data-controller") ?? "").split(/\s+/)) {
      const fetch = controllers[name];
      if (!fetch) continue;
      delete controllers[name];
      void fetch().then(controller => register(name, controller), () => (controllers[name] = fetch));
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

/** On a slow line people type, choose and tick before a controller is there: it hears of that when it comes. */
function tell(name: string) {
  for (const field of document.querySelectorAll<Field>(`[data-controller~=${name}] :is(input, select, textarea)`))
    if (changed(field)) for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
}
