import { announce, isTyping, make } from "../dom";
import { detail, tokenHeaders } from "../requests";
import { toast } from "../toasts";

interface Report { job: string; percent?: number; phase?: string; state?: string; preview?: string }
interface Word { draft: string; kept: string }

/** A board of drafts: they come in as they are made; keys and buttons keep, discard, compare and lead on. */
export default function board(root: HTMLElement): () => void {
  const stopping = new AbortController();
  const on = { signal: stopping.signal };
  const href = root.dataset["board"] ?? "";
  const mayMake = root.dataset["mayMake"] === "1";
  const words: Word[] = [];
  let compared: string[] = [];
  let show = "all";
  let source: EventSource | undefined;

  const tiles = (): HTMLElement[] => [...root.querySelectorAll<HTMLElement>(".draft")];
  const seen = (): HTMLElement[] => tiles().filter((tile) => !tile.hidden);
  const tileOf = (draft: string): HTMLElement | null => root.querySelector<HTMLElement>(`.draft[data-draft="${draft}"]`);
  const waiting = (): HTMLElement[] => tiles().filter((tile) => tile.classList.contains("waiting"));
  const current = (): HTMLElement | null => (document.activeElement instanceof HTMLElement ? document.activeElement.closest<HTMLElement>(".draft") : null);

  const filter = (): void => {
    for (const tile of tiles()) {
      const kept = tile.dataset["kept"];
      tile.hidden = show === "kept" ? kept !== "true" : show === "open" ? kept !== "" : false;
    }
    const all = tiles();
    const kept = all.filter((tile) => tile.dataset["kept"] === "true").length;
    const counts: Record<string, number> = { all: all.length, kept, open: all.filter((tile) => tile.dataset["kept"] === "").length };
    for (const count of document.querySelectorAll<HTMLElement>("[data-count]")) count.textContent = String(counts[count.dataset["count"] ?? ""] ?? "");
    document.querySelector("[data-none]")?.toggleAttribute("hidden", seen().length > 0);
    const lede = document.querySelector(".pagehead .lede");
    const coming = waiting().length;
    if (lede) lede.textContent = `${all.length} draft${all.length === 1 ? "" : "s"} for ${root.dataset["of"] ?? ""}${coming > 0 ? `, ${coming} still to come` : ""}${kept > 0 ? `, ${kept} kept` : ""}.`;
    for (const button of document.querySelectorAll<HTMLElement>("[data-show]")) button.setAttribute("aria-pressed", String(button.dataset["show"] === show));
  };
  const mark = (): void => {
    for (const tile of tiles()) {
      const chosen = compared.includes(tile.dataset["draft"] ?? "");
      tile.classList.toggle("compared", chosen);
      tile.querySelector("[data-act=compare]")?.setAttribute("aria-pressed", String(chosen));
    }
  };
  const swap = (tile: HTMLElement, html: string): HTMLElement | null => {
    const hadFocus = tile.contains(document.activeElement);
    const next = new DOMParser().parseFromString(html, "text/html").querySelector<HTMLElement>(".draft");
    if (!next) return null;
    tile.replaceWith(next);
    if (hadFocus) next.focus({ preventScroll: true });
    filter();
    mark();
    return next;
  };
  const refresh = async (tile: HTMLElement): Promise<void> => {
    const answer = await fetch(`${href}/drafts/${tile.dataset["draft"]}`, { headers: { Accept: "text/html" } });
    if (!answer.ok || !tile.isConnected) return;
    const next = swap(tile, await answer.text());
    if (next && !next.classList.contains("waiting")) announce(next.getAttribute("aria-label") ?? "");
    if (waiting().length === 0) document.querySelector<HTMLElement>("[data-cancel-all]")?.setAttribute("hidden", "");
  };
  const follow = (): void => {
    if (waiting().length === 0) return;
    source = new EventSource(root.dataset["stream"] ?? "");
    source.addEventListener("progress", (event: MessageEvent<string>) => {
      const report = JSON.parse(event.data) as Report;
      for (const tile of waiting().filter((each) => each.dataset["job"] === report.job)) {
        if (report.state && !["queued", "running", "waiting"].includes(report.state)) {
          void refresh(tile);
          continue;
        }
        const bar = tile.querySelector("progress");
        if (bar && report.percent != null) bar.value = report.percent;
        const phase = tile.querySelector("[data-phase]");
        if (phase && report.phase !== undefined) phase.textContent = report.phase;
        const preview = tile.querySelector<HTMLImageElement>("[data-preview]");
        if (preview && report.preview) {
          preview.src = report.preview;
          preview.hidden = false;
        }
      }
      if (waiting().length === 0) source?.close();
    });
  };
  // What ended between the page and its stream is not told again after a minute: look once in a while.
  const look = window.setInterval(() => {
    for (const tile of waiting()) void refresh(tile);
  }, 15000);

  const decide = async (tile: HTMLElement, kept: string, note?: string): Promise<void> => {
    const before = tile.dataset["kept"] ?? "";
    const draft = tile.dataset["draft"] ?? "";
    const body = new URLSearchParams({ kept });
    if (note !== undefined) body.set("note", note);
    try {
      const answer = await fetch(`${href}/drafts/${draft}/decide`, { method: "POST", body, headers: { "X-Answerprint-Part": "tile", ...tokenHeaders() } });
      if (!answer.ok) return toast(detail(await answer.text()) ?? `The server answered ${answer.status}.`, "stop");
      swap(tile, await answer.text());
      if (note === undefined && before !== kept) words.push({ draft, kept: before });
      announce(note !== undefined ? "Noted" : kept === "true" ? "Kept" : kept === "false" ? "Discarded; U takes it back" : "Undecided");
    } catch {
      toast("The server could not be reached. Nothing was changed; try again.", "stop");
    }
  };
  const undo = (): void => {
    const last = words.pop();
    const tile = last ? tileOf(last.draft) : null;
    if (!last || !tile) return announce("Nothing to take back");
    void decide(tile, last.kept).then(() => {
      // Taking back is not itself something to take back.
      words.pop();
      tileOf(last.draft)?.focus();
    });
  };
  const compare = (tile: HTMLElement): void => {
    const draft = tile.dataset["draft"] ?? "";
    if (!tile.dataset["poster"]) return;
    compared = compared.includes(draft) ? compared.filter((each) => each !== draft) : [...compared, draft].slice(-2);
    mark();
    if (compared.length === 2) window.location.assign(`${href}/compare?pick=${compared[0]}&pick=${compared[1]}`);
    else announce(compared.length === 1 ? "One chosen to compare; choose another" : "None chosen to compare");
  };
  const write = (tile: HTMLElement): void => {
    const area = make("textarea", { class: "input", rows: 4, maxlength: 1000, "aria-label": "Note" });
    area.value = tile.querySelector(".note")?.textContent?.trim() ?? "";
    const save = make("button", { type: "button", class: "button primary" }, "Save note");
    const dialog = make("dialog", { class: "dialog", "aria-label": "Note" }, make("header", {}, make("h2", {}, "Note")), make("div", { class: "body" }, area),
      make("footer", {}, make("button", { type: "button", class: "button ghost", "data-dialog-close": true }, "Cancel"), save));
    save.addEventListener("click", () => {
      dialog.close();
      const fresh = tileOf(tile.dataset["draft"] ?? "") ?? tile;
      void decide(fresh, fresh.dataset["kept"] ?? "", area.value);
    });
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    area.focus();
  };
  const cancel = async (tile: HTMLElement): Promise<void> => {
    const answer = await fetch(`/api/v1/jobs/${tile.dataset["job"]}/cancel`, { method: "POST", headers: tokenHeaders() });
    if (!answer.ok && answer.status !== 409) return toast(detail(await answer.text()) ?? "It could not be stopped.", "stop");
    await refresh(tile);
  };
  const move = (from: HTMLElement, key: string): void => {
    const all = seen();
    const at = all.indexOf(from);
    const top = from.getBoundingClientRect().top;
    const columns = Math.max(1, all.filter((tile) => Math.abs(tile.getBoundingClientRect().top - top) < 4).length);
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[key] ?? 0;
    all[Math.min(all.length - 1, Math.max(0, at + step))]?.focus();
  };
  const toggle = (tile: HTMLElement, word: string): void => void decide(tile, tile.dataset["kept"] === word ? "" : word);

  const act = (tile: HTMLElement, what: string): boolean => {
    if (what === "compare") compare(tile);
    else if (!mayMake) return false;
    else if (what === "cancel") void cancel(tile);
    else if (!tile.dataset["href"]) return false;
    else if (what === "keep") toggle(tile, "true");
    else if (what === "discard") toggle(tile, "false");
    else if (what === "note") write(tile);
    else return false;
    return true;
  };
  root.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-act]") : null;
    const tile = button?.closest<HTMLElement>(".draft");
    if (button && tile && act(tile, button.dataset["act"] ?? "")) event.preventDefault();
  }, on);
  const letters: Record<string, string> = { k: "keep", x: "discard", c: "compare", n: "note" };
  document.addEventListener("keydown", (event) => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target instanceof Element && event.target.closest("[data-island=paint]")) return;
    const tile = current();
    const letter = event.key.toLowerCase();
    if (letter === "u" && mayMake) undo();
    else if (!tile) {
      // The first arrow goes to the first draft, unless it belongs to something else.
      if (!["ArrowRight", "ArrowDown"].includes(event.key) || document.activeElement !== document.body) return;
      seen()[0]?.focus();
    } else if (event.key.startsWith("Arrow")) move(tile, event.key);
    else if (event.key === "Enter" && event.target === tile && tile.dataset["href"]) window.location.assign(tile.dataset["href"]);
    else if (letter === "m" || letter === "r") tile.querySelector<HTMLButtonElement>(`[data-act=${letter === "m" ? "like" : "refine"}]`)?.click();
    else if (!letters[letter] || !act(tile, letters[letter])) return;
    event.preventDefault();
  }, on);
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-show]") : null;
    if (!button) return;
    show = button.dataset["show"] ?? "all";
    filter();
    announce(`${seen().length} drafts are shown`);
  }, on);
  follow();
  return () => {
    window.clearInterval(look);
    source?.close();
    stopping.abort();
  };
}
