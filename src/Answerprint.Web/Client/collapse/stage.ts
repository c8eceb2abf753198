import { boundsOf, spanOf, type Place } from "./geometry";

/** A place in metres: x to the right, y away from the camera, z up from the building's foot. */
export type Metres = [number, number, number];

const rings = 28;

/** Where camera and building stand, worked out as the program does it (CollapseStage): from the outline, the height and the horizon. */
export class Stage {
  readonly focal: number;
  readonly pitch: number;
  readonly distance: number;
  readonly cameraHeight: number;
  private readonly middleY: number;

  constructor(outline: readonly Place[], readonly metres: number, camera: { focalLength: number; horizon: number; isShifted: boolean }, readonly width: number, readonly height: number) {
    this.focal = camera.focalLength * width;
    // Through a shift lens the view is level, and the lens' axis meets the horizon.
    this.middleY = camera.isShifted ? camera.horizon * height : height / 2;
    this.pitch = Math.atan((camera.horizon * height - this.middleY) / this.focal);
    const { top, bottom } = boundsOf(outline), rise = this.slope(top), fall = this.slope(bottom);
    this.distance = metres / (rise - fall);
    this.cameraHeight = -this.distance * fall;
  }

  /** Whether the camera stands above the foot and before the building. */
  get fits(): boolean {
    return Number.isFinite(this.distance) && this.distance > 0 && this.cameraHeight > 0;
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
  onFront([x, y]: Place): Place {
    const up = (this.middleY - y) / this.focal, ahead = Math.cos(this.pitch) - up * Math.sin(this.pitch), t = this.distance / ahead;
    return [((x - this.width / 2) / this.focal) * t, this.cameraHeight + (up * Math.cos(this.pitch) + Math.sin(this.pitch)) * t];
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
