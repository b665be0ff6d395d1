import { Controller } from "@hotwired/stimulus";
import * as Turbo from "@hotwired/turbo";

/** Shows an answer while it is written. Everything else about the page is the server's: at the end it is drawn anew, with what was kept and what it cost. */
export class ChatController extends Controller<HTMLElement> {
  static targets = ["form", "message", "submit", "stop", "turns", "said", "question", "answer", "starters"];
  static values = { here: String };
  declare readonly formTarget: HTMLFormElement;
  declare readonly messageTarget: HTMLTextAreaElement;
  declare readonly submitTarget: HTMLButtonElement;
  declare readonly stopTarget: HTMLButtonElement;
  declare readonly turnsTarget: HTMLElement;
  declare readonly saidTarget: HTMLElement;
  declare readonly questionTarget: HTMLTemplateElement;
  declare readonly answerTarget: HTMLTemplateElement;
  declare readonly startersTargets: HTMLElement[];
  declare readonly hasFormTarget: boolean;
  declare hereValue: string;
  private connection?: AbortController;
  private after = "";

  connect() {
    if (!this.hasFormTarget) return;
    // What was said once is not said again when the page is loaded anew.
    if (location.search === "?broke=yes") this.address(location.pathname);
    if (this.turnsTarget.childElementCount > 0) scrollTo({ top: document.body.scrollHeight });
    // On a phone the keyboard would cover what there is to read.
    if (matchMedia("(hover: hover)").matches) this.messageTarget.focus({ preventScroll: true });
  }

  disconnect() {
    this.connection?.abort();
  }

  /** Enter sends and Shift + Enter begins a line; Escape stops. */
  key(event: KeyboardEvent) {
    if (event.key === "Escape" && this.connection) void this.stop();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.target !== this.messageTarget) return;
    event.preventDefault();
    if (!event.repeat && !this.connection) this.formTarget.requestSubmit(this.submitTarget);
  }

  send(event: SubmitEvent) {
    event.preventDefault();
    if (this.connection) return;
    const by = event.submitter as HTMLButtonElement | null;
    const again = by?.hasAttribute("formaction") ?? false;
    void this.ask(again ? by!.formAction : this.formTarget.action, again);
  }

  async stop() {
    const stopped = this.hereValue && await fetch(`${this.hereValue}/stop`, { method: "POST", body: new URLSearchParams({ __RequestVerificationToken: this.token }) }).then(answer => answer.ok, () => false);
    // Another node is writing it, or nobody knows yet what to stop: whoever hangs up stops it as well.
    if (!stopped) this.connection?.abort();
  }

  private async ask(address: string, again: boolean) {
    const connection = this.connection = new AbortController();
    const body = new URLSearchParams(new FormData(this.formTarget) as unknown as Record<string, string>);
    const words = this.messageTarget.value;
    const drawn = this.draw(again ? null : words);
    this.busy(true);
    try {
      const response = await fetch(address, { method: "POST", body, signal: connection.signal, headers: { Accept: "text/event-stream, text/vnd.turbo-stream.html" } });
      const kind = response.headers.get("Content-Type") ?? "";
      if (kind.startsWith("text/event-stream")) await this.read(response, drawn.text);
      else {
        drawn.undo();
        if (!again) this.messageTarget.value = words;
        if (kind.startsWith("text/vnd.turbo-stream.html")) Turbo.renderStreamMessage(await response.text());
        else if (response.redirected) location.assign(response.url);
        else this.complain("That did not work. Try again in a moment.");
        this.busy(false);
        return;
      }
    } catch {
      if (!connection.signal.aborted) this.complain("The connection was lost. What was written until then is kept.");
      // What has been said is written down before long.
      await new Promise(later => setTimeout(later, 500));
    }
    // Whoever has gone on to another page is not brought back.
    if (this.connection !== connection || !this.element.isConnected) return;
    this.busy(false);
    this.saidTarget.textContent = "Answered.";
    if (this.hereValue) Turbo.visit(this.hereValue + this.after, { action: "replace" });
  }

  private async read(response: Response, into: HTMLElement) {
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const events = (rest + value).split("\n\n");
      rest = events.pop()!;
      for (const event of events) {
        const [, name, data] = /^event: (\w+)\ndata: (.*)$/s.exec(event)!;
        this.take(name!, JSON.parse(data!) as string, into);
      }
    }
  }

  private take(name: string, data: string, into: HTMLElement) {
    if (name === "at") {
      this.hereValue = data;
      this.after = "";
      this.address(data);
    } else if (name === "html") {
      const below = document.documentElement.scrollHeight - innerHeight - scrollY < 120;
      into.innerHTML = data;
      if (below) scrollTo({ top: document.documentElement.scrollHeight });
    } else if (data) this.after = "?broke=yes";
  }

  /** The question, which the server has not written down yet, and a place for the answer. */
  private draw(words: string | null) {
    const before = [...this.turnsTarget.childNodes].map(node => node.cloneNode(true));
    this.startersTargets.forEach(starters => (starters.hidden = true));
    if (words === null) {
      const last = this.turnsTarget.lastElementChild;
      if (last && !last.matches(".question")) last.remove();
    } else {
      const question = this.questionTarget.content.firstElementChild!.cloneNode(true) as HTMLElement;
      question.querySelector("p")!.textContent = words.trim();
      this.turnsTarget.append(question);
      this.messageTarget.value = "";
    }
    const answer = this.answerTarget.content.firstElementChild!.cloneNode(true) as HTMLElement;
    this.turnsTarget.append(answer);
    scrollTo({ top: document.documentElement.scrollHeight });
    return {
      text: answer.querySelector<HTMLElement>(".markdown")!,
      undo: () => {
        this.turnsTarget.replaceChildren(...before);
        this.startersTargets.forEach(starters => (starters.hidden = false));
      },
    };
  }

  private busy(is: boolean) {
    if (!is) this.connection = undefined;
    else {
      document.getElementById("chat-errors")!.replaceChildren();
      this.saidTarget.textContent = "The answer is being written.";
    }
    this.submitTarget.hidden = is;
    this.stopTarget.hidden = !is;
    this.formTarget.toggleAttribute("aria-busy", is);
  }

  private complain(words: string) {
    const note = document.createElement("p");
    note.className = "errors";
    note.setAttribute("role", "alert");
    note.textContent = words;
    document.getElementById("chat-errors")!.replaceChildren(note);
  }

  private address(path: string) {
    Turbo.session.history.replace(new URL(path, location.href), Turbo.session.history.restorationIdentifier);
  }

  private get token() {
    return this.formTarget.querySelector<HTMLInputElement>("[name=__RequestVerificationToken]")!.value;
  }
}
