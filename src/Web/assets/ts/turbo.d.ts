// Turbo ships no types; this is what we use of it.
declare module "@hotwired/turbo" {
  export interface FrameElement extends HTMLElement {
    src: string | null;
    loaded: Promise<void>;
    reload(): Promise<void>;
  }
  export function visit(location: string, options?: { action?: "advance" | "replace" }): void;
  export function renderStreamMessage(message: string): void;
  export const session: { history: { replace(location: URL, restorationIdentifier: string): void; restorationIdentifier: string }; view: { lastRenderedLocation: URL } };
  export function morphTurboFrameElements(current: Element, next: Element): void;
}
