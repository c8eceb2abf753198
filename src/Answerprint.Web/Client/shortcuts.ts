import { make } from "./dom";

const everywhere: [string, string][] = [["/", "Search"], ["?", "This list"], ["Esc", "Close what is open"], ["← →", "Along a row, a filmstrip or a wipe"]];
const player: [string, string][] = [
  ["Space or K", "Play or pause"], ["J and L", "10 seconds back or forward"], ["← →", "5 seconds back or forward"], [", and .", "One frame back or forward, paused"],
  ["↑ ↓", "Louder or softer"], ["M", "Sound on or off"], ["C", "Subtitles"], ["F", "Full screen"], ["0 to 9", "To that tenth of the film"],
];
const painting: [string, string][] = [
  ["B L P F E", "Brush, lasso, polygon, fill, eraser"], ["[ ]", "Smaller or larger brush"], ["Ctrl Z", "Undo; with Shift, do again"], ["+ -", "Zoom in or out"], ["Enter", "Close a polygon"],
];
const board: [string, string][] = [
  ["← → ↑ ↓", "Move over the drafts"], ["K", "Keep"], ["X", "Discard"], ["U", "Take the last word back"], ["C", "Compare: press it on two"], ["N", "Note"], ["M", "More like this"], ["R", "Refine to 2048 pixels"], ["Enter", "Open"],
];
const drawing: [string, string][] = [["Ctrl Z", "Undo the last stroke"]];

/** Lists the keys that do something on this page. */
export function showShortcuts(): void {
  document.getElementById("shortcuts")?.remove();
  const keys = [...everywhere, ...(document.querySelector(".player") ? player : []), ...(document.querySelector(".drawing") ? drawing : []), ...(document.querySelector(".drafts") ? board : []), ...(document.querySelector(".paintarea") ? painting : [])];
  const list = make("dl", { class: "shortcuts" });
  for (const [key, does] of keys) list.append(make("dt", {}, make("kbd", {}, key)), make("dd", {}, does));
  const close = make("button", { type: "button", class: "button plain", "data-dialog-close": true, autofocus: true }, "Close");
  const dialog = make(
    "dialog",
    { class: "dialog", id: "shortcuts", "aria-labelledby": "shortcuts-title" },
    make("header", {}, make("h2", { id: "shortcuts-title" }, "Keyboard shortcuts")),
    make("div", { class: "body" }, list),
    make("footer", {}, close),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
