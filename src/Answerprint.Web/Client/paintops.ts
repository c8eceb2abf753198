import type { Point } from "./strokes";

/** One thing that was done on a canvas; what is seen is all of them in order. */
export type Operation =
  | { tool: "brush" | "eraser"; ink: string; width: number; points: Point[] }
  | { tool: "lasso" | "polygon"; ink: string; points: Point[] }
  | { tool: "fill"; ink: string; at: Point }
  | { tool: "picture"; image: ImageBitmap }
  | { tool: "clear" };

/** Applies one operation. */
export function apply(context: CanvasRenderingContext2D, operation: Operation): void {
  const { width, height } = context.canvas;
  context.globalCompositeOperation = operation.tool === "eraser" ? "destination-out" : "source-over";
  if (operation.tool === "clear") return context.clearRect(0, 0, width, height);
  if (operation.tool === "picture") return cover(context, operation.image);
  if (operation.tool === "fill") return flood(context, operation.at, operation.ink);
  context.fillStyle = context.strokeStyle = operation.ink;
  const [first] = operation.points;
  if (!first) return;
  context.beginPath();
  context.moveTo(first.x, first.y);
  for (const point of operation.points.slice(1)) context.lineTo(point.x, point.y);
  if (!("width" in operation)) {
    context.closePath();
    context.fill();
  } else {
    context.lineCap = context.lineJoin = "round";
    context.lineWidth = operation.width;
    // A tap is a dot: a line of no length still has a round cap.
    if (operation.points.length === 1) context.lineTo(first.x + 0.01, first.y);
    context.stroke();
  }
  context.globalCompositeOperation = "source-over";
}

/** How many of each tool made what is seen: what a clear wiped away does not count. */
export function counts(operations: readonly Operation[]): Map<string, number> {
  const found = new Map<string, number>();
  const from = operations.findLastIndex((operation) => operation.tool === "clear") + 1;
  for (const { tool } of operations.slice(from)) found.set(tool, (found.get(tool) ?? 0) + 1);
  return found;
}

/** Draws a picture over the whole canvas, cut at the sides that are too long. */
function cover(context: CanvasRenderingContext2D, image: ImageBitmap): void {
  const { width, height } = context.canvas;
  const scale = Math.max(width / image.width, height / image.height);
  context.drawImage(image, (width - image.width * scale) / 2, (height - image.height * scale) / 2, image.width * scale, image.height * scale);
}

/** Fills what has the colour of a point and hangs together with it; an edge that was drawn soft is filled half-way. */
function flood(context: CanvasRenderingContext2D, at: Point, ink: string): void {
  const { width, height } = context.canvas;
  const x0 = Math.floor(at.x);
  const y0 = Math.floor(at.y);
  if (x0 < 0 || y0 < 0 || x0 >= width || y0 >= height) return;
  const image = context.getImageData(0, 0, width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const old = pixels[y0 * width + x0] ?? 0;
  const sample = new OffscreenCanvas(1, 1).getContext("2d");
  if (!sample) return;
  sample.fillStyle = ink;
  sample.fillRect(0, 0, 1, 1);
  const now = new Uint32Array(sample.getImageData(0, 0, 1, 1).data.buffer)[0] ?? 0;
  if (now === old) return;
  const stack = [y0 * width + x0];
  while (stack.length > 0) {
    const seed = stack.pop() ?? 0;
    if (pixels[seed] !== old) continue;
    const row = seed - (seed % width);
    let left = seed;
    let right = seed;
    while (left > row && pixels[left - 1] === old) left--;
    while (right < row + width - 1 && pixels[right + 1] === old) right++;
    for (let i = left; i <= right; i++) {
      pixels[i] = now;
      if (i >= width && pixels[i - width] === old) stack.push(i - width);
      if (i + width < pixels.length && pixels[i + width] === old) stack.push(i + width);
    }
  }
  context.putImageData(image, 0, 0);
}
