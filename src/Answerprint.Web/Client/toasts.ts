import { icon, make } from "./dom";

export type Tone = "good" | "note" | "wait" | "stop";
const icons: Record<Tone, string> = { good: "success", note: "info", wait: "escalate", stop: "error" };
const shownMs = 7000;

/** Shows a message in the corner; a wrong one stays until it is closed. */
export function toast(message: string, tone: Tone = "note"): void {
  const region = document.getElementById("toasts");
  if (!region) return;
  const close = make("button", { type: "button", class: "button ghost square small", "aria-label": "Close" }, icon("close"));
  const box = make("div", { class: `notice toast ${tone}` }, icon(icons[tone]), make("div", { class: "body" }, make("p", { class: "title" }, message)), make("div", { class: "actions" }, close));
  close.addEventListener("click", () => box.remove());
  region.append(box);
  if (tone !== "stop") setTimeout(() => box.remove(), shownMs);
}
