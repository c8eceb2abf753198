import { announce, clamp, isTyping, make } from "../dom";
import { apply, counts, type Operation } from "../paintops";
import type { Point } from "../strokes";

/** A region of a painted map. */
export interface Colour { name: string; colour: string }
/** A painted map as it is kept: its regions, how wide it is, how far places are kept, what was painted so far, what it is painted over. */
export interface PaintedMap { colours: Colour[]; metres: number; keepPlaces: number; picture: string; over: string }

type Tool = "brush" | "polygon" | "fill";

const longest = 960, tolerance = 24, mostColours = 12, mostOperations = 300;
export const palette = ["#7fa8d8", "#9a9a96", "#4f5d3a", "#8a6a4a", "#3a4a5c", "#e8dcc4", "#7a2e2a", "#f2c46a", "#2a2724", "#5f4b8b", "#2f8f83", "#c46f9b"];

export const freshMap = (): PaintedMap => ({ colours: [{ name: "sky", colour: "#7fa8d8" }, { name: "wall", colour: "#9a9a96" }, { name: "ground", colour: "#8a6a4a" }], metres: 10, keepPlaces: 0.2, picture: "", over: "" });

const rgb = (colour: string): [number, number, number] => [Number.parseInt(colour.slice(1, 3), 16), Number.parseInt(colour.slice(3, 5), 16), Number.parseInt(colour.slice(5, 7), 16)];

/** Paints regions in flat colours; nothing is ever bare. */
export class Painter {
  readonly canvas = make("canvas", { tabindex: 0, role: "application", "aria-label": "The painted map. Choose a region and paint with the pointer: B brush, P polygon, F fill, brackets change the brush, Enter closes a polygon, Control Z undoes." });
  readonly backdrop = make("img", { class: "gb-backdrop", alt: "", hidden: true });
  tool: Tool = "brush";
  size = 24;
  ink = "#7fa8d8";
  private readonly context = this.canvas.getContext("2d", { willReadFrequently: true }) as CanvasRenderingContext2D;
  private base: ImageBitmap | null = null;
  private bare = "#7fa8d8";
  private operations: Operation[] = [];
  private undone: Operation[] = [];
  private line: Point[] = [];
  private pointer: Point | undefined;

  constructor(private readonly changed: () => void) {
    const { canvas } = this;
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      canvas.focus({ preventScroll: true });
      const at = this.place(event);
      if (this.tool === "fill") return this.did({ tool: "fill", ink: this.ink, at });
      if (this.tool === "polygon") this.line.push(at);
      else {
        canvas.setPointerCapture(event.pointerId);
        this.line = [at];
      }
      this.redraw();
    });
    canvas.addEventListener("pointermove", (event) => {
      this.pointer = this.place(event);
      if (this.line.length > 0 && this.tool === "brush") this.line.push(this.pointer);
      this.redraw();
    });
    canvas.addEventListener("pointerup", () => {
      if (this.tool !== "brush" || this.line.length === 0) return;
      const points = this.line;
      this.line = [];
      this.did({ tool: "brush", ink: this.ink, width: this.width(), points });
    });
    canvas.addEventListener("pointerleave", () => { this.pointer = undefined; this.redraw(); });
    canvas.addEventListener("dblclick", () => this.close());
    canvas.addEventListener("keydown", (event) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey) return;
      const tools: Record<string, Tool> = { b: "brush", p: "polygon", f: "fill" }, next = tools[event.key.toLowerCase()];
      if (next) this.choose(next);
      else if (event.key === "[" || event.key === "]") { this.size = clamp(this.size + (event.key === "]" ? 6 : -6), 2, 100); this.redraw(); }
      else if (event.key === "Enter") this.close();
      else if (event.key === "Escape") { this.line = []; this.redraw(); }
      else return;
      event.preventDefault();
    });
  }

  get canUndo(): boolean { return this.operations.length > 0; }
  get canRedo(): boolean { return this.undone.length > 0; }
  /** Strokes by tool, as a painting is handed in with. */
  get tools(): string { return [...counts(this.operations)].map(([name, n]) => `${name}:${n}`).join(","); }

  choose(tool: Tool): void {
    this.tool = tool;
    this.line = [];
    this.changed();
  }

  shape(aspect: number): void {
    const [width, height] = aspect >= 1 ? [longest, Math.round(longest / aspect)] : [Math.round(longest * aspect), longest];
    if (this.canvas.width === width && this.canvas.height === height) return;
    [this.canvas.width, this.canvas.height] = [width, height];
    this.redraw();
  }

  /** Begins from what was kept; nothing of it is a stroke of this sitting. */
  async open(picture: string, bare: string): Promise<void> {
    this.bare = bare;
    this.operations = [];
    this.undone = [];
    this.base = picture ? await createImageBitmap(await (await fetch(picture)).blob()).catch(() => null) : null;
    this.redraw();
  }

  /** Takes a picture of flat colours as the map; its main colours become the regions. */
  async take(file: Blob): Promise<Colour[]> {
    const image = await createImageBitmap(file), small = new OffscreenCanvas(image.width, image.height), to = small.getContext("2d", { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D;
    to.drawImage(image, 0, 0);
    const { data } = to.getImageData(0, 0, image.width, image.height), found = new Map<number, number>();
    for (let i = 0; i < data.length; i += 4) {
      const key = ((data[i] ?? 0) << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0);
      found.set(key, (found.get(key) ?? 0) + 1);
    }
    const main = [...found].filter(([, n]) => n * 200 >= data.length / 4).sort((a, b) => b[1] - a[1]).map(([key]) => `#${key.toString(16).padStart(6, "0")}`);
    const apart = main.filter((colour, i) => !main.slice(0, i).some((other) => near(rgb(colour), rgb(other)))).slice(0, mostColours);
    if (apart.length === 0) throw new Error("It holds no flat colours: a map is painted in a few colours, without shading.");
    this.base = image;
    this.operations = [];
    this.undone = [];
    this.redraw();
    return apart.map((colour, i) => ({ name: `region ${i + 1}`, colour }));
  }

  undo(): void { this.travel(this.operations, this.undone, "Undone"); }
  redo(): void { this.travel(this.undone, this.operations, "Done again"); }
  fillAll(): void { this.did({ tool: "polygon", ink: this.ink, points: [{ x: -9, y: -9 }, { x: 9999, y: -9 }, { x: 9999, y: 9999 }, { x: -9, y: 9999 }] }); }

  /** Which of some colours are in the map. */
  present(colours: readonly Colour[]): Colour[] {
    this.still();
    const { data } = this.context.getImageData(0, 0, this.canvas.width, this.canvas.height), marks = colours.map((one) => rgb(one.colour)), seen = marks.map(() => 0);
    for (let i = 0; i < data.length; i += 4) {
      const at = marks.findIndex((mark) => mark[0] === data[i] && mark[1] === data[i + 1] && mark[2] === data[i + 2]);
      if (at >= 0) seen[at] = (seen[at] ?? 0) + 1;
    }
    // A few pixels are an edge that happens to mix to this colour.
    return colours.filter((_, i) => (seen[i] ?? 0) > data.length / 4 / 5000);
  }

  async png(): Promise<Blob> {
    this.still();
    return new Promise((done, fail) => this.canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("This browser cannot write a picture."))), "image/png"));
  }

  dataUrl(): string {
    this.still();
    return this.canvas.toDataURL("image/png");
  }

  redraw(): void {
    this.still();
    const { context, canvas } = this;
    if (this.line.length > 0 && this.tool === "brush") apply(context, { tool: "brush", ink: this.ink, width: this.width(), points: this.line });
    else if (this.line.length > 0) {
      apply(context, { tool: "polygon", ink: this.ink, points: this.pointer ? [...this.line, this.pointer] : this.line });
      context.strokeStyle = "#fff";
      context.lineWidth = 1.5;
      context.stroke();
    } else if (this.pointer && this.tool === "brush") {
      for (const [colour, thick] of [["#000", 3], ["#fff", 1.25]] as const) {
        context.strokeStyle = colour;
        context.lineWidth = (thick * canvas.width) / Math.max(1, canvas.clientWidth);
        context.beginPath();
        context.arc(this.pointer.x, this.pointer.y, this.width() / 2, 0, Math.PI * 2);
        context.stroke();
      }
    }
  }

  /** What is painted, without what the pointer shows. */
  private still(): void {
    const { context, canvas } = this;
    context.globalCompositeOperation = "source-over";
    context.fillStyle = this.bare;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingEnabled = false;
    if (this.base) context.drawImage(this.base, 0, 0, canvas.width, canvas.height);
    for (const operation of this.operations) apply(context, operation);
  }

  private did(operation: Operation): void {
    this.operations.push(operation);
    this.operations = this.operations.slice(-mostOperations);
    this.undone = [];
    this.redraw();
    this.changed();
  }

  private close(): void {
    if (this.line.length > 2) this.did({ tool: "polygon", ink: this.ink, points: this.line });
    this.line = [];
    this.redraw();
  }

  private travel(from: Operation[], to: Operation[], words: string): void {
    const one = from.pop();
    if (!one) return;
    to.push(one);
    this.redraw();
    this.changed();
    announce(words);
  }

  private width(): number { return this.canvas.width * 0.2 * (this.size / 100) ** 1.5 + 3; }

  private place(event: PointerEvent): Point {
    const box = this.canvas.getBoundingClientRect();
    return { x: ((event.clientX - box.left) / box.width) * this.canvas.width, y: ((event.clientY - box.top) / box.height) * this.canvas.height };
  }
}

function near(a: readonly number[], b: readonly number[]): boolean {
  return a.every((value, i) => Math.abs(value - (b[i] ?? 0)) <= tolerance);
}
