import { announce, clamp } from "../dom";
import { simplify, type Point } from "../strokes";

interface Stroke { ink: string; width: number; d: string }

const mostStrokes = 200;
const inks: Record<string, string> = { lamp: "#ffb54a", red: "#ff6257", cyan: "#5fd4ff", white: "#ffffff" };

/** Draws over a frame. The strokes are kept as SVG paths in the frame's own pixels, so they lie right at any size. */
export default function drawing(root: HTMLElement): void | (() => void) {
  const canvas = root.querySelector("canvas");
  const output = root.querySelector<HTMLInputElement>("input[type=hidden]");
  const context = canvas?.getContext("2d");
  if (!canvas || !output || !context) return;
  const width = Number(root.dataset["width"]);
  const height = Number(root.dataset["height"]);
  const strokes: Stroke[] = [];
  let line: Point[] = [];
  let cursor: Point = { x: width / 2, y: height / 2 };

  const ink = (): string => root.querySelector<HTMLInputElement>(".ink:checked")?.value ?? "lamp";
  const thickness = Math.max(2, Math.round(width / 320));
  // The board keeps the frame's shape with object-fit: contain; so does this.
  const fit = (): { scale: number; left: number; top: number } => {
    const scale = Math.min(canvas.clientWidth / width, canvas.clientHeight / height) || 1;
    return { scale, left: (canvas.clientWidth - width * scale) / 2, top: (canvas.clientHeight - height * scale) / 2 };
  };
  const place = (event: PointerEvent): Point => {
    const box = canvas.getBoundingClientRect();
    const { scale, left, top } = fit();
    return { x: Math.round(clamp((event.clientX - box.left - left) / scale, 0, width)), y: Math.round(clamp((event.clientY - box.top - top) / scale, 0, height)) };
  };
  const path = (points: Point[]): string => points.map((p, i) => `${i === 0 ? "M" : "L"}${p.x} ${p.y}`).join("");

  const paint = (): void => {
    const density = window.devicePixelRatio || 1;
    canvas.width = canvas.clientWidth * density;
    canvas.height = canvas.clientHeight * density;
    const { scale, left, top } = fit();
    context.setTransform(scale * density, 0, 0, scale * density, left * density, top * density);
    context.lineCap = context.lineJoin = "round";
    const draw = (stroke: Stroke): void => {
      context.strokeStyle = inks[stroke.ink] ?? "#ffffff";
      context.lineWidth = stroke.width;
      context.stroke(new Path2D(stroke.d));
    };
    strokes.forEach(draw);
    if (line.length > 0) draw({ ink: ink(), width: thickness, d: path(line) });
    if (document.activeElement === canvas && line.length === 0) cross();
  };
  const cross = (): void => {
    context.strokeStyle = "#ffffff";
    context.lineWidth = thickness / 2;
    const reach = width / 60;
    context.stroke(new Path2D(`M${cursor.x - reach} ${cursor.y}h${reach * 2}M${cursor.x} ${cursor.y - reach}v${reach * 2}`));
  };
  const keep = (): void => {
    output.value = strokes.length === 0 ? "" : JSON.stringify({ version: 1, width, height, strokes });
    paint();
  };
  const add = (points: Point[]): void => {
    if (strokes.length >= mostStrokes) return announce(`A note holds ${mostStrokes} strokes`);
    strokes.push({ ink: ink(), width: thickness, d: path(points) });
    keep();
  };
  const undo = (): void => {
    if (strokes.pop()) announce(`${strokes.length} strokes`);
    keep();
  };

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    line = [place(event)];
  });
  canvas.addEventListener("pointermove", (event) => {
    if (line.length === 0) return;
    for (const each of event.getCoalescedEvents?.() ?? [event]) line.push(place(each));
    paint();
  });
  const finish = (): void => {
    if (line.length === 0) return;
    const done = simplify(line, width / 900);
    line = [];
    // A tap is a dot: a stroke of no length still has a round cap.
    const first = done[0];
    add(done.length > 1 || !first ? done : [first, first]);
  };
  canvas.addEventListener("pointerup", finish);
  canvas.addEventListener("pointercancel", () => { line = []; paint(); });
  canvas.addEventListener("keydown", (event) => {
    const step = width * (event.shiftKey ? 0.005 : 0.025);
    const moves: Record<string, [number, number]> = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const move = moves[event.key];
    if (move) {
      cursor = { x: Math.round(clamp(cursor.x + move[0], 0, width)), y: Math.round(clamp(cursor.y + move[1], 0, height)) };
      paint();
    } else if (event.key === "Enter" || event.key === " ") {
      add(ring(cursor, width / 28));
      announce(`Ring at ${Math.round((cursor.x / width) * 100)} % across, ${Math.round((cursor.y / height) * 100)} % down`);
    } else if (event.key === "z" && (event.ctrlKey || event.metaKey)) undo();
    else return;
    event.preventDefault();
  });
  canvas.addEventListener("focus", paint);
  canvas.addEventListener("blur", paint);
  root.querySelector("[data-undo]")?.addEventListener("click", undo);
  root.querySelector("[data-clear]")?.addEventListener("click", () => { strokes.length = 0; keep(); });
  const watcher = new ResizeObserver(paint);
  watcher.observe(canvas);
  return () => watcher.disconnect();
}

function ring(centre: Point, radius: number): Point[] {
  return Array.from({ length: 25 }, (_, i) => {
    const angle = (i / 24) * 2 * Math.PI;
    return { x: Math.round(centre.x + Math.cos(angle) * radius), y: Math.round(centre.y + Math.sin(angle) * radius) };
  });
}
