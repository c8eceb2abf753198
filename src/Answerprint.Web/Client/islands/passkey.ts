import { tokenHeaders } from "../requests";
import type { Island } from "../islands";

interface Answer {
  location?: string;
  detail?: string;
}

/** Both passkey ceremonies: data-ceremony is "sign-in" or "register"; a button marked data-passkey begins it. Stays hidden where the browser has none. */
const passkey: Island = (element) => {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON || !navigator.credentials) return;
  const registers = element.dataset["ceremony"] === "register";
  const button = element.querySelector<HTMLButtonElement>("[data-passkey]");
  const problem = element.querySelector<HTMLElement>("[data-passkey-problem]");
  if (!button) return;
  element.hidden = false;

  const run = async (event: Event): Promise<void> => {
    event.preventDefault();
    const form = element instanceof HTMLFormElement ? element : null;
    if (form && !form.reportValidity()) return;
    say(problem, "");
    button.disabled = true;
    try {
      const base = registers ? "/account/passkeys" : "/sign-in/passkey";
      const credential = registers ? await create(await post(`${base}/options`)) : await get(await post(`${base}/options`));
      const name = form?.querySelector<HTMLInputElement>("[name=passkeyName]")?.value;
      const answer = (await post(base, { value: credential, name, returnTo: element.dataset["returnTo"] })) as Answer;
      window.location.assign(answer.location ?? "/");
    } catch (error) {
      say(problem, wordsFor(error));
      button.disabled = false;
    }
  };
  // A form also submits by the return key.
  element.addEventListener(element instanceof HTMLFormElement ? "submit" : "click", (event) => {
    if (event.type === "submit" || (event.target instanceof Element && event.target.closest("[data-passkey]"))) void run(event);
  });
};

async function create(options: unknown): Promise<unknown> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON);
  const made = await navigator.credentials.create({ publicKey });
  return (made as PublicKeyCredential).toJSON();
}

async function get(options: unknown): Promise<unknown> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON);
  const found = await navigator.credentials.get({ publicKey });
  return (found as PublicKeyCredential).toJSON();
}

async function post(url: string, body?: unknown): Promise<unknown> {
  const headers: Record<string, string> = { ...tokenHeaders(), Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const response = await fetch(url, { method: "POST", headers, body: body === undefined ? null : JSON.stringify(body) });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error((answer as Answer).detail ?? "The server did not take the passkey.");
  return answer;
}

function wordsFor(error: unknown): string {
  if (error instanceof DOMException && error.name === "NotAllowedError") return "No passkey was used: it was cancelled or took too long.";
  if (error instanceof DOMException && error.name === "InvalidStateError") return "This device already has a passkey for this account.";
  return error instanceof Error ? error.message : "The passkey could not be used.";
}

function say(where: HTMLElement | null, words: string): void {
  if (!where) return;
  where.textContent = words;
  where.hidden = words.length === 0;
}

export default passkey;
