import { toast } from "./toasts";

// Tokens, repeated clicks and failures of forms that Turbo sends.
export function startForms() {
  document.addEventListener("turbo:before-fetch-request", event => {
    const { fetchOptions } = (event as CustomEvent<{ fetchOptions: { method: string; headers: Record<string, string> } }>).detail;
    const token = document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content;
    if (token && fetchOptions.method.toUpperCase() !== "GET") fetchOptions.headers["RequestVerificationToken"] = token;
  });

  document.addEventListener("turbo:fetch-request-error", () => toast("We could not reach the server. Check your connection and try again.", true));

  // An invalid form comes back at 422: go to what is wrong.
  document.addEventListener("turbo:render", focusErrors);
  document.addEventListener("turbo:frame-render", focusErrors);
}

function focusErrors() {
  document.querySelector<HTMLElement>("main [aria-invalid=true]")?.focus();
}
