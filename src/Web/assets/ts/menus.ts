// <details class="menu"> opens without us; we close it on Escape, on a click elsewhere and before a snapshot.
export function startMenus() {
  const open = () => document.querySelectorAll<HTMLDetailsElement>("details.menu[open]");
  document.addEventListener("click", event => {
    for (const menu of open()) if (!menu.contains(event.target as Node)) menu.open = false;
  });
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
  document.addEventListener("turbo:before-cache", () => open().forEach(menu => (menu.open = false)));
}
