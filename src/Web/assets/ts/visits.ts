// What a full page load would do by itself: focus, and answers that are not the frame that was asked for.
import { signIn, toast } from "./toasts";

export function startVisits() {
  // On a phone these rows are wider than the screen: they begin where the reader is.
  document.addEventListener("turbo:load", () =>
    document.querySelectorAll(".settings > nav [aria-current], .tabs [aria-current]").forEach(here => here.scrollIntoView({ block: "nearest", inline: "center" })));
  let body = document.body;
  document.addEventListener("turbo:load", () => {
    // A frame that changes the address is a visit too, but of the same page: the reading position stays.
    if (document.body === body) return;
    body = document.body;
    if (document.querySelector("[autofocus]")) return;
    // After a visit the reading position is the new page's heading, for screen readers and for Tab.
    const target = document.querySelector<HTMLElement>(".errors, main h1");
    target?.setAttribute("tabindex", "-1");
    target?.focus({ preventScroll: true });
  });

  // A frame answered by another page (the session has ended): show that page instead of "Content missing".
  document.addEventListener("turbo:frame-missing", event => {
    const { response, visit } = (event as CustomEvent<{ response: Response; visit: (to: string | Response) => void }>).detail;
    event.preventDefault();
    // Nobody asked for these: they refresh by themselves, and what is being written beside them must not be lost.
    if (!(event.target as Element).matches("#price, #code, #good-for, [data-live-src]")) visit(response);
    else if (new URL(response.url).pathname === "/sign-in") toast("Your session has ended.", true, signIn());
    else toast(`A part of this page could not be brought up to date (${response.headers.get("X-Request-Id") ?? response.status}).`, true, { words: "Load it anew", href: location.href });
  });
}
