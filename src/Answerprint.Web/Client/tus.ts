import { detail, tokenHeaders } from "./requests";

// A client of the tus resumable upload protocol 1.0 (tus.io): create with POST, send with PATCH at an offset, ask the
// offset with HEAD. An upload survives a lost connection, a pause, and a closed tab: its address is kept by file.
const version = "1.0.0";
const chunkBytes = 16 * 1024 * 1024;
const mostRetries = 8;
const longestWaitMs = 30_000;
// Trying again would not help: somebody has to make room. What was sent is kept, and the upload goes on from there.
const diskFull = 507;

export type UploadState = "waiting" | "sending" | "paused" | "retrying" | "done" | "failed";
export interface UploadReport { state: UploadState; sent: number; message?: string }

class Refused extends Error {}

export class Upload {
  #location: string | undefined;
  #request: XMLHttpRequest | undefined;
  #wake: (() => void) | undefined;
  #state: UploadState = "waiting";
  #sent = 0;

  constructor(
    readonly file: File,
    readonly path: string,
    private readonly url: string,
    private readonly metadata: Record<string, string>,
    private readonly onReport: (report: UploadReport) => void,
  ) {}

  get state(): UploadState { return this.#state; }
  get location(): string | undefined { return this.#location; }

  /** Sends until the file has arrived, someone pauses, or it fails for good. */
  async run(): Promise<void> {
    let tries = 0;
    while (!this.#stopped()) {
      try {
        this.#tell("sending");
        await this.#open();
        await this.#send(() => { tries = 0; });
        if (this.#stopped()) return;
        localStorage.removeItem(this.#key);
        this.#tell("done");
        return;
      } catch (error) {
        if (this.#stopped()) return;
        if (error instanceof Refused || ++tries > mostRetries) {
          this.#tell("failed", error instanceof Error ? error.message : "The upload failed.");
          return;
        }
        this.#tell("retrying");
        await this.#rest(Math.min(longestWaitMs, 500 * 2 ** tries));
      }
    }
  }

  pause(): void {
    this.#tell("paused");
    this.#request?.abort();
    this.#wake?.();
  }

  /** Ready to be run again, after a pause or a failure. */
  resume(): void {
    this.#tell("waiting");
  }

  /** Stops and asks the server to forget what it has. */
  async cancel(): Promise<void> {
    this.pause();
    localStorage.removeItem(this.#key);
    if (this.#location) await fetch(this.#location, { method: "DELETE", headers: { "Tus-Resumable": version, ...tokenHeaders() } }).catch(() => undefined);
  }

  get #key(): string {
    return `upload:${this.url}:${this.path}:${this.file.size}:${this.file.lastModified}`;
  }

  #stopped(): boolean {
    return this.#state === "paused" || this.#state === "failed";
  }

  #tell(state: UploadState, message?: string): void {
    this.#state = state;
    this.onReport({ state, sent: this.#sent, ...(message === undefined ? {} : { message }) });
  }

  #rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => { clearTimeout(timer); resolve(); };
    });
  }

  async #open(): Promise<void> {
    this.#location ??= localStorage.getItem(this.#key) ?? undefined;
    if (this.#location) {
      const head = await fetch(this.#location, { method: "HEAD", headers: { "Tus-Resumable": version }, cache: "no-store" });
      const offset = Number(head.headers.get("Upload-Offset") ?? NaN);
      if (head.ok && Number.isInteger(offset) && offset >= 0 && offset <= this.file.size) {
        this.#sent = offset;
        return;
      }
      if (head.status >= 500) throw new Error("The server is not ready.");
      this.#location = undefined;
    }
    const made = await fetch(this.url, {
      method: "POST",
      headers: { "Tus-Resumable": version, "Upload-Length": String(this.file.size), "Upload-Metadata": encode(this.metadata), ...tokenHeaders() },
    });
    if (made.status >= 500 && made.status !== diskFull) throw new Error(await reason(made));
    const location = made.headers.get("Location");
    if (!made.ok || !location) throw new Refused(await reason(made));
    this.#location = new URL(location, new URL(this.url, document.baseURI)).href;
    this.#sent = 0;
    localStorage.setItem(this.#key, this.#location);
  }

  async #send(onChunk: () => void): Promise<void> {
    // An empty file is complete as soon as it is made.
    while (this.#sent < this.file.size && !this.#stopped()) {
      this.#sent = await this.#patch(this.file.slice(this.#sent, this.#sent + chunkBytes), this.#sent);
      onChunk();
      if (!this.#stopped()) this.#tell("sending");
    }
  }

  // XMLHttpRequest, because fetch does not tell how much of a body has gone out.
  #patch(part: Blob, offset: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const request = (this.#request = new XMLHttpRequest());
      request.open("PATCH", this.#location ?? "");
      for (const [name, value] of Object.entries(tokenHeaders())) request.setRequestHeader(name, value);
      request.setRequestHeader("Tus-Resumable", version);
      request.setRequestHeader("Upload-Offset", String(offset));
      request.setRequestHeader("Content-Type", "application/offset+octet-stream");
      request.upload.onprogress = (event) => this.onReport({ state: "sending", sent: offset + event.loaded });
      request.onload = () => {
        const next = Number(request.getResponseHeader("Upload-Offset") ?? NaN);
        if (request.status === 204 && next > offset) resolve(next);
        else if ((request.status >= 500 && request.status !== diskFull) || [409, 423, 429].includes(request.status)) reject(new Error("The server is busy."));
        else reject(new Refused(detail(request.responseText) ?? `The server refused the file (${request.status}).`));
      };
      request.onerror = request.ontimeout = () => reject(new Error("The connection was lost."));
      request.onabort = () => reject(new Error("Paused."));
      request.send(part);
    });
  }
}

/** Upload-Metadata: keys in clear, values in base64 of UTF-8. */
function encode(metadata: Record<string, string>): string {
  const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  return Object.entries(metadata).map(([key, value]) => (value === "" ? key : `${key} ${base64(value)}`)).join(",");
}

async function reason(response: Response): Promise<string> {
  return detail(await response.text().catch(() => "")) ?? `The server refused the file (${response.status}).`;
}
