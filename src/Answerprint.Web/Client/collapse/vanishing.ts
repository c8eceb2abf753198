import type { Place } from "./geometry";
import type { Lines } from "./work";

/** Where lines meet, in the sense of least squares of their distances from it; nothing where they run parallel. */
export function meet(ends: readonly Place[], width: number): Place | null {
  let xx = 0, xy = 0, yy = 0, x = 0, y = 0;
  for (let i = 0; i + 1 < ends.length; i += 2) {
    const [p, q] = [ends[i] as Place, ends[i + 1] as Place], across = q[1] - p[1], along = p[0] - q[0], long = Math.hypot(across, along);
    if (long < 4) return null;
    const a = across / long, b = along / long, c = a * p[0] + b * p[1];
    xx += a * a; xy += a * b; yy += b * b; x += a * c; y += b * c;
  }
  const determinant = xx * yy - xy * xy, at: Place = [(x * yy - y * xy) / determinant, (y * xx - x * xy) / determinant];
  return at.every((value) => Number.isFinite(value) && Math.abs(value) < 60 * width) ? at : null;
}

/** The camera that sees two ways of level edges meet where they do (Caprile and Torre 1990), as the program solves it; in words why not; nothing while edges are missing. */
export function solve({ along, across }: Lines, isShifted: boolean, width: number, height: number): { focalLength: number; horizon: number } | string | null {
  if (along.length < 4 || across.length < 4) return null;
  const first = meet(along, width), second = meet(across, width);
  if (!first || !second) return "These edges run parallel in the plate: no camera can be told from them. Take edges that run away from the camera.";
  const middle = width / 2, slope = (second[1] - first[1]) / (second[0] - first[0]);
  if (!(Math.abs(slope) < 0.27)) return "By these edges the horizon would not be level. Do they run along two walls at right angles?";
  const horizon = first[1] + slope * (middle - first[0]), axis = isShifted ? horizon : height / 2;
  const squared = -((first[0] - middle) * (second[0] - middle) + (first[1] - axis) * (second[1] - axis));
  if (!(squared > 0)) return "Both ways meet on one side of the plate's middle: they cannot be at right angles.";
  return { focalLength: Math.min(20, Math.max(0.3, Math.sqrt(squared) / width)), horizon: Math.min(3, Math.max(-2, horizon / height)) };
}
