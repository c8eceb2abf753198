import { clamp, clock } from "../dom";

/** Frames under the pointer or the arrow keys. The sheet is fetched when it is first wanted. */
export default function filmstrip(element: HTMLElement): void {
  const data = element.dataset;
  const columns = Number(data["columns"]);
  const rows = Number(data["rows"]);
  const count = Number(data["count"]);
  const seconds = Number(data["seconds"]);
  const head = element.querySelector<HTMLElement>(".head");
  const timecode = element.querySelector<HTMLElement>("[data-tc]");
  const still = timecode?.textContent ?? "";
  let sheet: HTMLImageElement | undefined;
  let frame = 0;

  function show(next: number): void {
    if (!sheet) {
      sheet = new Image();
      sheet.className = "sheet";
      sheet.alt = "";
      sheet.decoding = "async";
      sheet.style.width = `${columns * 100}%`;
      sheet.style.height = `${rows * 100}%`;
      sheet.addEventListener("load", () => element.classList.add("scrubbing"));
      sheet.src = data["src"] ?? "";
      element.querySelector("img")?.after(sheet);
    } else if (sheet.complete) {
      element.classList.add("scrubbing");
    }
    frame = clamp(next, 0, count - 1);
    sheet.style.transform = `translate(${(-(frame % columns) / columns) * 100}%, ${(-Math.floor(frame / columns) / rows) * 100}%)`;
    if (head) head.style.left = `${((frame + 0.5) / count) * 100}%`;
    if (timecode && seconds > 0) timecode.textContent = clock((frame / Math.max(1, count - 1)) * seconds);
    element.setAttribute("aria-valuenow", String(frame + 1));
    element.setAttribute("aria-valuetext", `Frame ${frame + 1} of ${count}`);
  }

  function rest(): void {
    element.classList.remove("scrubbing");
    if (timecode) timecode.textContent = still;
  }

  element.addEventListener("pointermove", (event) => {
    const box = element.getBoundingClientRect();
    show(Math.floor(((event.clientX - box.left) / box.width) * count));
  });
  element.addEventListener("pointerleave", rest);
  element.addEventListener("blur", rest);
  element.addEventListener("keydown", (event) => {
    const to: Record<string, number> = { ArrowRight: frame + 1, ArrowLeft: frame - 1, PageDown: frame + 10, PageUp: frame - 10, Home: 0, End: count - 1 };
    const next = to[event.key];
    if (next === undefined) return;
    event.preventDefault();
    show(next);
  });
}
