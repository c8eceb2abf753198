import { announce } from "../dom";

/** What the server sends: event "progress", data as JSON. */
interface Report { job: string; percent?: number | null; phase?: string; state?: "running" | "done" | "failed"; preview?: string }

// A browser opens six connections to a host, so all bars of one stream listen on one.
const streams = new Map<string, { source: EventSource; listeners: Set<(report: Report) => void> }>();

function listen(url: string, listener: (report: Report) => void): () => void {
  let stream = streams.get(url);
  if (!stream) {
    const source = new EventSource(url);
    const made = { source, listeners: new Set<(report: Report) => void>() };
    source.addEventListener("progress", (event: MessageEvent<string>) => {
      const report = JSON.parse(event.data) as Report;
      for (const each of made.listeners) each(report);
    });
    streams.set(url, (stream = made));
  }
  const { source, listeners } = stream;
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    source.close();
    streams.delete(url);
  };
}

/** Where a list of steps belongs to the bar, the one whose words the phase begins with is the current one. */
function step(element: HTMLElement, phase: string): void {
  const steps = [...(element.parentElement?.querySelectorAll<HTMLElement>("[data-steps] > li") ?? [])], at = steps.findIndex((each) => (each.dataset["phases"] ?? "").split("|").some((words) => phase.startsWith(words)));
  if (at >= 0) steps.forEach((each, i) => { if (i === at) each.setAttribute("aria-current", "step"); else each.removeAttribute("aria-current"); each.classList.toggle("past", i < at); });
}

/** A bar that follows a job; when the job ends it fires answerprint:finished, which htmx may listen for. */
export default function progress(element: HTMLElement): void | (() => void) {
  const url = element.dataset["stream"];
  const job = element.dataset["job"];
  if (!url) return;
  const bar = element.querySelector("progress");
  const percent = element.querySelector<HTMLElement>("[data-percent]");
  const phase = element.querySelector<HTMLElement>("[data-phase]");
  const preview = element.querySelector<HTMLImageElement>("[data-preview]");
  const name = element.querySelector(".name")?.textContent ?? "Job";
  if (phase) step(element, phase.textContent ?? "");
  const stop = listen(url, (report) => {
    if (job && report.job !== job) return;
    if (bar && report.percent != null) bar.value = report.percent;
    if (percent && report.percent != null) percent.textContent = `${Math.round(report.percent)} %`;
    if (phase && report.phase !== undefined) phase.textContent = report.phase;
    if (report.phase !== undefined) step(element, report.phase);
    if (preview && report.preview) {
      preview.src = report.preview;
      preview.hidden = false;
    }
    if (report.state) element.dataset["state"] = report.state;
    if (report.state === "done" || report.state === "failed") {
      announce(`${name}: ${report.state}`);
      stop();
      element.dispatchEvent(new CustomEvent("answerprint:finished", { bubbles: true, detail: report }));
    }
  });
  return stop;
}
