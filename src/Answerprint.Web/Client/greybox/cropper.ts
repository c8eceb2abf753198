import { clamp, make } from "../dom";

export interface Part { asset: string; metres: number; x: number; y: number; width: number; height: number; frame: number; turn?: number; mirror?: boolean; corners?: number[] }

const round = (value: number): number => Math.round(value * 10000) / 10000;

/** The part of a reference that shows the material, drawn on it with the pointer; numbers beside it do the same. With four corners each is a handle. */
export function cropper(source: string | undefined, part: Part, before: () => void, after: () => void): HTMLElement {
  const frame = make("span", { class: "gb-crop" }), box = make("div", { class: "gb-cropper" }, ...(source ? [make("img", { src: source, alt: "", draggable: "false" })] : []));
  const at = (event: PointerEvent): [number, number] => {
    const bounds = box.getBoundingClientRect();
    return [clamp((event.clientX - bounds.left) / bounds.width, 0, 1), clamp((event.clientY - bounds.top) / bounds.height, 0, 1)];
  };
  if (part.corners) {
    box.append(...corners(part.corners, at, before, after));
    return box;
  }
  box.append(frame);
  const place = (): void => { Object.assign(frame.style, { left: `${part.x * 100}%`, top: `${part.y * 100}%`, width: `${part.width * 100}%`, height: `${part.height * 100}%` }); };
  place();
  box.addEventListener("pointerdown", (event) => {
    const [x0, y0] = at(event);
    box.setPointerCapture(event.pointerId);
    before();
    const move = (e: PointerEvent): void => {
      const [x, y] = at(e);
      Object.assign(part, { x: round(Math.min(x, x0)), y: round(Math.min(y, y0)), width: round(Math.max(0.02, Math.abs(x - x0))), height: round(Math.max(0.02, Math.abs(y - y0))) });
      part.x = Math.min(part.x, round(1 - part.width));
      part.y = Math.min(part.y, round(1 - part.height));
      place();
    };
    box.addEventListener("pointermove", move);
    box.addEventListener("pointerup", () => { box.removeEventListener("pointermove", move); after(); }, { once: true });
  });
  return box;
}

function corners(points: number[], at: (event: PointerEvent) => [number, number], before: () => void, after: () => void): Element[] {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), outline = document.createElementNS("http://www.w3.org/2000/svg", "polygon");
  svg.setAttribute("viewBox", "0 0 1 1");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("class", "gb-quad");
  svg.setAttribute("aria-hidden", "true");
  svg.append(outline);
  const handles = ["Upper left", "Upper right", "Lower right", "Lower left"].map((name, i) => {
    const handle = make("button", { type: "button", class: "gb-corner", "aria-label": `${name} corner; arrow keys move it` });
    const set = (x: number, y: number): void => { points[2 * i] = round(clamp(x, 0, 1)); points[2 * i + 1] = round(clamp(y, 0, 1)); place(); };
    handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      handle.setPointerCapture(event.pointerId);
      before();
      const move = (e: PointerEvent): void => set(...at(e));
      handle.addEventListener("pointermove", move);
      handle.addEventListener("pointerup", () => { handle.removeEventListener("pointermove", move); after(); }, { once: true });
    });
    handle.addEventListener("keydown", (event) => {
      const ways: Record<string, [number, number]> = { ArrowLeft: [-0.01, 0], ArrowRight: [0.01, 0], ArrowUp: [0, -0.01], ArrowDown: [0, 0.01] }, way = ways[event.key];
      if (!way) return;
      event.preventDefault();
      set((points[2 * i] ?? 0) + way[0], (points[2 * i + 1] ?? 0) + way[1]);
    });
    handle.addEventListener("blur", after);
    return handle;
  });
  const place = (): void => {
    outline.setAttribute("points", [0, 1, 2, 3].map((i) => `${points[2 * i] ?? 0},${points[2 * i + 1] ?? 0}`).join(" "));
    handles.forEach((handle, i) => Object.assign(handle.style, { left: `${(points[2 * i] ?? 0) * 100}%`, top: `${(points[2 * i + 1] ?? 0) * 100}%` }));
  };
  place();
  return [svg, ...handles];
}
