import { boundsOf, cutAt, isInside, type Place } from "./geometry";
import type { Metres, Stage } from "./stage";
import type { Scene } from "./work";

/** A coarse piece: its middle at rest and how far it reaches. */
export interface Piece { middle: Metres; reach: number }

/** A broken building as triangles: nine numbers a corner (place at rest, normal, 1 where it is a wall seen from outside, number of its piece, 1 where the outline cuts it). */
export interface Rubble { pieces: Piece[]; corners: Float32Array; low: Metres; high: Metres }

export const stride = 9;
const most = 220;

/** Chance from numbers: the same for the same. */
export function chance(seed: number, index: number, what: number): number {
  let h = (seed * 374761393 + index * 668265263 + what * 2246822519) | 0;
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

class Builder {
  readonly numbers: number[] = [];
  readonly pieces: Piece[] = [];

  quad(a: Metres, b: Metres, c: Metres, d: Metres, normal: Metres, isWall: boolean, isCut: boolean): void {
    for (const p of [a, b, c, a, c, d]) this.numbers.push(...p, ...normal, isWall ? 1 : 0, this.pieces.length, isCut ? 1 : 0);
  }

  end(middle: Metres, reach: number): void {
    this.pieces.push({ middle, reach });
  }
}

/** The marks of a grid, not quite even. */
function marks(from: number, to: number, count: number, seed: number, what: number): number[] {
  const step = (to - from) / count;
  return Array.from({ length: count + 1 }, (_, i) => from + step * (i + (i === 0 || i === count ? 0 : 0.5 * (chance(seed, i, what) - 0.5))));
}

/** Breaks the building that stands on the stage into a coarse grid. */
export function breakUp(stage: Stage, scene: Scene): Rubble {
  return scene.building.shape === "round" ? round(stage, scene) : block(stage, scene);
}

function block(stage: Stage, { building, failure, seed }: Scene): Rubble {
  const plane = stage.front, { depth, normal, deep } = plane, build = new Builder(), side: Metres = [deep[1], -deep[0], 0];
  // The front in its own measures: metres along its foot, metres up.
  const front = (stage.block ? stage.block.face.map((p) => plane.flat(p)) : building.outline.map((p) => stage.onFront(p)).map(([x, z]) => [x - stage.low[0], z] as Place)).map(([u, z]) => [u, Math.max(0, z)] as Place);
  const { left, right, top: low, bottom: high } = boundsOf(front), wide = right - left, tall = high - low, layers = depth > 3 ? 2 : 1, back = (n: Metres): Metres => [-n[0], -n[1], -n[2]];
  const cell = Math.sqrt((wide * tall * layers) / Math.min(most, Math.max(24, failure.pieces)));
  const xs = marks(left, right, Math.max(2, Math.round(wide / cell)), seed, 1), zs = marks(low, high, Math.max(2, Math.round(tall / cell)), seed, 2), ys = marks(0, depth, layers, seed, 3);
  const edges = front.flatMap((a, i) => cutAt(a, front[(i + 1) % front.length] as Place, xs, zs)), at = (u: number, v: number, z: number): Metres => plane.at([u, z], v);
  for (let i = 0; i + 1 < xs.length; i++) for (let k = 0; k + 1 < zs.length; k++) {
    const [x0, x1, z0, z1] = [xs[i] ?? 0, xs[i + 1] ?? 0, zs[k] ?? 0, zs[k + 1] ?? 0];
    const filled = [0.1, 0.3, 0.5, 0.7, 0.9].flatMap((u) => [0.1, 0.3, 0.5, 0.7, 0.9].map((v) => isInside(front, [x0 + u * (x1 - x0), z0 + v * (z1 - z0)]))), share = filled.filter(Boolean).length / filled.length;
    if (share < 0.05) continue;
    const isCut = share < 1, rim = isCut ? edges.filter(([a, b]) => { const x = (a[0] + b[0]) / 2, z = (a[1] + b[1]) / 2; return x >= x0 && x <= x1 && z >= z0 && z <= z1; }) : [];
    for (let j = 0; j + 1 < ys.length; j++) {
      const [y0, y1] = [ys[j] ?? 0, ys[j + 1] ?? 0], isFirst = j === 0, isLast = j === ys.length - 2;
      build.quad(at(x0, y0, z0), at(x1, y0, z0), at(x1, y0, z1), at(x0, y0, z1), normal, isFirst, isCut);
      build.quad(at(x1, y1, z0), at(x0, y1, z0), at(x0, y1, z1), at(x1, y1, z1), back(normal), isLast, isCut);
      build.quad(at(x0, y1, z0), at(x0, y0, z0), at(x0, y0, z1), at(x0, y1, z1), back(side), i === 0, isCut);
      build.quad(at(x1, y0, z0), at(x1, y1, z0), at(x1, y1, z1), at(x1, y0, z1), side, i === xs.length - 2, isCut);
      build.quad(at(x0, y0, z1), at(x1, y0, z1), at(x1, y1, z1), at(x0, y1, z1), [0, 0, 1], k === zs.length - 2, isCut);
      build.quad(at(x0, y1, z0), at(x1, y1, z0), at(x1, y0, z0), at(x0, y0, z0), [0, 0, -1], false, isCut);
      for (const [a, b] of rim) {
        const long = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
        build.quad(at(a[0], y0, a[1]), at(b[0], y0, b[1]), at(b[0], y1, b[1]), at(a[0], y1, a[1]), plane.way((b[1] - a[1]) / long, 0, (a[0] - b[0]) / long), true, false);
      }
      build.end(at((x0 + x1) / 2, (y0 + y1) / 2, (z0 + z1) / 2), Math.hypot(x1 - x0, y1 - y0, z1 - z0) / 2);
    }
  }
  if (stage.block?.ridge) roof(build, stage, stage.block.ridge, xs, high);
  return { pieces: build.pieces, corners: new Float32Array(build.numbers), low: stage.low, high: stage.high };
}

/** A roof that rises behind the eaves to a ridge half-way back; where the ridge is shorter than the front, its ends slope too. */
function roof(build: Builder, stage: Stage, ridge: [Metres, Metres], xs: readonly number[], eaves: number): void {
  const plane = stage.front, { depth } = plane, ends = ridge.map((p) => plane.flat(p)).sort((a, b) => a[0] - b[0]) as [Place, Place], [left, right] = [xs[0] ?? 0, xs[xs.length - 1] ?? 0];
  const top = (u: number): number => eaves + Math.max(0, (ends[0][1] + ends[1][1]) / 2 - eaves) * Math.max(0, Math.min(1, ends[0][0] > left ? (u - left) / (ends[0][0] - left) : 1, ends[1][0] < right ? (right - u) / (right - ends[1][0]) : 1));
  const at = (u: number, v: number, z: number): Metres => plane.at([u, z], v);
  for (let i = 0; i + 1 < xs.length; i++) for (const [edge, way] of [[0, 1], [depth, -1]] as const) {
    const [x0, x1] = [xs[i] ?? 0, xs[i + 1] ?? 0], middle = depth / 2, rise = (top(x0) + top(x1)) / 2 - eaves, long = Math.hypot(rise, middle) || 1;
    const slope: Metres = [(plane.normal[0] * rise * way) / long, (plane.normal[1] * rise * way) / long, middle / long];
    build.quad(at(x0, edge, eaves), at(x1, edge, eaves), at(x1, middle, top(x1)), at(x0, middle, top(x0)), slope, true, false);
    build.quad(at(x0, middle, eaves), at(x1, middle, eaves), at(x1, middle, top(x1)), at(x0, middle, top(x0)), plane.way(0, way, 0), false, false);
    build.quad(at(x0, edge, eaves), at(x1, edge, eaves), at(x1, middle, eaves), at(x0, middle, eaves), [0, 0, -1], false, false);
    for (const [u, out] of [[x0, -1], [x1, 1]] as const) build.quad(at(u, edge, eaves), at(u, middle, eaves), at(u, middle, top(u)), at(u, middle, top(u)), plane.way(out, 0, 0), out < 0 ? i === 0 : i === xs.length - 2, false);
    build.end(at((x0 + x1) / 2, (edge + middle) / 2, eaves + rise / 3), Math.hypot(x1 - x0, middle, rise) / 2);
  }
}

function round(stage: Stage, { building, failure, seed }: Scene): Rubble {
  const rings = stage.ringsOf(building.outline), build = new Builder();
  if (rings.length < 2) return { pieces: [], corners: new Float32Array(), low: [0, 0, 0], high: [0, 0, 0] };
  const high = (rings[rings.length - 1] as Metres)[0], widest = Math.max(...rings.map((ring) => ring[2]));
  const ringAt = (z: number): { middle: number; radius: number } => {
    const above = rings.findIndex((ring) => ring[0] > z), i = above < 0 ? rings.length - 2 : Math.max(0, above - 1), a = rings[i] as Metres, b = rings[i + 1] as Metres, t = Math.min(1, Math.max(0, (z - a[0]) / (b[0] - a[0] || 1)));
    return { middle: a[1] + t * (b[1] - a[1]), radius: a[2] + t * (b[2] - a[2]) };
  };
  const sectors = widest < 1 ? 5 : 8, levels = Math.max(4, Math.min(40, Math.round(Math.min(most, Math.max(40, failure.pieces)) / sectors))), zs = marks(0, high, levels, seed, 2);
  for (let k = 0; k < levels; k++) {
    const turn = chance(seed, k, 5) * 0.6;
    for (let s = 0; s < sectors; s++) {
      const from = ((s / sectors) * 2 + turn) * Math.PI, to = (((s + 1) / sectors) * 2 + turn) * Math.PI, stops = [zs[k] ?? 0, ((zs[k] ?? 0) + (zs[k + 1] ?? 0)) / 2, zs[k + 1] ?? 0];
      const inner = (z: number): number => Math.max(0, 1 - Math.max(building.wall * 2, 0.3 * ringAt(z).radius) / ringAt(z).radius), at = (angle: number, z: number, share: number): Metres => { const { middle, radius } = ringAt(z); return [middle + share * radius * Math.cos(angle), stage.distance + share * radius * Math.sin(angle), z]; };
      const angles = [from, (from + to) / 2, to], normal = (angle: number): Metres => [Math.cos(angle), Math.sin(angle), 0];
      for (let i = 0; i < 2; i++) for (let j = 0; j < 2; j++) {
        const [a, b, z0, z1] = [angles[i] ?? 0, angles[i + 1] ?? 0, stops[j] ?? 0, stops[j + 1] ?? 0];
        build.quad(at(a, z0, 1), at(b, z0, 1), at(b, z1, 1), at(a, z1, 1), normal((a + b) / 2), true, false);
        build.quad(at(b, z0, inner(z0)), at(a, z0, inner(z0)), at(a, z1, inner(z1)), at(b, z1, inner(z1)), normal((a + b) / 2 + Math.PI), false, false);
        for (const [z, up] of [[stops[0] ?? 0, -1], [stops[2] ?? 0, 1]] as const) if (j === 0) build.quad(at(a, z, inner(z)), at(b, z, inner(z)), at(b, z, 1), at(a, z, 1), [0, 0, up], up > 0 && k === levels - 1, false);
        for (const [angle, way] of [[from, -1], [to, 1]] as const) if (i === 0) build.quad(at(angle, z0, inner(z0)), at(angle, z0, 1), at(angle, z1, 1), at(angle, z1, inner(z1)), [-way * Math.sin(angle), way * Math.cos(angle), 0], false, false);
      }
      const z = stops[1] ?? 0, middle = at((from + to) / 2, z, 0.8);
      build.end(middle, Math.max(ringAt(z).radius * 0.5, (stops[2] ?? 0) - (stops[0] ?? 0)) * 0.7);
    }
  }
  return { pieces: build.pieces, corners: new Float32Array(build.numbers), low: [Math.min(...rings.map((r) => r[1] - r[2])), stage.distance - widest, 0], high: [Math.max(...rings.map((r) => r[1] + r[2])), stage.distance + widest, high] };
}
