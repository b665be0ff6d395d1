// Turbo ships no types; this is what we use of it.
declare module "@hotwired/turbo" {
  export interface FrameElement extends HTMLElement {
    src: string | null;
    loaded: Promise<void>;
    reload(): Promise<void>;
  }
  export function renderStreamMessage(message: string): void;
  export function morphTurboFrameElements(current: Element, next: Element): void;
}
