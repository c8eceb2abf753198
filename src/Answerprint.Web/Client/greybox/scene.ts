export type Point = [number, number, number];
export interface Opening { x: number; y: number; width: number; height: number; columns?: number; rows?: number; frameRegion?: string }
export interface Thing { id: string; name: string; kind: string; region: string; position: Point; turn?: number; size: Point; count?: number; garment?: string; openings?: Opening[]; model?: string; part?: number; mapping?: string }
export interface Camera { position: Point; target: Point; focalLength: number; sensorWidth: number; aspectWidth: number; aspectHeight: number }
export interface Scene { version: 1; camera: Camera; light: Record<string, number>; objects: Thing[] }

export const kinds: Record<string, { name: string; region: string; size: Point }> = {
  box: { name: "Box", region: "box", size: [1, 1, 1] },
  wall: { name: "Wall", region: "wall", size: [4, 3, 0.2] },
  floor: { name: "Floor", region: "floor", size: [6, 0.1, 6] },
  steps: { name: "Steps", region: "steps", size: [2, 0.9, 1.5] },
  column: { name: "Column", region: "column", size: [0.5, 3, 0.5] },
  form: { name: "Dress form", region: "garment", size: [0.62, 1.75, 0.42] },
  backing: { name: "Backing", region: "backing", size: [6, 3.4, 0.05] },
};

const camera = (position: Point, target: Point, focalLength: number): Camera => ({ position, target, focalLength, sensorWidth: 24.89, aspectWidth: 16, aspectHeight: 9 });
const light = (azimuth: number, elevation: number, strength: number, kelvin: number, ambient: number, fill: number, exposure: number): Record<string, number> =>
  ({ azimuth, elevation, strength, kelvin, size: 1.2, ambient, ambientKelvin: 8000, fill, exposure });
const floor = (size: Point = [8, 0.1, 8], position: Point = [0, 0, 0]): Thing => ({ id: "floor", name: "Floor", kind: "floor", region: "floor", position, size });
const window2 = (x: number): Opening => ({ x, y: 0.8, width: 1.3, height: 2, columns: 2, rows: 3, frameRegion: "frame" });

export const templates: Record<string, { name: string; make: () => Scene }> = {
  room: { name: "Room with a window wall", make: () => ({ version: 1, camera: camera([1.6, 1.55, 4.2], [-0.3, 1.35, -1.5], 22), light: light(-58, 30, 7, 4300, 2, 0.12, 0.3), objects: [
    floor([6, 0.1, 9], [0, 0, 0.5]),
    { id: "back", name: "Back wall", kind: "wall", region: "wall", position: [0, 0, -2.6], size: [6, 3.2, 0.3] },
    { id: "left", name: "Window wall", kind: "wall", region: "wall", position: [-3.15, 0, 0.5], turn: 90, size: [9, 3.2, 0.3], openings: [window2(3), window2(5.2)] },
    { id: "right", name: "Right wall", kind: "wall", region: "wall", position: [3.15, 0, 0.5], turn: -90, size: [9, 3.2, 0.3] },
    { id: "ceiling", name: "Ceiling", kind: "box", region: "ceiling", position: [0, 3.2, 0.5], size: [6.6, 0.2, 9] },
    { id: "table", name: "Table", kind: "box", region: "table", position: [-1.2, 0, -1.3], turn: 15, size: [1.4, 0.78, 0.8] },
  ] }) },
  stage: { name: "Empty stage", make: () => ({ version: 1, camera: camera([4, 2.2, 7], [0, 1, 0], 30), light: light(215, 45, 1.8, 5600, 0.6, 0.08, 0), objects: [floor([12, 0.1, 12])] }) },
  street: { name: "Street front", make: () => ({ version: 1, camera: camera([5, 1.65, 7], [-1, 2.1, 0], 26), light: light(210, 38, 2, 4800, 0.65, 0.05, 0), objects: [
    floor([24, 0.1, 12], [0, 0, 3]),
    { id: "house", name: "House front", kind: "wall", region: "front", position: [-1, 0, -1], size: [10, 7, 0.4], openings: [{ x: 1, y: 1, width: 1.3, height: 1.9, columns: 2, rows: 2, frameRegion: "frame" }, { x: 3.2, y: 1, width: 1.3, height: 1.9, columns: 2, rows: 2, frameRegion: "frame" }, { x: 6, y: 0.3, width: 1.2, height: 2.4, columns: 0, rows: 0 }, { x: 1, y: 4, width: 1.3, height: 1.7, columns: 2, rows: 2, frameRegion: "frame" }, { x: 3.2, y: 4, width: 1.3, height: 1.7, columns: 2, rows: 2, frameRegion: "frame" }, { x: 5.9, y: 4, width: 1.3, height: 1.7, columns: 2, rows: 2, frameRegion: "frame" }] },
    { id: "inside", name: "Inside", kind: "box", region: "inside", position: [-1, 0, -3], size: [10, 7, 0.2] },
    { id: "steps", name: "Steps", kind: "steps", region: "steps", position: [0.6, 0, -0.3], size: [1.8, 0.3, 1], count: 2 },
    { id: "walk", name: "Pavement", kind: "box", region: "pavement", position: [0, 0, 0.4], size: [24, 0.12, 2.6] },
    { id: "next", name: "Next house", kind: "box", region: "next", position: [-9.5, 0, -0.8], size: [7, 8.5, 1] },
  ] }) },
  form: { name: "Dress form on a floor", make: () => ({ version: 1, camera: camera([0.8, 1.35, 3.3], [0, 0.92, 0], 40), light: light(140, 40, 2.2, 4600, 0.7, 0.1, 0), objects: [
    floor([6, 0.1, 6]),
    { id: "wall", name: "Wall", kind: "wall", region: "wall", position: [0, 0, -1.6], size: [6, 3.2, 0.2] },
    { id: "dress", name: "Dress form", kind: "form", region: "garment", position: [0, 0, 0], turn: 20, size: [0.95, 1.75, 0.7], garment: "gown" },
  ] }) },
};

export function regionsOf(scene: Scene): string[] {
  const names = scene.objects.flatMap((thing) => [thing.region, ...(thing.openings ?? []).filter((o) => (o.columns ?? 0) + (o.rows ?? 0) > 0).map((o) => o.frameRegion ?? "frame")]);
  return [...new Set(names), "sky"];
}

export const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const thousandth = (value: number): number => Math.round(value * 1000) / 1000;

/** A camera goes around what it looks at, or with it; steps are pixels of a picture so many pixels high. */
export function orbit(camera: Camera, dx: number, dy: number, pan: boolean, height: number): void {
  const { position: p, target: t } = camera, x = p[0] - t[0], z = p[2] - t[2], distance = Math.hypot(x, p[1] - t[1], z), bound = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
  if (pan) {
    const size = distance / height, flat = Math.hypot(x, z) || 1, rx = z / flat, rz = -x / flat;
    for (const point of [p, t]) { point[0] = thousandth(point[0] - rx * dx * size); point[1] = thousandth(point[1] + dy * size); point[2] = thousandth(point[2] - rz * dx * size); }
    return;
  }
  const yaw = Math.atan2(x, z) - dx * 0.004, pitch = bound(Math.asin(bound((p[1] - t[1]) / distance, -1, 1)) + dy * 0.004, -1.2, 1.4);
  camera.position = [thousandth(t[0] + distance * Math.cos(pitch) * Math.sin(yaw)), thousandth(t[1] + distance * Math.sin(pitch)), thousandth(t[2] + distance * Math.cos(pitch) * Math.cos(yaw))];
}
