import { profile, report } from "./events";

// What was shown, where and with which probability, so that choices can be evaluated afterwards. An impression counts
// when half a tile has been in view for a second. Its id is the server's, so reporting it again is harmless.
interface Impression {
  id: string; titleId: string; artworkId?: string; row: string; rowPosition: number; position: number; probability: number; policy: string; view: string;
}

const dwellMs = 1000;
const flushMs = 5000;
// A page that goes away may send 64 KiB; an impression takes less than 400 bytes.
const batch = 100;
const mostKept = 1000;

export function startImpressions(): void {
  if (!profile() || !("IntersectionObserver" in window)) return;
  const waiting = new Map<Element, number>();
  const seen = new WeakSet<Element>();
  let queue: Impression[] = [];

  const flush = async (): Promise<void> => {
    while (queue.length > 0) {
      const part = queue.slice(0, batch);
      queue = queue.slice(batch);
      if (await report("impressions", { impressions: part })) continue;
      queue = [...part, ...queue].slice(0, mostKept);
      return;
    }
  };

  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const element = entry.target as HTMLElement;
      clearTimeout(waiting.get(element));
      waiting.delete(element);
      if (!entry.isIntersecting || seen.has(element)) continue;
      waiting.set(element, window.setTimeout(() => {
        seen.add(element);
        observer.unobserve(element);
        waiting.delete(element);
        const impression = read(element);
        if (impression) queue.push(impression);
        if (queue.length >= batch) void flush();
      }, dwellMs));
    }
  }, { threshold: 0.5 });

  const watch = (): void => document.querySelectorAll("[data-impression]").forEach((e) => { if (!seen.has(e)) observer.observe(e); });
  watch();
  document.body.addEventListener("htmx:after:swap", watch);
  window.setInterval(() => void flush(), flushMs);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") void flush(); });
  window.addEventListener("pagehide", () => void flush());
}

function read(element: HTMLElement): Impression | null {
  const data = element.dataset;
  const row = element.closest<HTMLElement>("[data-row]")?.dataset;
  const view = data["view"] ?? row?.["view"];
  if (!row || !data["impression"] || !data["title"] || !view) return null;
  return {
    id: data["impression"],
    titleId: data["title"],
    ...(data["artwork"] ? { artworkId: data["artwork"] } : {}),
    row: row["row"] ?? "",
    rowPosition: Number(row["rowPosition"]),
    position: Number(data["position"]),
    probability: Number(data["probability"]),
    policy: row["policy"] ?? "",
    view,
  };
}

/** Remembers which showing a viewer followed, so that a play can name what led to it. */
export function rememberFollowed(): void {
  document.addEventListener("click", (event) => {
    const tile = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-impression]") : null;
    const { impression, title } = tile?.dataset ?? {};
    if (!impression || !title) return;
    try {
      sessionStorage.setItem("followed", JSON.stringify({ impression, title }));
    } catch {
      // Storage may be closed; then a play names nothing.
    }
  });
}

/** The showing that led to this title, if the last one followed was of it. */
export function followed(title: string): string | undefined {
  try {
    const last = JSON.parse(sessionStorage.getItem("followed") ?? "null") as { impression?: string; title?: string } | null;
    return last?.title === title ? last.impression : undefined;
  } catch {
    return undefined;
  }
}
