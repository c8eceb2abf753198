import type { Faces } from "./block";
import { boundsOf, crossesItself, type Place } from "./geometry";
import { Stage } from "./stage";
import { solve } from "./vanishing";

/** Level edges of the plate that run two ways at right angles: two ends of each, one after the other. */
export interface Lines { along: Place[]; across: Place[] }

/** A collapse as docs/collapse.md says it; members that this page does not know stay as they came. */
export interface Scene {
  version: 1;
  frames: number;
  rate: number;
  seed: number;
  dust: number;
  camera: { focalLength: number; horizon: number; lens: string; lines?: Lines; [more: string]: unknown };
  building: { shape: string; outline: Place[]; height: number; depth: number; wall: number; storey: number; material: string; front?: Place[]; side?: Place[]; ridge?: Place[]; [more: string]: unknown };
  foreground: { outline: Place[] }[];
  failure: { kind: string; start: number; at: number; side: string; strength: number; pieces: number; point?: Place[]; [more: string]: unknown };
  light: { azimuth: number; elevation: number; sun: number; sky: number };
  reference?: number;
  [more: string]: unknown;
}

/** What is on the page: the scene, which outline is not closed yet, and what somebody chose by hand rather than left to the page. */
export interface Work { scene: Scene; open: "building" | "foreground" | "front" | null; chosen: Record<string, boolean> }

/** A plate: its size, and of footage its frames. */
export interface Plate { width: number; height: number; rate: number; frames: number }

/** What is in the way: said at a place of the plate, or at a field. */
export interface Problem { text: string; at?: Place; line?: "horizon"; field?: string; mild?: boolean }

const eyeHeight = 1.7;
export const leastHeight = 8;

export function fresh(plate: Plate): Work {
  const rate = plate.rate >= 12 && plate.rate <= 120 ? plate.rate : 24;
  return {
    scene: {
      version: 1, frames: plate.frames > 1 ? Math.max(3, Math.min(plate.frames, Math.round(rate * 2))) : Math.round(rate * 2), rate, seed: 1, dust: 1, camera: { focalLength: 1.2, horizon: 0.6, lens: "plain" },
      building: { shape: "block", outline: [], height: 12, depth: 8, wall: 0.45, storey: 3, material: "brick" }, foreground: [],
      failure: { kind: "pancake", start: 6, at: 0.15, side: "right", strength: 40, pieces: 170 }, light: { azimuth: 140, elevation: 40, sun: 3.2, sky: 0.8 },
    },
    open: null, chosen: {},
  };
}

/** A scene that was made before, or was sent and came back: all of it counts as chosen. */
export function workOf(plate: Plate, given: Partial<Scene>): Work {
  const work = fresh(plate), { scene } = work;
  const merged: Scene = {
    ...scene, ...given, camera: { ...scene.camera, ...given.camera }, building: { ...scene.building, ...given.building }, failure: { ...scene.failure, ...given.failure }, light: { ...scene.light, ...given.light },
    foreground: given.foreground ?? [],
  };
  return { scene: merged, open: null, chosen: { horizon: true, depth: true } };
}

/** What was kept on this computer. */
export function load(key: string, plate: Plate): Work | null {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null") as Work | null;
    if (!kept?.scene?.building || !Array.isArray(kept.scene.building.outline)) return null;
    return { ...workOf(plate, kept.scene), open: kept.open ?? null, chosen: kept.chosen ?? {} };
  } catch {
    return null;
  }
}

/** What nobody chose follows from what is drawn: a camera at the height of eyes, a building nearly as deep as it is wide. */
export function follow(work: Work, plate: Plate): void {
  const { scene } = work, points = scene.building.outline, solved = scene.camera.lines ? solve(scene.camera.lines, scene.camera.lens === "shift", plate.width, plate.height) : null;
  if (solved && typeof solved !== "string") [scene.camera.focalLength, scene.camera.horizon] = [short(solved.focalLength), short(solved.horizon)];
  if (points.length < 3) return;
  const { top, bottom, left, right } = boundsOf(points);
  if (bottom - top < leastHeight) return;
  if (!work.chosen["horizon"] && !(solved && typeof solved !== "string")) scene.camera.horizon = short(Math.min(2.9, Math.max(-1.9, (bottom - Math.min(0.45, eyeHeight / scene.building.height) * (bottom - top)) / plate.height)));
  const seen = scene.building.side?.length ? stageOf(work, plate)?.block : null;
  // Whose side is seen is as deep as the side says.
  if (seen) scene.building.depth = Math.round(Math.min(200, Math.max(1, Math.hypot(...seen.back))) * 10) / 10;
  else if (!work.chosen["depth"] && scene.building.shape === "block") scene.building.depth = Math.round(Math.min(40, Math.max(4, (((right - left) / (bottom - top)) * scene.building.height * 0.7))) * 2) / 2;
}

export const short = (value: number): number => Math.round(value * 10000) / 10000;

/** The faces of a block that is seen at an angle, once its front is drawn. */
export function facesOf({ scene, open }: Work): Faces | null {
  const { shape, front = [], side = [], ridge = [], height, depth } = scene.building;
  return shape === "block" && front.length > 2 && open !== "front" ? { front, side: side[0] ?? null, ridge: ridge.length > 1 ? [ridge[0] as Place, ridge[1] as Place] : null, height, depth } : null;
}

/** The rows in which corners of the building's foot are seen. */
function feetOf(work: Work): number[] {
  const faces = facesOf(work);
  return faces ? [...faces.front.slice(0, 2), ...(faces.side ? [faces.side] : [])].map((place) => place[1]) : [boundsOf(work.scene.building.outline).bottom];
}

/** Camera and building as far as the drawing goes; what is wrong with them is said by the stage. */
function standing(work: Work, plate: Plate): Stage | null {
  const { scene } = work, { outline, height, depth, shape } = scene.building;
  if (outline.length < 3) return null;
  const { top, bottom } = boundsOf(outline);
  if (bottom - top < leastHeight || Math.min(...feetOf(work)) <= scene.camera.horizon * plate.height + 1) return null;
  return new Stage({ outline, isRound: shape === "round", height, depth, faces: facesOf(work) }, { focalLength: scene.camera.focalLength, horizon: scene.camera.horizon, isShifted: scene.camera.lens === "shift" }, plate.width, plate.height);
}

/** Where camera and building stand; nothing where that cannot be said. */
export function stageOf(work: Work, plate: Plate): Stage | null {
  const stage = standing(work, plate);
  return stage?.fits ? stage : null;
}

/** How many frames after its first the shot is drawn on: what a scene says that was made elsewhere; here, none. */
export const aheadOf = ({ scene }: Work): number => Math.max(0, (scene.reference ?? 1) - 1);

/** What the program will be asked for: outlines that were not finished are left out, or closed where that is possible. */
export function payload(work: Work, plate: Plate): Scene {
  const { lines, ...camera } = work.scene.camera, { front = [], side = [], ridge = [], ...building } = work.scene.building, { point = [], ...failure } = work.scene.failure;
  return {
    // Places count in the frame that was drawn on.
    ...work.scene, ...(plate.frames > 1 ? { reference: aheadOf(work) + 1 } : {}), camera: lines && lines.along.length > 3 && lines.across.length > 3 ? { ...camera, lines } : camera, foreground: work.scene.foreground.filter((part) => part.outline.length > 2),
    building: building.shape !== "block" || front.length < 3 ? building : { ...building, front, ...(side.length > 0 ? { side } : {}), ...(ridge.length > 1 ? { ridge } : {}) },
    failure: failure.kind === "blast" && point.length > 0 ? { ...failure, point } : failure,
  };
}

/** What is in the way of making it, worst first; mild ones only want a look. */
export function problemsOf(work: Work, plate: Plate): Problem[] {
  const { scene } = work, points = scene.building.outline, problems: Problem[] = [];
  if (points.length === 0) return [{ text: "Click the corners of the building, all the way around and down to its foot." }];
  if (points.length < 3) return [{ text: "An outline needs three points or more. Go on around the building.", at: points[points.length - 1] as Place }];
  const { top, bottom } = boundsOf(points), horizon = scene.camera.horizon * plate.height, lowest = points.find((p) => p[1] === bottom) as Place;
  const far = points.find(([x, y]) => x < -plate.width / 2 || x > 1.5 * plate.width || y < -plate.height / 2 || y > 1.5 * plate.height);
  if (far) problems.push({ text: "This point lies too far outside: half a frame beyond each edge is allowed.", at: far });
  const cross = crossesItself(points);
  if (cross && work.open !== "building") problems.push({ text: "The outline crosses itself here. Move one of these edges.", at: cross });
  const falls = scene.failure.kind !== "remove";
  if (bottom - top < leastHeight) problems.push({ text: `The outline is ${Math.round(bottom - top)} pixels high; it needs ${leastHeight} or more.`, at: lowest });
  else if (falls && Math.min(...feetOf(work)) <= horizon + 1) problems.push({ text: "The foot lies above the horizon: the camera would stand lower than the ground. Move the horizon up, or the foot down.", at: facesOf(work)?.front[0] ?? lowest, line: "horizon" });
  else if (falls) {
    const faces = facesOf(work), problem = standing(work, plate)?.problem, turned = faces ? crossesItself(faces.front) : null;
    if (turned) problems.push({ text: "The front crosses itself here.", at: turned });
    else if (faces && problem) problems.push({ text: problem, at: faces.front[0] as Place });
    if ((scene.building.ridge?.length ?? 0) === 1) problems.push({ text: "A ridge has two ends: set the other, or remove this one.", at: scene.building.ridge?.[0] as Place });
  }
  const solved = scene.camera.lines ? solve(scene.camera.lines, scene.camera.lens === "shift", plate.width, plate.height) : null;
  if (typeof solved === "string" && falls) problems.push({ text: solved, at: (scene.camera.lines?.across.at(-1) ?? scene.camera.lines?.along.at(-1)) as Place });
  for (const part of scene.foreground) {
    const at = part.outline.length > 2 ? crossesItself(part.outline) : null;
    if (at) problems.push({ text: "This foreground crosses itself here.", at });
  }
  if (falls && scene.failure.start >= scene.frames) problems.push({ text: `It starts to fall in frame ${scene.failure.start}, but the shot has ${scene.frames}.`, field: "failure.start" });
  const beyond = points.find(([x, y]) => x < 0 || y < 0 || x > plate.width || y > plate.height);
  if (beyond && !far) problems.push({ text: "The building goes on outside the frame. That is followed for half a frame; what the plate does not show is guessed.", at: beyond, mild: true });
  return problems;
}
