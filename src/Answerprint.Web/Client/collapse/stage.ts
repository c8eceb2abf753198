import { cornersOf, FrontPlane, placeBlock, type Block, type Faces } from "./block";
import { boundsOf, spanOf, type Place } from "./geometry";

/** A place in metres: x to the right, y away from the camera, z up from the building's foot. */
export type Metres = [number, number, number];

const rings = 28;

/** What of a building says where it stands; faces where it is seen at an angle. */
export interface Stood { outline: readonly Place[]; isRound: boolean; height: number; depth: number; faces: Faces | null }

/** Where camera and building stand, worked out as the program does it (CollapseStage): from the outline or the faces, the height and the horizon. */
export class Stage {
  readonly focal: number;
  readonly pitch: number;
  readonly distance: number;
  readonly cameraHeight: number;
  /** The form of a block that is seen at an angle. */
  readonly block: Block | null = null;
  /** Why it cannot stand so, in words. */
  readonly problem: string = "";
  readonly low: Metres;
  readonly high: Metres;
  private readonly middleY: number;

  constructor({ outline, isRound, height: metres, depth, faces }: Stood, camera: { focalLength: number; horizon: number; isShifted: boolean }, readonly width: number, readonly height: number) {
    this.focal = camera.focalLength * width;
    // Through a shift lens the view is level, and the lens' axis meets the horizon.
    this.middleY = camera.isShifted ? camera.horizon * height : height / 2;
    this.pitch = Math.atan((camera.horizon * height - this.middleY) / this.focal);
    const placed = faces ? placeBlock(faces, (at) => this.rayOf(at)) : null;
    if (placed && typeof placed !== "string") {
      const all = cornersOf(placed.block), extent = (of: (...values: number[]) => number): Metres => [0, 1, 2].map((k) => of(...all.map((place) => place[k] ?? 0))) as Metres;
      [this.cameraHeight, this.block, this.low, this.high] = [placed.cameraHeight, placed.block, extent(Math.min), extent(Math.max)];
      this.distance = this.low[1];
      return;
    }
    if (placed) this.problem = placed;
    const { top, bottom } = boundsOf(outline), rise = this.slope(top), fall = this.slope(bottom);
    this.distance = metres / (rise - fall);
    this.cameraHeight = -this.distance * fall;
    const { left, right } = boundsOf(outline.map((place) => this.onFront(place))), [near, deep] = isRound ? [this.distance - (right - left) / 2, right - left] : [this.distance, depth];
    [this.low, this.high] = [[left, near, 0], [right, near + deep, metres]];
  }

  /** The front of a block, whether it faces the camera or not. */
  get front(): FrontPlane {
    const { low, high } = this;
    return new FrontPlane(this.block ?? { face: [low, [high[0], low[1], 0]], back: [0, high[1] - low[1], 0], ridge: null });
  }

  /** Where a blast goes off that is seen at a place, or, where none is said, in the building's middle so high. */
  blastAt(place: Place | null, share: number): Metres {
    const { low, high } = this, middle: Metres = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, share * high[2]];
    if (!place) return middle;
    const [x, z] = this.onPlane(place, middle[1]);
    return [Math.min(high[0], Math.max(low[0], x)), middle[1], Math.min(high[2], Math.max(0, z))];
  }

  /** How far a blast throws all that is there, in metres, as the program has it. */
  get blastReach(): number {
    return Math.max(1.5, 0.3 * (this.high[0] - this.low[0]));
  }

  /** How large a metre is seen there, in pixels of the plate. */
  scaleAt([, y, z]: Metres): number {
    return this.focal / Math.max(0.05, y * Math.cos(this.pitch) + (z - this.cameraHeight) * Math.sin(this.pitch));
  }

  /** Whether the camera stands above the foot and before the building. */
  get fits(): boolean {
    return this.problem === "" && Number.isFinite(this.distance) && this.distance > 0 && this.cameraHeight > 0;
  }

  /** Turns metres into the clip space of a picture drawn over the whole plate: columns of a matrix of four by four. */
  get matrix(): number[] {
    const c = Math.cos(this.pitch), s = Math.sin(this.pitch), h = this.cameraHeight, near = 0.3, far = 4000, a = (far + near) / (far - near), b = (-2 * far * near) / (far - near);
    const sx = (2 * this.focal) / this.width, sy = (2 * this.focal) / this.height, raised = 1 - (2 * this.middleY) / this.height;
    // away = y c + (z - h) s; up = (z - h) c - y s; what the axis meets may lie off the middle.
    return [sx, 0, 0, 0, 0, -s * sy + raised * c, a * c, c, 0, c * sy + raised * s, a * s, s, 0, -h * c * sy - raised * h * s, -h * s * a + b, -h * s];
  }

  private slope(row: number): number {
    return Math.tan(this.pitch + Math.atan((this.middleY - row) / this.focal));
  }

  /** Where a pixel's ray meets the upright plane of the front: metres to the right, and above the foot. */
  onFront(place: Place): Place {
    return this.onPlane(place, this.distance);
  }

  private onPlane(place: Place, away: number): Place {
    const [x, y, z] = this.rayOf(place), t = away / y;
    return [x * t, this.cameraHeight + z * t];
  }

  private rayOf([x, y]: Place): Metres {
    const up = (this.middleY - y) / this.focal, c = Math.cos(this.pitch), s = Math.sin(this.pitch);
    return [(x - this.width / 2) / this.focal, c - up * s, up * c + s];
  }

  /** Where a place is seen; nothing behind the camera. */
  seen([x, y, z]: Metres): Place | null {
    const c = Math.cos(this.pitch), s = Math.sin(this.pitch), h = z - this.cameraHeight, away = y * c + h * s;
    if (away < 0.05) return null;
    return [this.width / 2 + (this.focal * x) / away, this.middleY - (this.focal * (h * c - y * s)) / away];
  }

  /** A line as far as it lies before the camera. */
  line(a: Metres, b: Metres): [Place, Place] | null {
    const c = Math.cos(this.pitch), s = Math.sin(this.pitch), near = 0.3, away = (p: Metres): number => p[1] * c + (p[2] - this.cameraHeight) * s;
    const [p, q] = [away(a), away(b)];
    if (p < near && q < near) return null;
    const cut = (from: Metres, to: Metres, f: number, t: number): Metres => { const share = (near - f) / (t - f); return from.map((value, i) => value + share * ((to[i] ?? 0) - value)) as Metres; };
    const first = this.seen(p < near ? cut(a, b, p, q) : a), last = this.seen(q < near ? cut(b, a, q, p) : b);
    return first && last ? [first, last] : null;
  }

  /** A round building as rings from foot to top: height above the foot, middle, radius. */
  ringsOf(outline: readonly Place[]): Metres[] {
    const { top, bottom } = boundsOf(outline), rows = Array.from({ length: rings }, (_, i) => bottom - 0.5 - ((bottom - top - 1) * i) / (rings - 1));
    const result: Metres[] = [];
    for (const row of rows) {
      const span = spanOf(outline, row);
      if (!span) continue;
      const left = this.onFront([span[0], row]), right = this.onFront([span[1], row]);
      result.push([result.length === 0 ? 0 : left[1], (left[0] + right[0]) / 2, Math.max(0.03, (right[0] - left[0]) / 2)]);
    }
    return result;
  }
}
