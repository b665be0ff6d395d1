// A form keeps what was typed when the answer to it is "your session has ended", and has it again after signing in;
// and when another form of its page was sent and the page is drawn anew.
import { toast } from "./toasts";

export type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Draft = { name: string; value: string; checked?: boolean }[];

const prefix = "draft ";

// Turbo says "load" once more for the page that is being left: what was kept there waits for the next document.
const kept = new Set<string>();

export function startDrafts() {
  document.addEventListener("turbo:before-fetch-response", event => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const { response } = (event as CustomEvent<{ fetchResponse: { response: Response } }>).detail.fetchResponse;
    if (response.redirected && new URL(response.url).pathname === "/sign-in") keep(form);
  });
  // Whoever signs out leaves nothing behind.
  document.addEventListener("submit", event => {
    if ((event.target as HTMLFormElement).getAttribute("action") === "/sign-out") forget(() => true);
  });
  for (const drawn of ["turbo:load", "turbo:frame-load"]) document.addEventListener(drawn, restore);
  let sent: EventTarget | null = null;
  document.addEventListener("turbo:submit-start", event => { sent = event.target; });
  document.addEventListener("turbo:before-render", event => {
    if (sent) carry((event as CustomEvent<{ newBody: HTMLElement }>).detail.newBody, sent);
    sent = null;
  });
  // A form answered in its place, and a page gone to by other ways, draw nothing anew.
  document.addEventListener("turbo:submit-end", event => {
    const { success, fetchResponse } = (event as CustomEvent<{ success: boolean; fetchResponse?: { redirected: boolean } }>).detail;
    if (success && !fetchResponse?.redirected) sent = null;
  });
  document.addEventListener("turbo:click", () => { sent = null; });
  document.addEventListener("turbo:visit", event => { if ((event as CustomEvent<{ action: string }>).detail.action === "restore") sent = null; });
}

/** From this page into the next drawing of it, for every form but the one that was sent. Forms that stand there twice cannot be told apart. */
function carry(next: HTMLElement, sent: EventTarget) {
  for (const form of forms(document)) {
    const typed = form === sent ? [] : fields(form).filter(changed);
    if (typed.length === 0) continue;
    const alike = (within: ParentNode) => forms(within).filter(other => other.getAttribute("action") === form.getAttribute("action"));
    const [again, ...more] = alike(next);
    if (again && more.length === 0 && alike(document).length === 1) fill(again, draftOf(typed));
  }
}

const forms = (within: ParentNode) => [...within.querySelectorAll<HTMLFormElement>("form[method=post]")];

/** Whether it says something else than the server wrote into it. */
export const changed = (field: Field) =>
  field instanceof HTMLSelectElement ? field.selectedIndex !== Math.max(0, [...field.options].findIndex(option => option.defaultSelected)) :
  ticked(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;

const draftOf = (typed: Field[]): Draft => typed.map(field => ({ name: field.name, value: field.value, ...(ticked(field) && { checked: field.checked }) }));

const account = () => document.querySelector<HTMLMetaElement>("meta[name=account]")?.content;

// The page that was open belongs to the account whose session has ended: only that account sees the words again.
export const draftKey = (owner: string, what: string) => `${prefix}${owner} ${what}`;

const keyOf = (form: HTMLFormElement, owner: string) => draftKey(owner, form.getAttribute("action") ?? "");

/** Words and choices of people. Nothing secret, nothing hidden, no files: those are not theirs to type again, or must not lie about. */
function fields(form: HTMLFormElement) {
  return [...form.elements].filter((field): field is Field =>
    field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement ||
    (field instanceof HTMLInputElement && !["hidden", "password", "file", "submit", "button", "reset", "image"].includes(field.type))
  ).filter(field => field.name && !field.name.startsWith("__") && !/one-time-code|password|cc-/.test(field.autocomplete));
}

const ticked = (field: Field): field is HTMLInputElement => field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");

function keep(form: HTMLFormElement) {
  const owner = account();
  if (!owner) return;
  const draft = draftOf(fields(form));
  if (draft.length === 0) return;
  try {
    sessionStorage.setItem(keyOf(form, owner), JSON.stringify(draft));
    kept.add(keyOf(form, owner));
  } catch {
    // No room, or no storage at all: signing in works as well.
  }
}

function restore() {
  const owner = account();
  if (!owner) {
    if (keys().length > 0) document.querySelectorAll("[data-drafts-kept]").forEach(words => words.removeAttribute("hidden"));
    return;
  }
  forget(key => !key.startsWith(`${prefix}${owner} `));
  for (const form of forms(document)) {
    const key = keyOf(form, owner);
    const draft = kept.has(key) ? null : sessionStorage.getItem(key);
    if (!draft) continue;
    sessionStorage.removeItem(key);
    fill(form, JSON.parse(draft) as Draft);
    toast("What you had typed is back.");
  }
}

function fill(form: HTMLFormElement, draft: Draft) {
  for (const field of fields(form)) {
    const at = draft.findIndex(typed => typed.name === field.name && (typed.checked === undefined || typed.value === field.value));
    if (at < 0) continue;
    const [typed] = draft.splice(at, 1);
    const before = ticked(field) ? field.checked : field.value;
    if (ticked(field)) field.checked = typed!.checked === true;
    else field.value = typed!.value;
    const fold = field.closest("details");
    if (fold && before !== (ticked(field) ? field.checked : field.value)) fold.open = true;
  }
  // Counters and prices follow what stands in the form.
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

const keys = () => {
  try {
    return Object.keys(sessionStorage).filter(key => key.startsWith(prefix));
  } catch {
    return [];
  }
};

const forget = (which: (key: string) => boolean) => keys().filter(which).forEach(key => sessionStorage.removeItem(key));
