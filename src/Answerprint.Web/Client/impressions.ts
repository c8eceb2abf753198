// What was shown, where and with which probability, so that choices can be evaluated afterwards. An impression counts
// when half a tile has been in view for a second.
import { beacon } from "./requests";

interface Impression { title: string; row: string; position: number; probability?: number; artwork?: string; at: string }

const dwellMs = 1000;
const flushMs = 5000;
const batch = 50;

export function startImpressions(): void {
  const sink = document.querySelector<HTMLElement>("[data-impressions-url]")?.dataset["impressionsUrl"];
  if (!sink || !("IntersectionObserver" in window)) return;
  const waiting = new Map<Element, number>();
  const seen = new WeakSet<Element>();
  let queue: Impression[] = [];

  const flush = (): void => {
    while (queue.length > 0) {
      const part = queue.slice(0, batch);
      queue = queue.slice(batch);
      beacon(sink, { impressions: part });
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
        queue.push(read(element));
        if (queue.length >= batch) flush();
      }, dwellMs));
    }
  }, { threshold: 0.5 });

  const watch = (root: ParentNode): void => root.querySelectorAll("[data-impression]").forEach((e) => { if (!seen.has(e)) observer.observe(e); });
  watch(document);
  document.body.addEventListener("htmx:after:swap", () => watch(document));
  window.setInterval(flush, flushMs);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") flush(); });
}

function read(element: HTMLElement): Impression {
  const data = element.dataset;
  const probability = Number(data["probability"]);
  return {
    title: data["impression"] ?? "",
    row: element.closest<HTMLElement>("[data-row]")?.dataset["row"] ?? "hero",
    position: Number(data["position"] ?? 0),
    ...(Number.isFinite(probability) && probability > 0 ? { probability } : {}),
    ...(data["artwork"] ? { artwork: data["artwork"] } : {}),
    at: new Date().toISOString(),
  };
}
