import { Controller } from "@hotwired/stimulus";

// Not in the library's types yet.
interface Passkeys {
  parseCreationOptionsFromJSON(options: unknown): PublicKeyCredentialCreationOptions;
  parseRequestOptionsFromJSON(options: unknown): PublicKeyCredentialRequestOptions;
  isConditionalMediationAvailable?(): Promise<boolean>;
}

/** A form whose hidden field takes a passkey: on the settings page a new one, on the sign-in page any that belongs here. */
export class PasskeyController extends Controller<HTMLFormElement> {
  static targets = ["credential", "button", "submit", "problem", "missing"];
  static values = { options: String, offer: Boolean };
  declare readonly credentialTarget: HTMLInputElement;
  declare readonly buttonTarget: HTMLButtonElement;
  declare readonly submitTarget: HTMLButtonElement;
  declare readonly problemTarget: HTMLElement;
  declare readonly missingTargets: HTMLElement[];
  declare readonly optionsValue: string;
  declare readonly offerValue: boolean;
  private waiting?: AbortController;

  connect() {
    const known = passkeys();
    if (!known) return;
    this.buttonTarget.hidden = false;
    this.missingTargets.forEach(element => (element.hidden = true));
    if (this.offerValue) void this.offer(known);
  }

  disconnect() {
    this.waiting?.abort();
  }

  async add() {
    const known = passkeys();
    if (known) await this.ask(async options => navigator.credentials.create({ publicKey: known.parseCreationOptionsFromJSON(options), signal: this.waiting!.signal }));
  }

  async use() {
    const known = passkeys();
    if (known) await this.ask(async options => navigator.credentials.get({ publicKey: known.parseRequestOptionsFromJSON(options), signal: this.waiting!.signal }));
  }

  /** Passkeys among what the browser offers for the email field. It waits quietly and says nothing when nobody takes one. */
  private async offer(known: Passkeys) {
    if (!(await known.isConditionalMediationAvailable?.())) return;
    await this.ask(
      options => navigator.credentials.get({ publicKey: known.parseRequestOptionsFromJSON(options), mediation: "conditional", signal: this.waiting!.signal } as CredentialRequestOptions),
      true,
    );
  }

  private async ask(answer: (options: unknown) => Promise<Credential | null>, quietly = false) {
    // One question at a time: the browser refuses a second one.
    this.waiting?.abort();
    const waiting = (this.waiting = new AbortController());
    this.problemTarget.hidden = true;
    try {
      const token = this.element.querySelector<HTMLInputElement>("input[name=__RequestVerificationToken]")!;
      const response = await fetch(this.optionsValue, { method: "POST", body: new URLSearchParams({ [token.name]: token.value }), signal: waiting.signal });
      if (!response.ok) throw new Error(response.headers.get("Content-Type")?.startsWith("text/plain") ? await response.text() : "");
      const credential = (await answer(await response.json())) as (PublicKeyCredential & { toJSON(): unknown }) | null;
      if (!credential || waiting.signal.aborted) return;
      this.credentialTarget.value = JSON.stringify(credential);
      this.submitTarget.hidden = false;
      this.element.requestSubmit(this.submitTarget);
      this.submitTarget.hidden = true;
    } catch (error) {
      if (quietly || waiting.signal.aborted) return;
      this.problemTarget.textContent = words(error as Error);
      this.problemTarget.hidden = false;
    }
  }
}

function passkeys(): Passkeys | null {
  const known = (window as unknown as { PublicKeyCredential?: Passkeys }).PublicKeyCredential;
  return known && "parseRequestOptionsFromJSON" in known ? known : null;
}

function words(error: Error) {
  if (error.name === "InvalidStateError") return "This device has a passkey for your account already.";
  if (error.name === "NotAllowedError") return "No passkey was chosen. Try again when you are ready.";
  return (error.name === "Error" && error.message) || "The passkey could not be used. Try again.";
}
