import { announce } from "../dom";

/** Shows a plate in its new frame, and turns a wanted shape into numbers. */
export default function frame(root: HTMLElement): void | (() => void) {
  const form = root.closest("form");
  const svg = root.querySelector<SVGSVGElement>("[data-framing]");
  const plate = root.querySelector<SVGElement>("[data-plate]");
  const edge = root.querySelector<SVGElement>("[data-edge]");
  const ground = root.querySelector<SVGElement>("[data-ground]");
  const state = root.querySelector<HTMLElement>("[data-framing-state]");
  const width = Number(root.dataset["width"]);
  const height = Number(root.dataset["height"]);
  if (!form || !svg || !plate || !edge || !ground || !(width > 0) || !(height > 0)) return;
  const extends_ = root.dataset["kind"] === "extend";
  const field = (name: string): HTMLInputElement | null => form.querySelector<HTMLInputElement>(`input[name=${name}]`);
  const read = (name: string): number => Math.max(0, Math.round(Number(field(name)?.value) || 0));
  const write = (name: string, value: number): void => {
    const input = field(name);
    if (input) input.value = String(Math.max(0, Math.round(value)));
  };
  const place = (element: SVGElement, x: number, y: number, w: number, h: number): void => {
    for (const [name, value] of Object.entries({ x, y, width: w, height: h })) element.setAttribute(name, String(value));
  };

  const draw = (): void => {
    const [w, h, left, top] = extends_
      ? [width + read("left") + read("right"), height + read("top") + read("bottom"), read("left"), read("top")]
      : [read("width") || width, read("height") || height, 0, 0];
    if (extends_) {
      svg.setAttribute("viewBox", `0 0 ${w} ${h}`);
      place(ground, 0, 0, w, h);
      place(edge, left, top, width, height);
      place(plate, left, top, width, height);
    } else {
      // The dashes are the new frame, the picture the plate as it is: both at one scale, on one middle.
      const [vw, vh] = [Math.max(w, width), Math.max(h, height)];
      svg.setAttribute("viewBox", `0 0 ${vw} ${vh}`);
      place(ground, 0, 0, vw, vh);
      place(plate, (vw - width) / 2, (vh - height) / 2, width, height);
      place(edge, (vw - w) / 2, (vh - h) / 2, w, h);
    }
    const words = `${w} × ${h} pixels, ${(w / h).toFixed(2)}:1`;
    const taken = (now: number, before: number, less: string, more: string): string =>
      now === before ? "" : `${Math.round((Math.abs(now - before) / before) * 100)} % ${now < before ? less : more}`;
    const change = [taken(w, width, "narrower", "wider"), taken(h, height, "lower", "higher")].filter((part) => part !== "").join(", ");
    if (state) state.textContent = extends_
      ? w * h > width * height ? `${words}; ${Math.round((1 - (width * height) / (w * h)) * 100)} % of it will be made` : `${words}; choose a shape, or how far each side is carried on`
      : change === "" ? `${words}; as the plate is: choose another shape` : `${words}: ${change}. The dashes show the new frame; what lies between things gives way.`;
  };
  const toRatio = (ratio: number): void => {
    if (extends_) {
      // The shortest way there: only one axis grows.
      const wide = Math.max(width, Math.round(height * ratio));
      const high = Math.max(height, Math.round(width / ratio));
      const across = wide > width ? wide - width : 0;
      const down = across > 0 ? 0 : high - height;
      write("left", Math.floor(across / 2));
      write("right", Math.ceil(across / 2));
      write("top", Math.floor(down / 2));
      write("bottom", Math.ceil(down / 2));
    } else {
      // As many pixels as before, about.
      write("width", ratio >= width / height ? width : height * ratio);
      write("height", ratio >= width / height ? width / ratio : height);
    }
  };
  const press = (chosen: HTMLElement | null): void => {
    for (const button of form.querySelectorAll<HTMLElement>("[data-ratio],[data-grow]")) button.setAttribute("aria-pressed", String(button === chosen));
  };
  const typed = (): void => {
    press(null);
    draw();
  };
  const click = (event: Event): void => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-ratio],[data-grow]") : null;
    if (!button) return;
    const ratio = Number(button.dataset["ratio"]);
    const grow = Number(button.dataset["grow"]);
    if (ratio > 0) toRatio(ratio);
    if (grow > 0) for (const [name, of] of [["left", width], ["right", width], ["top", height], ["bottom", height]] as const) write(name, of * grow);
    press(button);
    draw();
    announce(state?.textContent ?? "");
  };
  form.addEventListener("click", click);
  form.addEventListener("input", typed);
  draw();
  return () => {
    form.removeEventListener("click", click);
    form.removeEventListener("input", typed);
  };
}
