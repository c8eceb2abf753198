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
    // A retarget shows the new frame over the plate, at one scale, centred.
    const scale = extends_ ? 1 : Math.min(w / width, h / height);
    const [pw, ph] = extends_ ? [width, height] : [width * scale, height * scale];
    const [px, py] = extends_ ? [left, top] : [(w - pw) / 2, (h - ph) / 2];
    svg.setAttribute("viewBox", `0 0 ${w} ${h}`);
    place(ground, 0, 0, w, h);
    place(edge, px, py, pw, ph);
    place(plate, px, py, pw, ph);
    const words = `${w} × ${h} pixels, ${(w / h).toFixed(2)}:1`;
    if (state) state.textContent = extends_ && w * h > width * height ? `${words}; ${Math.round((1 - (width * height) / (w * h)) * 100)} % of it will be made` : words;
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
  const click = (event: Event): void => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-ratio],[data-grow]") : null;
    if (!button) return;
    const ratio = Number(button.dataset["ratio"]);
    const grow = Number(button.dataset["grow"]);
    if (ratio > 0) toRatio(ratio);
    if (grow > 0) for (const [name, of] of [["left", width], ["right", width], ["top", height], ["bottom", height]] as const) write(name, of * grow);
    draw();
    announce(state?.textContent ?? "");
  };
  form.addEventListener("click", click);
  form.addEventListener("input", draw);
  draw();
  return () => {
    form.removeEventListener("click", click);
    form.removeEventListener("input", draw);
  };
}
