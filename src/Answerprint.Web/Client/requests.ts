import { toast, type Tone } from "./toasts";

interface Answer { ctx: { request: { method: string; headers: Record<string, string> }; response?: { headers: Headers; raw: Response } } }

/** The antiforgery token of this page, as headers; every request that changes something carries it. */
export function tokenHeaders(): Record<string, string> {
  const token = document.querySelector<HTMLMetaElement>("meta[name=request-token]")?.content;
  return token ? { RequestVerificationToken: token } : {};
}

/** Sends a record that must go out even while the page is being left. */
export function beacon(url: string, record: unknown): void {
  void fetch(url, { method: "POST", keepalive: true, headers: { "Content-Type": "application/json", ...tokenHeaders() }, body: JSON.stringify(record) }).catch(() => undefined);
}

/**
 * Gives htmx the token, and reads two things off every answer: a toast, from HX-Trigger: {"toast":{"message":"Saved",
 * "tone":"good"}}, and problem details, which are said instead of swapped into the page.
 */
export function startRequests(): void {
  document.addEventListener("htmx:config:request", (event) => {
    Object.assign((event as CustomEvent<Answer>).detail.ctx.request.headers, tokenHeaders());
  });
  document.addEventListener("htmx:before:response", (event) => {
    const response = (event as CustomEvent<Answer>).detail.ctx.response;
    if (!response) return;
    const said = toastIn(response.headers.get("HX-Trigger"));
    if (said?.message) toast(said.message, said.tone ?? "note");
    if (!response.headers.get("Content-Type")?.startsWith("application/problem+json")) return;
    event.preventDefault();
    void response.raw.text().then((body) => toast(detail(body) ?? `The server answered ${response.raw.status}.`, "stop"));
  });
  document.addEventListener("htmx:error", () => toast("The server could not be reached. Nothing was changed; try again.", "stop"));
}

function toastIn(header: string | null): { message?: string; tone?: Tone } | undefined {
  if (!header?.startsWith("{")) return undefined;
  try {
    return (JSON.parse(header) as { toast?: { message?: string; tone?: Tone } }).toast;
  } catch {
    return undefined;
  }
}

/** The words of an application/problem+json answer. */
export function detail(body: string): string | undefined {
  try {
    const problem = JSON.parse(body) as { detail?: unknown; title?: unknown };
    const words = problem.detail ?? problem.title;
    return typeof words === "string" ? words : undefined;
  } catch {
    return undefined;
  }
}
