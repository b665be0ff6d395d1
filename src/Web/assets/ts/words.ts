// The words of the playground's form, kept in the tab from one page to the next and over a reload. Drafts of forms whose session has ended are in drafts.ts.
import { draftKey } from "./drafts";

export const words = ["prompt", "negativePrompt"];

/** The fields of the files that a form starts from. */
export const files = ["inputImageUrl", "inputVideoUrl", "inputAudioUrl"];

const key = (owner: string) => draftKey(owner, "words");
const named = (form: HTMLFormElement, name: string) => form.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[name=${name}]`);

/** The beginning of a key names the account, so that signing out, and anybody else's signing in, wipes it like every draft. */
export function keepWords(form: HTMLFormElement, owner: string) {
  try {
    sessionStorage.setItem(key(owner), JSON.stringify(Object.fromEntries(words.map(name => [name, named(form, name)?.value ?? ""]))));
  } catch {
    // Storage may be full or forbidden: then a reload forgets.
  }
}

/** Fills what is empty; whether there was a prompt. */
export function wordsOf(form: HTMLFormElement, owner: string) {
  const kept = JSON.parse(sessionStorage.getItem(key(owner)) ?? "{}") as Record<string, string>;
  for (const name of words) {
    const field = named(form, name);
    if (!field || field.value || !kept[name]) continue;
    field.value = kept[name];
    // Whoever is about to type here means to begin: their first letter replaces the old words instead of following them.
    if (document.activeElement === field) field.select();
  }
  return Boolean(kept.prompt);
}
