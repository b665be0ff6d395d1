import { Controller } from "@hotwired/stimulus";

/** Light, dark, and back to what the system says. */
export class ThemeController extends Controller<HTMLButtonElement> {
  connect() {
    this.element.hidden = false;
    this.name();
  }

  next() {
    const systemDark = matchMedia("(prefers-color-scheme: dark)").matches;
    const order = systemDark ? ["", "light", "dark"] : ["", "dark", "light"];
    const chosen = order[(order.indexOf(document.documentElement.dataset.theme ?? "") + 1) % 3];
    if (chosen) document.documentElement.dataset.theme = chosen;
    else delete document.documentElement.dataset.theme;
    if (chosen) localStorage.setItem("theme", chosen);
    else localStorage.removeItem("theme");
    this.name();
  }

  private name() {
    const label = `Theme: ${document.documentElement.dataset.theme ?? "as your system"}`;
    this.element.setAttribute("aria-label", label);
    this.element.title = label;
  }
}
