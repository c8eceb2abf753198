import type { Place } from "./geometry";
import type { Metres } from "./stage";

/** A block in metres: a front face that goes back along one direction, and a ridge. */
export interface Block { face: Metres[]; back: Metres; ridge: [Metres, Metres] | null }

/** What is drawn of a block that is seen at an angle: the front with the two corners on the ground first, the visible side's far corner, the ridge. */
export interface Faces { front: readonly Place[]; side: Place | null; ridge: readonly [Place, Place] | null; height: number; depth: number }

const less = (a: Metres, b: Metres): Metres => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const more = (a: Metres, b: Metres): Metres => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
const times = (a: Metres, by: number): Metres => [a[0] * by, a[1] * by, a[2] * by];
const dot = (a: Metres, b: Metres): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const onGround = (ray: Metres): Metres | null => (ray[2] < -1e-6 ? times(ray, -1 / ray[2]) : null);

function onPlane(ray: Metres, through: Metres, normal: Metres): Metres | null {
  const towards = dot(ray, normal), t = dot(through, normal) / towards;
  return Math.abs(towards) > 1e-6 && t > 0 ? times(ray, t) : null;
}

/** Places a block as the program does it (CollapseBlock); in words why it cannot stand. Every ray starts at the camera: x to the right, y away, z up. */
export function placeBlock({ front, side, ridge, height, depth }: Faces, rayOf: (at: Place) => Metres): { cameraHeight: number; block: Block } | string {
  // The camera is 1 above the ground; the building's height says later what that is in metres.
  let left = onGround(rayOf(front[0] as Place)), right = onGround(rayOf(front[1] as Place));
  if (!left || !right) return "A corner of the front's foot lies at or above the horizon.";
  if (left[0] > right[0]) [left, right] = [right, left];
  const wide = Math.hypot(...less(right, left)), along = times(less(right, left), 1 / wide);
  let away: Metres = [-along[1], along[0], 0];
  if (wide < 1e-3 || Math.abs(dot(away, left)) < 1e-3) return "The front is seen on edge: its first two corners are the ends of its foot.";
  if (away[1] < 0) away = times(away, -1);
  const at = left, corners = front.map((place, i) => (i < 2 ? onGround(rayOf(place)) : onPlane(rayOf(place), at, away)));
  if (corners.includes(null)) return "A corner of the front cannot be seen from where the camera stands.";
  let face = corners as Metres[];
  // From left to right, and on around the same way.
  if ((face[0] as Metres)[0] > (face[1] as Metres)[0]) face = [face[1] as Metres, face[0] as Metres, ...face.slice(2).reverse()];
  const top = Math.max(...face.map((place) => place[2])), far = side ? onGround(rayOf(side)) : null;
  if (side && !far) return "The far corner of the side lies at or above the horizon.";
  // The side that is seen ends beside the front, at the end of the front that it begins from.
  const feet = front.slice(0, 2).map((place) => place[0]), beyond = !side ? 0 : side[0] > Math.max(...feet) ? 1 : side[0] < Math.min(...feet) ? -1 : 0;
  const back = far ? less(far, beyond > 0 || (beyond === 0 && Math.hypot(...less(far, right)) <= Math.hypot(...less(far, left))) ? right : left) : null;
  let scale = height / (top + 1), top2: [Metres, Metres] | null = null;
  // A ridge runs half-way between front and back; how far that is in units of the camera's height needs the scale, which needs the ridge's height: a few rounds settle it.
  for (let round = 0; ridge && round < 12; round++) {
    const through = more(left, times(back ?? times(away, depth / scale), 0.5)), a = onPlane(rayOf(ridge[0]), through, away), b = onPlane(rayOf(ridge[1]), through, away);
    if (!a || !b) return "The ridge cannot be seen from where the camera stands.";
    top2 = [a, b];
    scale = height / (Math.max(top, a[2], b[2]) + 1);
  }
  if (!(scale > 0 && Number.isFinite(scale))) return "The building's top lies below its foot.";
  const metres = (place: Metres): Metres => [place[0] * scale, place[1] * scale, Math.max(0, (place[2] + 1) * scale)], deep = back ? times(back, scale) : times(away, depth);
  return { cameraHeight: scale, block: { face: face.map(metres), back: [deep[0], deep[1], 0], ridge: top2 ? [metres(top2[0]), metres(top2[1])] : null } };
}

/** All corners, those of the front first. */
export const cornersOf = ({ face, back, ridge }: Block): Metres[] => [...face, ...face.map((place) => more(place, back)), ...(ridge ?? [])];

/** The front's own measures: metres along its foot from its left end, metres up; and back into three dimensions, so many metres behind it. */
export class FrontPlane {
  readonly along: Metres;
  readonly deep: Metres;
  readonly depth: number;
  readonly normal: Metres;
  private readonly origin: Metres;

  constructor({ face, back }: Block) {
    const [left, right] = face as [Metres, Metres], wide = Math.hypot(right[0] - left[0], right[1] - left[1]);
    this.origin = left;
    this.along = [(right[0] - left[0]) / wide, (right[1] - left[1]) / wide, 0];
    this.depth = Math.hypot(back[0], back[1]);
    this.deep = times(back, 1 / this.depth);
    this.normal = [this.along[1], -this.along[0], 0];
  }

  /** A direction within the front and out of it, in metres of the world. */
  way(along: number, deep: number, up: number): Metres {
    return [along * this.along[0] + deep * this.deep[0], along * this.along[1] + deep * this.deep[1], up];
  }

  flat(place: Metres): Place {
    return [dot(less(place, this.origin), this.along), place[2]];
  }

  at([along, up]: Place, behind: number): Metres {
    return more([this.origin[0], this.origin[1], 0], this.way(along, behind, up));
  }
}
