/** A place in pixels of the plate. */
export type Place = [number, number];

const turn = (a: Place, b: Place, c: Place): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** Where two edges cross between their ends; nothing where they only touch. */
function crossing(a: Place, b: Place, c: Place, d: Place): Place | null {
  const [p, q, r, s] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
  if (p * q >= 0 || r * s >= 0) return null;
  const t = r / (r - s);
  return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
}

/** Where a closed outline first crosses itself. */
export function crossesItself(points: readonly Place[]): Place | null {
  const n = points.length;
  for (let i = 0; i < n; i++) {
    for (let k = i + 2; k < n; k++) {
      if (i === 0 && k === n - 1) continue;
      const at = crossing(points[i] as Place, points[(i + 1) % n] as Place, points[k] as Place, points[(k + 1) % n] as Place);
      if (at) return at;
    }
  }
  return null;
}

/** The nearest place of the outline to another place: on which edge, where, how far away. */
export function nearestEdge(points: readonly Place[], at: Place, closed: boolean): { edge: number; place: Place; distance: number } | null {
  let best: { edge: number; place: Place; distance: number } | null = null;
  for (let i = 0; i < (closed ? points.length : points.length - 1); i++) {
    const a = points[i] as Place, b = points[(i + 1) % points.length] as Place, x = b[0] - a[0], y = b[1] - a[1], long = x * x + y * y;
    const t = long === 0 ? 0 : Math.min(1, Math.max(0, ((at[0] - a[0]) * x + (at[1] - a[1]) * y) / long)), place: Place = [a[0] + t * x, a[1] + t * y];
    const distance = Math.hypot(at[0] - place[0], at[1] - place[1]);
    if (!best || distance < best.distance) best = { edge: i, place, distance };
  }
  return best;
}

/** Whether a place lies inside (even-odd rule). */
export function isInside(points: readonly Place[], [x, y]: Place): boolean {
  let inside = false;
  for (let i = 0, k = points.length - 1; i < points.length; k = i++) {
    const a = points[i] as Place, b = points[k] as Place;
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside;
  }
  return inside;
}

/** The outermost rows and columns. */
export function boundsOf(points: readonly Place[]): { left: number; top: number; right: number; bottom: number } {
  const xs = points.map((p) => p[0]), ys = points.map((p) => p[1]);
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

/** From where to where a row runs through the outline. */
export function spanOf(points: readonly Place[], row: number): [number, number] | null {
  let left = Infinity, right = -Infinity;
  points.forEach((a, i) => {
    const b = points[(i + 1) % points.length] as Place;
    if (a[1] === b[1] || (a[1] - row) * (b[1] - row) > 0) return;
    const x = a[0] + ((b[0] - a[0]) * (row - a[1])) / (b[1] - a[1]);
    [left, right] = [Math.min(left, x), Math.max(right, x)];
  });
  return left < right ? [left, right] : null;
}

/** A stretch cut where it passes any of the ascending marks of an axis; each part with its middle. */
export function cutAt(a: Place, b: Place, xs: readonly number[], ys: readonly number[]): [Place, Place][] {
  const stops = [0, 1];
  for (const [axis, marks] of [[0, xs], [1, ys]] as const) {
    for (const mark of marks) {
      const t = (mark - a[axis]) / (b[axis] - a[axis]);
      if (t > 0 && t < 1) stops.push(t);
    }
  }
  stops.sort((p, q) => p - q);
  const at = (t: number): Place => [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
  return stops.slice(1).map((t, i) => [at(stops[i] ?? 0), at(t)]);
}
