import { Controller } from "@hotwired/stimulus";

const remembered = "language";

/** The documentation's choice of a language works without this; here it is kept for the next page. */
export class LanguageController extends Controller<HTMLElement> {
  static targets = ["choice"];
  declare readonly choiceTargets: HTMLInputElement[];

  connect() {
    const last = localStorage.getItem(remembered);
    const choice = this.choiceTargets.find(input => input.value === last);
    if (choice) choice.checked = true;
    // Small screens begin with the text, not with the contents.
    if (matchMedia("(max-width: 60rem)").matches) this.element.querySelector(".docs-menu")?.removeAttribute("open");
  }

  choose(event: Event) {
    localStorage.setItem(remembered, (event.target as HTMLInputElement).value);
  }
}
