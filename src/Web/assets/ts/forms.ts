import { toast } from "./toasts";

// Tokens, repeated clicks and failures of forms that Turbo sends.
export function startForms() {
  document.addEventListener("turbo:before-fetch-request", event => {
    const { fetchOptions } = (event as CustomEvent<{ fetchOptions: { method: string; headers: Record<string, string> } }>).detail;
    const token = document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content;
    if (token && fetchOptions.method.toUpperCase() !== "GET") fetchOptions.headers["RequestVerificationToken"] = token;
  });

  let unreached: HTMLElement | undefined;
  document.addEventListener("turbo:fetch-request-error", () => (unreached = toast("We could not reach the server. Check your connection and try again.", true) ?? unreached));
  document.addEventListener("turbo:before-fetch-response", () => unreached?.remove());

  // A filter that says nothing is not part of the address.
  document.addEventListener("formdata", event => {
    if ((event.target as HTMLFormElement).method !== "get") return;
    for (const name of new Set(event.formData.keys())) {
      const said = event.formData.getAll(name).filter(value => value !== "");
      event.formData.delete(name);
      said.forEach(value => event.formData.append(name, value));
    }
  });

  // An invalid form comes back at 422: go to what is wrong. A frame that was drawn anew (the price, a card) speaks for itself only.
  document.addEventListener("turbo:render", () => focusError(document.querySelector("main")));
  document.addEventListener("turbo:frame-render", event => focusError(event.target as Element));
}

function focusError(within: Element | null) {
  within?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
}
