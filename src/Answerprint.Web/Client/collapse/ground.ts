import { boundsOf, type Place } from "./geometry";

const longest = 1024;

function canvasOf(width: number, height: number): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D; scale: number } | null {
  const scale = Math.min(1, longest / Math.max(width, height)), canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return context ? { canvas, context, scale } : null;
}

function trace(context: CanvasRenderingContext2D, outline: readonly Place[], scale: number): void {
  context.beginPath();
  outline.forEach(([x, y], i) => (i === 0 ? context.moveTo(x * scale, y * scale) : context.lineTo(x * scale, y * scale)));
  context.closePath();
}

/** Outlines as white on nothing. */
export function maskOf(width: number, height: number, outlines: readonly (readonly Place[])[]): HTMLCanvasElement | null {
  const made = canvasOf(width, height);
  if (!made) return null;
  made.context.fillStyle = "#fff";
  for (const outline of outlines) { trace(made.context, outline, made.scale); made.context.fill("evenodd"); }
  return made.canvas;
}

/** The plate with the building gone, for a glance: each row goes on from one side of it to the other. The program fills it properly. */
export function withoutBuilding(plate: CanvasImageSource, width: number, height: number, outline: readonly Place[]): HTMLCanvasElement | null {
  const made = canvasOf(width, height);
  if (!made) return null;
  const { canvas, context, scale } = made, grow = Math.max(2, Math.round(canvas.height / 150)), { top, bottom } = boundsOf(outline);
  trace(context, outline, scale);
  context.fillStyle = context.strokeStyle = "#fff";
  context.lineWidth = 2 * grow;
  context.fill("evenodd");
  context.stroke();
  const hole = context.getImageData(0, 0, canvas.width, canvas.height).data;
  context.drawImage(plate, 0, 0, canvas.width, canvas.height);
  const image = context.getImageData(0, 0, canvas.width, canvas.height), { data } = image, wide = canvas.width;
  const band = (row: number, from: number, to: number, channel: number): number => {
    let sum = 0, n = 0;
    for (let x = Math.max(0, from); x < Math.min(wide, to); x++) if ((hole[4 * (row * wide + x) + 3] ?? 0) === 0) { sum += data[4 * (row * wide + x) + channel] ?? 0; n++; }
    return n === 0 ? -1 : sum / n;
  };
  for (let y = Math.max(0, Math.floor(top * scale) - grow); y < Math.min(canvas.height, Math.ceil(bottom * scale) + grow); y++) {
    for (let x = 0; x < wide; x++) {
      if ((hole[4 * (y * wide + x) + 3] ?? 0) === 0) continue;
      let end = x;
      while (end < wide && (hole[4 * (y * wide + end) + 3] ?? 0) > 0) end++;
      for (let channel = 0; channel < 3; channel++) {
        let a = band(y, x - 8, x, channel), b = band(y, end, end + 8, channel);
        if (a < 0) a = b < 0 ? 128 : b;
        if (b < 0) b = a;
        for (let i = x; i < end; i++) data[4 * (y * wide + i) + channel] = a + ((i - x + 0.5) / (end - x)) * (b - a);
      }
      x = end;
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}
