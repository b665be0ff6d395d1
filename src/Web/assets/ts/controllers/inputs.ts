import { Controller } from "@hotwired/stimulus";
import * as Turbo from "@hotwired/turbo";
import { signIn, toast } from "../toasts";

const streams = "text/vnd.turbo-stream.html";

/** Files for a run or a comparison: chosen, dropped, pasted or picked from the library. What is in a place is always drawn by the server. */
export class InputsController extends Controller<HTMLFormElement> {
  static targets = ["dialog"];
  declare readonly dialogTarget: HTMLDialogElement;
  private readonly running = new Set<XMLHttpRequest>();
  private slot = "";

  disconnect() {
    this.running.forEach(request => request.abort());
  }

  chosen(event: Event) {
    const field = event.target as HTMLInputElement, file = field.files?.[0];
    if (file) this.upload(file, field.closest<HTMLElement>("[data-slot]")!);
    field.value = "";
  }

  over(event: DragEvent) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.element.classList.add("dropping");
  }

  left(event: DragEvent) {
    if (!this.element.contains(event.relatedTarget as Node | null)) this.element.classList.remove("dropping");
  }

  dropped(event: DragEvent) {
    this.element.classList.remove("dropping");
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    this.take(file, (event.target as Element).closest<HTMLElement>("[data-slot]"));
  }

  pasted(event: ClipboardEvent) {
    const file = event.clipboardData?.files[0];
    // A copied part of a page has text and a picture of it: into a field goes the text.
    if (!file || (event.clipboardData!.types.includes("text/plain") && (event.target as Element).closest("input, textarea"))) return;
    event.preventDefault();
    this.take(file, null);
  }

  /** A run would start without the file that is still on its way. */
  hold(event: Event) {
    if (this.running.size === 0) return;
    event.preventDefault();
    toast("Your file is still being uploaded.");
  }

  remove(event: Event) {
    event.preventDefault();
    const slot = (event.currentTarget as Element).closest<HTMLElement>("[data-slot]")!.dataset.slot!;
    this.parent("");
    void this.draw(slot, {}).then(() => this.place(slot)?.querySelector<HTMLElement>("input[type=file]")?.focus());
  }

  browse(event: Event) {
    event.preventDefault();
    const link = event.currentTarget as HTMLAnchorElement;
    this.slot = link.closest<HTMLElement>("[data-slot]")!.dataset.slot!;
    this.dialogTarget.querySelector<Turbo.FrameElement>("turbo-frame")!.src = link.getAttribute("href")!;
    this.dialogTarget.showModal();
  }

  pick(event: Event) {
    const pick = (event.target as Element).closest<HTMLElement>("a[data-value]");
    if (!pick) return;
    event.preventDefault();
    this.close();
    this.parent(pick.dataset.parent ?? "");
    const slot = this.slot;
    void this.draw(slot, { [pick.dataset.field!]: pick.dataset.value! }).then(() => this.place(slot)?.querySelector("button")?.focus());
  }

  close() {
    this.dialogTarget.close();
  }

  private take(file: File, at: HTMLElement | null) {
    const places = [...this.element.querySelectorAll<HTMLElement>("[data-slot]")].filter(place => accepts(place, file));
    const place = at ?? places.find(one => !one.classList.contains("full")) ?? places[0];
    if (place) this.upload(file, place);
    else toast("This takes no such file. Choose something else to make, for example Image to image.", true);
  }

  private upload(file: File, place: HTMLElement) {
    const slot = place.dataset.slot!, most = Number(place.dataset.max);
    if (!accepts(place, file)) return void toast(`${file.name} is of a kind that is not taken here.`, true);
    if (file.size > most) return void toast(`${file.name} is too large: your plan takes files of up to ${Math.round(most / 1e6)} MB here.`, true);
    const body = new FormData(), request = new XMLHttpRequest();
    for (const name of ["type", "provider", "model"]) body.set(name, this.field(name));
    body.set("slot", slot);
    body.set("file", file);
    request.open("POST", `${this.desk}/upload`);
    request.setRequestHeader("Accept", streams);
    request.setRequestHeader("RequestVerificationToken", document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content ?? "");
    request.upload.onprogress = event => {
      const bar = this.place(slot)?.querySelector("progress");
      if (!bar) return;
      bar.hidden = false;
      bar.value = (100 * event.loaded) / event.total;
    };
    request.onloadend = () => {
      this.running.delete(request);
      this.place(slot)?.querySelector("progress")?.setAttribute("hidden", "");
      if (request.getResponseHeader("Content-Type")?.startsWith(streams)) this.arrived(request);
      else if (request.responseURL.includes("/sign-in")) toast("Your session has ended.", true, signIn());
      else if (this.element.isConnected) toast(request.status === 413 ? `${file.name} is too large.` : `${file.name} could not be uploaded (${request.getResponseHeader("X-Request-Id") ?? "the server was not reached"}). Try again.`, true);
    };
    this.running.add(request);
    request.send(body);
  }

  private arrived(request: XMLHttpRequest) {
    if (request.status === 200) this.parent("");
    Turbo.renderStreamMessage(request.responseText);
    requestAnimationFrame(() => this.changed());
  }

  private async draw(slot: string, given: Record<string, string>) {
    const frame = document.getElementById(`input-${slot}`) as Turbo.FrameElement;
    const fields = new URLSearchParams({ slot, type: this.field("type"), provider: this.field("provider"), model: this.field("model"), ...given });
    const address = `${this.desk}/input?${fields}`;
    if (frame.getAttribute("src") === address) await frame.reload();
    else frame.src = address;
    await frame.loaded;
    this.changed();
  }

  private changed() {
    this.element.dispatchEvent(new Event("change"));
  }

  /** The page that the form belongs to serves its places. */
  private get desk() {
    return this.element.getAttribute("action")!;
  }

  private place(slot: string) {
    return this.element.querySelector<HTMLElement>(`[data-slot="${slot}"]`);
  }

  private field(name: string) {
    return String(new FormData(this.element).get(name) ?? "");
  }

  /** What a run descends from goes with the file that it starts from. */
  private parent(id: string) {
    const field = this.element.querySelector<HTMLInputElement>("input[type=hidden][name=parentId]");
    if (field) field.value = id;
  }
}

const accepts = (place: HTMLElement, file: File) => (place.dataset.accept ?? "").split(",").includes(file.type);
