// What a full page load would do by itself: focus, and answers that are not the frame that was asked for.
export function startVisits() {
  let first = true;
  document.addEventListener("turbo:load", () => {
    // After a visit the reading position is the new page's heading, for screen readers and for Tab.
    if (!first && !document.querySelector("[autofocus]")) {
      const target = document.querySelector<HTMLElement>(".errors, main h1");
      target?.setAttribute("tabindex", "-1");
      target?.focus({ preventScroll: true });
    }
    first = false;
  });

  // A frame answered by another page (the session has ended): show that page instead of "Content missing".
  document.addEventListener("turbo:frame-missing", event => {
    const { response, visit } = (event as CustomEvent<{ response: Response; visit: (to: string | Response) => void }>).detail;
    event.preventDefault();
    visit(response);
  });
}
