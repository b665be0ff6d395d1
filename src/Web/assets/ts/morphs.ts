// A live frame is morphed into what the server drew. What the reader or a controller did to it meanwhile stays.
export function startMorphs() {
  document.addEventListener("turbo:before-morph-element", event => {
    if (touched(event.target as Element)) event.preventDefault();
  });
  document.addEventListener("turbo:before-morph-attribute", event => {
    const { attributeName } = (event as CustomEvent<{ attributeName: string }>).detail;
    const opened = attributeName === "open" && event.target instanceof HTMLDetailsElement;
    const shown = attributeName === "hidden" && event.target instanceof HTMLButtonElement;
    if (opened || shown) event.preventDefault();
  });
}

const touched = (field: Element) =>
  (field instanceof HTMLTextAreaElement && field.value !== field.defaultValue) ||
  (field instanceof HTMLInputElement && (field.value !== field.defaultValue || field.checked !== field.defaultChecked));
