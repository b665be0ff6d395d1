// One sprite of the icons we use, from Font Awesome Free (CC BY 4.0, notice kept in the file).
import { readFile } from "node:fs/promises";

const names = [
  "arrow-left", "arrow-right", "arrow-rotate-right", "arrow-up", "arrow-up-right-from-square", "arrows-left-right", "ban", "bell", "bolt", "chart-simple", "check",
  "chevron-down", "circle-exclamation", "circle-half-stroke", "clock", "code", "comments", "credit-card", "coins", "compass", "copy", "dice", "download", "ellipsis", "envelope",
  "expand", "eye", "eye-slash", "film", "fingerprint", "folder", "folder-plus", "gear", "heart", "hourglass-half", "image", "images", "key", "laptop",
  "layer-group", "link", "lock", "magnifying-glass", "microphone", "music", "paintbrush", "pen-ruler", "play", "plus", "right-from-bracket", "rotate",
  "scale-balanced", "share-nodes", "stop", "shield-halved", "shuffle", "sliders", "square-check", "trash-can", "triangle-exclamation", "user", "user-plus",
  "users", "wand-magic-sparkles", "xmark",
];

export async function sprite() {
  const symbols = await Promise.all(names.map(async name => {
    const svg = await readFile(new URL(`node_modules/@fortawesome/fontawesome-free/svgs/solid/${name}.svg`, import.meta.url), "utf8");
    const box = /viewBox="([^"]+)"/.exec(svg), paths = svg.match(/<path[^>]*\/>|<path[^>]*><\/path>/g);
    if (!box || !paths) throw new Error(`${name}.svg does not look as expected`);
    return `<symbol id="${name}" viewBox="${box[1]}">${paths.join("").replaceAll(' fill="currentColor"', "")}</symbol>`;
  }));
  const notice = "<!-- Icons: Font Awesome Free by @fontawesome, https://fontawesome.com, License: CC BY 4.0, https://fontawesome.com/license/free. Copyright Fonticons, Inc. -->";
  return `${notice}\n<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`;
}
