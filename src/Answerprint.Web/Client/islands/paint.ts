import { announce, clamp, isTyping } from "../dom";
import { apply, counts, type Operation } from "../paintops";
import { detail, tokenHeaders } from "../requests";
import { toast } from "../toasts";
import type { Point } from "../strokes";

type Tool = "brush" | "lasso" | "polygon" | "fill" | "eraser";

const longestMask = 2048;
const longestLayout = 640;
const mostOperations = 400;
const maskInk = "#ff5a4a";
const keys: Record<string, Tool> = { b: "brush", l: "lasso", p: "polygon", f: "fill", e: "eraser" };

/** Paints a mask over a plate, or a layout on a blank canvas; what was painted is handed in when its form is sent. */
export default function paint(root: HTMLElement): void | (() => void) {
  const area = root.querySelector<HTMLElement>("[data-paint-area]");
  const stage = root.querySelector<HTMLElement>("[data-paint-stage]") ?? area;
  const canvas = root.querySelector("canvas");
  const context = canvas?.getContext("2d", { willReadFrequently: true });
  const field = root.querySelector<HTMLInputElement>(`input[name=${root.dataset["field"] ?? ""}]`);
  const form = root.closest("form");
  if (!area || !stage || !canvas || !context || !field || !form) return;
  const isMask = root.dataset["kind"] === "mask";
  const state = root.querySelector<HTMLElement>("[data-paint-state]");
  const size = root.querySelector<HTMLInputElement>("[data-size]");
  const stopping = new AbortController();
  const on = { signal: stopping.signal };
  let operations: Operation[] = [];
  let undone: Operation[] = [];
  let tool: Tool = "brush";
  let line: Point[] = [];
  let pointer: Point | undefined;
  let zoom = 1;
  let sent = true;

  const shape = (): void => {
    const aspectOf = root.dataset["aspectFrom"];
    const chosen = aspectOf ? Number(form.querySelector<HTMLSelectElement>(`[name=${aspectOf}]`)?.value) : 0;
    const first = document.querySelector<HTMLImageElement>("[data-chosen] img");
    const own = Number(root.dataset["width"]) / Number(root.dataset["height"]);
    const aspect = own > 0 ? own : chosen > 0 ? chosen : first && first.naturalWidth > 0 ? first.naturalWidth / first.naturalHeight : 16 / 9;
    const longest = isMask ? Math.min(longestMask, Math.max(Number(root.dataset["width"]), Number(root.dataset["height"]))) : longestLayout;
    canvas.width = Math.max(1, Math.round(aspect >= 1 ? longest : longest * aspect));
    canvas.height = Math.max(1, Math.round(aspect >= 1 ? longest / aspect : longest));
    redraw();
  };
  const redraw = (): void => {
    context.clearRect(0, 0, canvas.width, canvas.height);
    const from = Math.max(0, operations.findLastIndex((operation) => operation.tool === "clear"));
    for (const operation of operations.slice(from)) apply(context, operation);
    if (line.length > 0) pending();
    else if (pointer && (tool === "brush" || tool === "eraser")) ring(pointer);
  };
  const ink = (): string => isMask ? maskInk : (root.querySelector<HTMLInputElement>("input[name=ink]:checked")?.value ?? root.querySelector<HTMLInputElement>("[data-own-ink]")?.value ?? "#808080");
  const width = (): number => (Math.max(canvas.width, canvas.height) * 0.16 * (Number(size?.value ?? 24) / 100) ** 1.5) + 2;
  const pending = (): void => {
    if (tool === "brush" || tool === "eraser") apply(context, { tool, ink: ink(), width: width(), points: line });
    else {
      context.globalAlpha = 0.5;
      apply(context, { tool: "polygon", ink: ink(), points: pointer && tool === "polygon" ? [...line, pointer] : line });
      context.globalAlpha = 1;
      context.lineWidth = Math.max(1, canvas.width / 500);
      context.strokeStyle = "#fff";
      context.beginPath();
      line.forEach((p, i) => (i === 0 ? context.moveTo(p.x, p.y) : context.lineTo(p.x, p.y)));
      if (pointer && tool === "polygon") context.lineTo(pointer.x, pointer.y);
      context.stroke();
    }
  };
  const ring = (at: Point): void => {
    for (const [colour, thick] of [["#000", 3], ["#fff", 1.25]] as const) {
      context.strokeStyle = colour;
      context.lineWidth = (thick * canvas.width) / Math.max(1, canvas.clientWidth);
      context.beginPath();
      context.arc(at.x, at.y, width() / 2, 0, Math.PI * 2);
      context.stroke();
    }
  };
  const did = (operation: Operation): void => {
    if (operations.length >= mostOperations) return toast(`A painting holds ${mostOperations} strokes; undo some, or clear it.`, "stop");
    operations.push(operation);
    undone = [];
    changed();
  };
  const changed = (): void => {
    sent = false;
    redraw();
    const n = [...counts(operations).values()].reduce((sum, each) => sum + each, 0);
    state?.classList.replace("wrong", "quiet");
    if (state) state.textContent = n === 0 ? (isMask ? "Nothing is painted yet." : "No layout: the arrangement is left to chance.") : `${n} stroke${n === 1 ? "" : "s"}, handed in under your name when you press the button.`;
  };
  const undo = (): void => {
    const last = operations.pop();
    if (!last) return;
    undone.push(last);
    changed();
    announce("Undone");
  };
  const redo = (): void => {
    const again = undone.pop();
    if (!again) return;
    operations.push(again);
    changed();
    announce("Done again");
  };
  const choose = (next: Tool): void => {
    if (!root.querySelector(`[data-tool=${next}]`)) return;
    tool = next;
    line = [];
    for (const button of root.querySelectorAll<HTMLElement>("[data-tool]")) button.setAttribute("aria-pressed", String(button.dataset["tool"] === tool));
    redraw();
  };
  const close = (): void => {
    if (line.length > 2 && (tool === "polygon" || tool === "lasso")) did({ tool, ink: ink(), points: line });
    line = [];
    redraw();
  };
  const magnify = (factor: number): void => {
    if (!isMask) return;
    const [x, y] = [(area.scrollLeft + area.clientWidth / 2) / stage.clientWidth, (area.scrollTop + area.clientHeight / 2) / stage.clientHeight];
    zoom = factor === 0 ? 1 : clamp(zoom * factor, 1, 8);
    stage.style.width = `${zoom * 100}%`;
    area.scrollLeft = x * stage.clientWidth - area.clientWidth / 2;
    area.scrollTop = y * stage.clientHeight - area.clientHeight / 2;
    redraw();
  };
  const place = (event: PointerEvent | MouseEvent): Point => {
    const box = canvas.getBoundingClientRect();
    return { x: ((event.clientX - box.left) / box.width) * canvas.width, y: ((event.clientY - box.top) / box.height) * canvas.height };
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.focus({ preventScroll: true });
    const at = place(event);
    if (tool === "fill") return did({ tool, ink: ink(), at });
    if (tool === "polygon") line.push(at);
    else {
      canvas.setPointerCapture(event.pointerId);
      line = [at];
    }
    redraw();
  }, on);
  canvas.addEventListener("pointermove", (event) => {
    pointer = place(event);
    if (line.length > 0 && tool !== "polygon") {
      // Safari has no coalesced events on a synthetic move.
      const moves = event.getCoalescedEvents?.() ?? [];
      for (const each of moves.length > 0 ? moves : [event]) line.push(place(each));
    }
    redraw();
  }, on);
  canvas.addEventListener("pointerup", () => {
    if (line.length === 0 || tool === "polygon") return;
    if (tool === "brush" || tool === "eraser") {
      const points = line;
      line = [];
      did({ tool, ink: ink(), width: width(), points });
    } else close();
  }, on);
  canvas.addEventListener("pointercancel", () => {
    line = [];
    redraw();
  }, on);
  canvas.addEventListener("pointerleave", () => {
    pointer = undefined;
    if (line.length === 0 || tool === "polygon") redraw();
  }, on);
  canvas.addEventListener("dblclick", close, on);
  area.addEventListener("wheel", (event) => {
    if (!isMask || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    magnify(event.deltaY < 0 ? 1.25 : 0.8);
  }, { passive: false, signal: stopping.signal });
  root.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("button") : null;
    if (!button) return;
    const next = button.dataset["tool"] as Tool | undefined;
    if (next) choose(next);
    else if ("undo" in button.dataset) undo();
    else if ("redo" in button.dataset) redo();
    else if ("clear" in button.dataset) {
      field.value = "";
      did({ tool: "clear" });
    } else if ("zoomIn" in button.dataset) magnify(1.5);
    else if ("zoomOut" in button.dataset) magnify(1 / 1.5);
    else if ("zoomFit" in button.dataset) magnify(0);
  }, on);
  root.querySelector<HTMLInputElement>("[data-own-ink]")?.addEventListener("input", () => {
    for (const each of root.querySelectorAll<HTMLInputElement>("input[name=ink]")) each.checked = false;
  }, on);
  size?.addEventListener("input", redraw, on);
  root.querySelector<HTMLInputElement>("[data-upload]")?.addEventListener("change", async (event) => {
    const file = (event.target as HTMLInputElement).files?.[0];
    if (!file) return;
    try {
      did({ tool: "picture", image: await createImageBitmap(file) });
    } catch {
      toast(`'${file.name}' is no picture that this browser can read.`, "stop");
    }
  }, on);
  root.addEventListener("keydown", (event) => {
    if (isTyping(event.target)) return;
    const letter = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && letter === "z") event.shiftKey ? redo() : undo();
    else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (keys[letter]) choose(keys[letter]);
    else if (event.key === "[" || event.key === "]") {
      if (size) size.value = String(Number(size.value) + (event.key === "]" ? 6 : -6));
      redraw();
    } else if (event.key === "+" || event.key === "=") magnify(1.5);
    else if (event.key === "-") magnify(1 / 1.5);
    else if (event.key === "Enter" && line.length > 0) close();
    else if (event.key === "Escape" && line.length > 0) {
      line = [];
      redraw();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }, on);
  if (!isMask) form.querySelector(`[name=${root.dataset["aspectFrom"] ?? ""}]`)?.addEventListener("change", shape, on);

  const png = async (): Promise<Blob> => {
    line = [];
    pointer = undefined;
    redraw();
    const flat = new OffscreenCanvas(canvas.width, canvas.height);
    const to = flat.getContext("2d");
    if (!to) throw new Error("This browser cannot draw.");
    // A mask is white on black; what a layout leaves bare is middle grey, which leans nowhere.
    to.fillStyle = isMask ? "#000" : "#808080";
    to.fillRect(0, 0, flat.width, flat.height);
    to.drawImage(canvas, 0, 0);
    if (isMask) {
      const own = context.getImageData(0, 0, canvas.width, canvas.height);
      const image = to.getImageData(0, 0, flat.width, flat.height);
      for (let i = 0; i < own.data.length; i += 4) image.data[i] = image.data[i + 1] = image.data[i + 2] = (own.data[i + 3] ?? 0) >= 128 ? 255 : 0;
      to.putImageData(image, 0, 0);
    }
    return flat.convertToBlob({ type: "image/png" });
  };
  const hand = async (): Promise<boolean> => {
    const tools = [...counts(operations)].map(([name, n]) => `${name}:${n}`).join(",");
    const query = new URLSearchParams({ production: root.dataset["production"] ?? "", kind: root.dataset["kind"] ?? "", tools });
    if (root.dataset["over"]) query.set("over", root.dataset["over"]);
    const answer = await fetch(`/api/v1/paintings?${query}`, { method: "POST", body: await png(), headers: { "Content-Type": "image/png", ...tokenHeaders() } });
    if (!answer.ok) {
      toast(detail(await answer.text()) ?? `The painting was not taken (${answer.status}).`, "stop");
      return false;
    }
    field.value = ((await answer.json()) as { id: string }).id;
    sent = true;
    return true;
  };
  form.addEventListener("submit", (event) => {
    if (isMask && counts(operations).size === 0 && field.value === "") {
      event.preventDefault();
      if (state) state.textContent = "Nothing is painted yet: paint over what is to go, then fill.";
      state?.classList.replace("quiet", "wrong");
      canvas.focus({ preventScroll: true });
      announce("Nothing is painted yet");
      state?.scrollIntoView({ block: "nearest" });
      return;
    }
    if (sent || counts(operations).size === 0) return;
    event.preventDefault();
    const submitter = event.submitter;
    void hand().then((taken) => taken && form.requestSubmit(submitter), () => toast("The painting could not be handed in. Nothing was changed; try again.", "stop"));
  }, on);

  const video = root.querySelector<HTMLVideoElement>("video[data-backdrop]");
  const frame = form.querySelector<HTMLInputElement>("[data-frame]");
  const seek = (): void => {
    const rate = Number(root.dataset["rate"]) || 24;
    if (video && frame) video.currentTime = (Math.max(0, Number(frame.value)) + 0.5) / rate;
  };
  const scrub = root.querySelector<HTMLInputElement>("[data-scrub]");
  scrub?.addEventListener("input", () => {
    if (frame) frame.value = scrub.value;
    seek();
  }, on);
  frame?.addEventListener("input", () => {
    if (scrub) scrub.value = frame.value;
    seek();
  }, on);
  if (video) {
    if (video.readyState >= 1) seek();
    video.addEventListener("loadedmetadata", seek, on);
  }
  shape();
  return () => stopping.abort();
}
