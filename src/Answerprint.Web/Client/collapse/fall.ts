import { chance, stride, type Piece, type Rubble } from "./pieces";
import type { Metres } from "./stage";
import type { Scene } from "./work";

const gravity = 9.81;

/** Where a piece is: its middle, and how it is turned about an axis. */
interface Pose { at: Metres; axis: Metres; angle: number }

/** A rough fall: each piece follows a formula of its own, with Earth's gravity; it neither strikes others nor is glued to them. It is no simulation. */
export class Fall {
  private readonly tilt: number[];
  private readonly width: number;
  private readonly height: number;
  private readonly level: number;
  private readonly side: number;

  /** A blast, should there be one, goes off at the place. */
  constructor(private readonly rubble: Rubble, private readonly scene: Scene, private readonly blast: Metres) {
    const { low, high } = rubble, { failure } = scene;
    [this.width, this.height, this.side] = [high[0] - low[0], high[2], failure.side === "left" ? -1 : 1];
    this.level = failure.at * this.height;
    this.tilt = tilts(Math.max(2, this.height - this.level));
  }

  /** Moves every corner to where it is so many seconds after the beginning. */
  at(seconds: number, out: Float32Array): void {
    const { corners, pieces } = this.rubble, poses = pieces.map((piece, i) => this.pose(piece, i, seconds));
    for (let i = 0; i < corners.length; i += stride) {
      const number = corners[i + 7] ?? 0, piece = pieces[number] as Piece, pose = poses[number] as Pose, o = (i / stride) * 6;
      const p = spin([(corners[i] ?? 0) - piece.middle[0], (corners[i + 1] ?? 0) - piece.middle[1], (corners[i + 2] ?? 0) - piece.middle[2]], pose), n = spin([corners[i + 3] ?? 0, corners[i + 4] ?? 0, corners[i + 5] ?? 0], pose);
      for (let k = 0; k < 3; k++) { out[o + k] = (p[k] ?? 0) + (pose.at[k] ?? 0); out[o + 3 + k] = n[k] ?? 0; }
    }
  }

  private pose(piece: Piece, index: number, t: number): Pose {
    const { seed, failure } = this.scene, r = (what: number): number => chance(seed, index, what), axis: Metres = unit([r(11) - 0.5, r(12) - 0.5, r(13) - 0.5]);
    if (t <= 0) return { at: piece.middle, axis, angle: 0 };
    const pose = failure.kind === "topple" ? this.topple(piece, t, r) : failure.kind === "shear" ? this.shear(piece, t, r) : failure.kind === "blast" ? this.burst(piece, t, r) : this.down(piece, t, 0, r);
    // What topples turns about the hinge; all else tumbles as chance has it.
    return pose.axis[1] === 1 ? pose : { ...pose, axis };
  }

  /** What lies on top of each other in the end is a low heap. */
  private heap(z: number, r: (what: number) => number): number {
    return Math.max(0, Math.min(z, 0.14 * this.height * (z / this.height) + 0.03 * this.height * r(21)));
  }

  /** What is above comes down at four fifths of free fall, through what is below. */
  private down(piece: Piece, t: number, delay: number, r: (what: number) => number): Pose {
    const [x, y, z] = piece.middle, since = Math.max(0, t - delay), fallen = 0.4 * gravity * since * since, rest = this.heap(z, r), front = this.level - fallen;
    const to = z >= this.level ? Math.max(rest, z - fallen) : Math.max(rest, Math.min(z, front)), landed = Math.sqrt((2 * Math.max(0, z - rest)) / (0.8 * gravity)), after = Math.max(0, since - 0.8 * landed), share = 1 - Math.exp(-1.8 * after);
    const spread = share * (0.25 + 0.85 * r(22)) * (0.35 + 0.65 * (z / this.height));
    const [mx, my] = [(this.rubble.low[0] + this.rubble.high[0]) / 2, (this.rubble.low[1] + this.rubble.high[1]) / 2], wide = Math.min(this.height * 0.5, this.width);
    const push = (from: number, middle: number, what: number): number => from + spread * ((from - middle) * 0.55 + (r(what) - 0.5) * wide * 0.8);
    return { at: [push(x, mx, 23), push(y, my, 24) - spread * 0.12 * this.height, to], axis: [0, 0, 0], angle: (z > to + 0.02 ? 1 : 0) * (Math.min(1, since) * 0.15 + share * 1.6) * (r(25) - 0.5) };
  }

  /** What is above the cut turns about its edge as a falling rod does. */
  private topple(piece: Piece, t: number, r: (what: number) => number): Pose {
    const [x, y, z] = piece.middle, hinge = this.side > 0 ? this.rubble.high[0] - 0.1 * this.width : this.rubble.low[0] + 0.1 * this.width;
    if (z < this.level) return { at: piece.middle, axis: [0, 0, 0], angle: 0 };
    const lag = 0.09 * ((z - this.level) / this.height) + 0.05 * r(31), step = 1 / 120, place = (time: number): { at: Metres; angle: number } => {
      const angle = this.tilt[Math.min(this.tilt.length - 1, Math.max(0, Math.floor(time / step)))] ?? 0, dx = (x - hinge) * this.side, dz = z - this.level;
      // Past 50 degrees its foot lets go.
      const loose = Math.max(0, time - this.passed(0.87)), drop = 0.5 * gravity * loose * loose;
      return { at: [hinge + this.side * (dx * Math.cos(angle) + dz * Math.sin(angle)), y, this.level + dz * Math.cos(angle) - dx * Math.sin(angle) - drop], angle };
    };
    const time = Math.max(0, t - lag), now = place(time), least = Math.min(0.5 * piece.reach, 0.1 * this.height) * (0.3 + 0.7 * r(32));
    if (now.at[2] > least) return { at: now.at, axis: [0, 1, 0], angle: this.side * now.angle };
    let early = 0, late = time;
    for (let i = 0; i < 14; i++) { const middle = (early + late) / 2; if (place(middle).at[2] > least) early = middle; else late = middle; }
    const hit = place(late), slid = (1 - Math.exp(-2.2 * (time - late))) * this.height * 0.1;
    return { at: [hit.at[0] + this.side * slid * r(33), y + (r(34) - 0.5) * slid * 2.4, least], axis: [0, 1, 0], angle: this.side * (hit.angle + slid * 0.12 * (r(35) - 0.5)) };
  }

  private passed(angle: number): number {
    const at = this.tilt.findIndex((value) => value > angle);
    return (at < 0 ? this.tilt.length : at) / 120;
  }

  /** What is above a slanted plane slides down it, and off it. */
  private shear(piece: Piece, t: number, r: (what: number) => number): Pose {
    const [x, y, z] = piece.middle, middle = (this.rubble.low[0] + this.rubble.high[0]) / 2, slope = 0.32, plane = this.level - slope * (x - middle) * this.side;
    if (z < plane) return { at: piece.middle, axis: [0, 0, 0], angle: 0 };
    const [c, s] = [1 / Math.hypot(1, slope), slope / Math.hypot(1, slope)], pull = 0.45 * gravity, off = Math.sqrt((0.9 * this.width) / pull) + 0.15 * r(41), slid = 0.5 * pull * Math.min(t, off) ** 2, loose = Math.max(0, t - off), speed = pull * off;
    const to = z - s * slid - s * speed * loose - 0.5 * gravity * loose * loose, rest = this.heap(z, r), high = z - s * slid - rest, landed = (-s * speed + Math.sqrt(s * s * speed * speed + 2 * gravity * Math.max(0, high))) / gravity, flight = Math.min(loose, landed);
    const after = 1 - Math.exp(-2 * Math.max(0, loose - landed));
    return { at: [x + this.side * (c * (slid + speed * flight * 0.7) + after * this.width * 0.35 * r(42)), y + after * (r(43) - 0.6) * this.width * 0.5, Math.max(rest, to)], axis: [0, 0, 0], angle: (0.5 * Math.min(1, flight) + after) * 1.6 * (r(44) - 0.5) };
  }

  /** What is near is thrown; what stood on it comes down after. */
  private burst(piece: Piece, t: number, r: (what: number) => number): Pose {
    const [x, y, z] = piece.middle, from: Metres = [x - this.blast[0], y - this.blast[1], z - this.blast[2]], far = Math.hypot(...from), radius = Math.max(1.5, 0.4 * this.width), push = Math.exp(-((far / radius) ** 2));
    if (push < 0.12) return z > this.blast[2] ? this.down(piece, t, 0.15 + 0.25 * (far / this.height) * r(51), r) : { at: piece.middle, axis: [0, 0, 0], angle: 0 };
    const speed = (6 + 9 * Math.sqrt(this.height / 12)) * push * (0.6 + 0.8 * r(52)), way = unit([from[0], from[1] - 0.25 * this.width, from[2] + 0.15 * radius]), rest = this.heap(z, r) * 0.5, rise = way[2] * speed, landed = (rise + Math.sqrt(rise * rise + 2 * gravity * Math.max(0, z - rest))) / gravity, flight = Math.min(t, landed);
    return { at: [x + way[0] * speed * flight, y + way[1] * speed * flight, Math.max(rest, z + rise * flight - 0.5 * gravity * flight * flight)], axis: [0, 0, 0], angle: flight * 3 * (r(53) - 0.5) };
  }
}

/** Angles of a rod that falls over from nearly upright, 120 a second, up to level. */
function tilts(long: number): number[] {
  const result: number[] = [];
  for (let angle = 0.035, speed = 0.02, i = 0; i < 120 * 60 && angle < Math.PI / 2; i++) {
    result.push(angle - 0.035);
    speed += ((1.5 * gravity) / long) * Math.sin(angle) / 120;
    angle += speed / 120;
  }
  result.push(Math.PI / 2);
  return result;
}

const unit = (a: Metres): Metres => { const long = Math.hypot(...a) || 1; return [a[0] / long, a[1] / long, a[2] / long]; };

/** Turned about the axis of a pose (Rodrigues). */
function spin(v: Metres, { axis: k, angle }: Pose): Metres {
  if (angle === 0) return v;
  const c = Math.cos(angle), s = Math.sin(angle), dot = (k[0] * v[0] + k[1] * v[1] + k[2] * v[2]) * (1 - c);
  return [v[0] * c + (k[1] * v[2] - k[2] * v[1]) * s + k[0] * dot, v[1] * c + (k[2] * v[0] - k[0] * v[2]) * s + k[1] * dot, v[2] * c + (k[0] * v[1] - k[1] * v[0]) * s + k[2] * dot];
}
