import { Controller } from "@hotwired/stimulus";

const key = "announcements-closed";

/** What somebody has closed does not come again in this browser. */
export class AnnouncementController extends Controller<HTMLElement> {
  static values = { id: String };
  static targets = ["close"];
  declare readonly idValue: string;
  declare readonly closeTarget: HTMLElement;

  connect() {
    if (closed().includes(this.idValue)) this.element.remove();
    else this.closeTarget.hidden = false;
  }

  close() {
    // Old ones go: nobody announces that much.
    localStorage.setItem(key, [...closed(), this.idValue].slice(-20).join(" "));
    this.element.remove();
  }
}

function closed() {
  return (localStorage.getItem(key) ?? "").split(" ");
}
