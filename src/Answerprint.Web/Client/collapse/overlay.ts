import type { Block } from "./block";
import { boundsOf, nearestEdge, spanOf, type Place } from "./geometry";
import type { Frame } from "./frame";
import type { Metres, Stage } from "./stage";
import type { Choice, Shape, Tool } from "./surface";
import { stageOf, type Plate, type Problem, type Work } from "./work";

const namespace = "http://www.w3.org/2000/svg";
type Attributes = Record<string, string | number | undefined>;

/** Everything that is drawn over the plate. */
export interface Sight { work: Work; tool: Tool; chosen: Choice | null; problems: Problem[]; grid: boolean; hover: Place | null; cursor: Place | null }

function shape(tag: string, attributes: Attributes, ...children: (Node | string)[]): SVGElement {
  const element = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** Draws over the plate in pixels of the screen, so that lines and handles keep their size at every magnification. */
export class Overlay {
  private readonly hit = matchMedia("(pointer: coarse)").matches ? 22 : 12;
  private parts: Element[] = [];

  constructor(private readonly svg: SVGSVGElement, private readonly frame: Frame, private readonly plate: Plate) {}

  draw(sight: Sight): void {
    this.parts = [shape("defs", {}, shape("marker", { id: "cp-arrow", viewBox: "0 0 8 8", refX: 5, refY: 4, markerWidth: 6, markerHeight: 6, orient: "auto-start-reverse" }, shape("path", { class: "cp-head", d: "M0 0L8 4L0 8z" })))];
    const { work, tool } = sight, { scene } = work, outline = scene.building.outline, stage = stageOf(work, this.plate);
    const [left, top] = this.frame.toScreen([0, 0]), [right, bottom] = this.frame.toScreen([this.plate.width, this.plate.height]);
    this.add("rect", { class: "cp-edge", x: left, y: top, width: right - left, height: bottom - top });
    if (sight.grid && stage && tool !== "foreground") this.ground(stage, this.add("clipPath", { id: "cp-plate" }, shape("rect", { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) })));
    scene.foreground.forEach((part, i) => this.outline(part.outline, i, !(work.open === "foreground" && i === scene.foreground.length - 1), tool === "foreground", sight, "cp-front"));
    if (sight.grid && stage && outline.length > 2) this.storeys(stage, work);
    this.outline(outline, "building", work.open !== "building", tool === "building", sight, "cp-building");
    if (scene.building.shape === "block") this.faces(work, tool === "faces", sight);
    if (outline.length > 2 && (tool === "failure" || tool === "building")) this.failure(work, tool === "failure", left, right);
    if (tool === "camera" || sight.problems.some((one) => one.line === "horizon") || (sight.grid && outline.length > 2)) this.horizon(work, tool === "camera", sight);
    if (tool === "camera") this.lines(work);
    if (sight.cursor) this.cross(sight.cursor);
    for (const problem of sight.problems) if (problem.at && outline.length > 2) this.mark(problem);
    this.svg.replaceChildren(...this.parts);
  }

  private add(tag: string, attributes: Attributes, ...children: (Node | string)[]): SVGElement {
    const element = shape(tag, attributes, ...children);
    this.parts.push(element);
    return element;
  }

  private path(points: readonly Place[], closed: boolean): string {
    return points.map((p, i) => `${i === 0 ? "M" : "L"}${this.frame.toScreen(p).map((value) => value.toFixed(1)).join(" ")}`).join("") + (closed ? "Z" : "");
  }

  private line(a: Place, b: Place, kind: string): void {
    const [x1, y1] = this.frame.toScreen(a), [x2, y2] = this.frame.toScreen(b);
    this.add("line", { class: kind, x1, y1, x2, y2 });
  }

  private label(x: number, y: number, text: string, kind = ""): void {
    const box = this.svg.getBoundingClientRect(), wide = text.length * 5.75 + 12, at = Math.min(Math.max(4, x), Math.max(4, box.width - wide - 4)), row = Math.min(Math.max(4, y), box.height - 24);
    this.add("g", { class: `cp-label ${kind}` }, shape("rect", { x: at, y: row, width: wide, height: 19, rx: 3 }), shape("text", { x: at + 6, y: row + 13.5 }, text));
  }

  private handle(at: Place, data: Attributes, kind: string, name: string): void {
    const [cx, cy] = this.frame.toScreen(at);
    this.add("g", { class: `cp-grip ${kind}`, "aria-label": name }, shape("circle", { class: "cp-hit", cx, cy, r: this.hit, ...data }), shape("circle", { class: "cp-dot", cx, cy, r: kind.includes("small") ? 3 : 4.5 }));
  }

  private outline(points: readonly Place[], of: Shape, closed: boolean, isActive: boolean, sight: Sight, kind: string): void {
    if (points.length === 0) return;
    const d = this.path(points, closed && points.length > 2);
    if (closed && points.length > 2) this.add("path", { class: `${kind} cp-area`, d });
    this.add("path", { class: "cp-casing", d });
    this.add("path", { class: `${kind} cp-line${isActive ? "" : " cp-still"}`, d });
    const pen = sight.cursor ?? sight.hover, last = points[points.length - 1] as Place;
    if (isActive && !closed && pen) this.add("path", { class: `${kind} cp-pen`, d: this.path([last, pen, ...(points.length > 1 ? [points[0] as Place] : [])], false) });
    if (!isActive) return;
    if (closed) this.middles(points, of, sight.hover);
    points.forEach((at, index) => {
      const isChosen = sight.chosen?.shape === of && sight.chosen.index === index, first = index === 0 && !closed && points.length > 2;
      this.handle(at, { "data-grip": "point", "data-shape": of, "data-index": index }, `${kind}${isChosen ? " chosen" : ""}${first ? " first" : ""}`, `Point ${index + 1}`);
    });
  }

  /** The front of a block seen at an angle, how far its side goes back, and its ridge. */
  private faces({ scene, open }: Work, isActive: boolean, sight: Sight): void {
    const { front = [], side = [], ridge = [] } = scene.building, { chosen } = sight, pen = isActive ? (sight.cursor ?? sight.hover) : null;
    this.outline(front, "front", open !== "front", isActive, sight, "cp-face");
    const foot = front.slice(0, 2), far = side[0], from = far && foot.length > 1 ? foot.reduce((a, b) => (Math.abs(a[0] - far[0]) < Math.abs(b[0] - far[0]) ? a : b)) : null;
    for (const stretch of [far && from ? [from, far] : [], ridge.length > 1 ? ridge : ridge.length === 1 && pen ? [ridge[0] as Place, pen] : []]) {
      if (stretch.length < 2) continue;
      this.line(stretch[0] as Place, stretch[1] as Place, "cp-casing");
      this.line(stretch[0] as Place, stretch[1] as Place, `cp-face cp-line${isActive ? "" : " cp-still"}`);
    }
    if (!isActive) return;
    const grip = (at: Place, shape: Shape, index: number, name: string): void => this.handle(at, { "data-grip": "point", "data-shape": shape, "data-index": index }, `cp-face${chosen?.shape === shape && chosen.index === index ? " chosen" : ""}`, name);
    if (far) { grip(far, "side", 0, "Far corner of the side"); const [x, y] = this.frame.toScreen(far); this.label(x + 12, y + 6, "far corner"); }
    ridge.forEach((at, index) => grip(at, "ridge", index, `End ${index + 1} of the ridge`));
  }

  /** A place to pull a new point out of the edge: on each that is long enough for a finger, elsewhere on the one under the pointer. */
  private middles(points: readonly Place[], of: Shape, hover: Place | null): void {
    const near = hover ? nearestEdge(points, hover, true) : null;
    points.forEach((a, edge) => {
      const b = points[(edge + 1) % points.length] as Place, long = Math.hypot(a[0] - b[0], a[1] - b[1]) * this.frame.scale;
      const isNear = near?.edge === edge && near.distance * this.frame.scale < 14;
      if (long < (this.hit > 12 ? 96 : 56) && !isNear) return;
      const [cx, cy] = this.frame.toScreen([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
      if (!isNear && this.hit <= 12) return;
      this.add("g", { class: "cp-grip cp-more" }, shape("circle", { class: "cp-hit", cx, cy, r: this.hit, "data-grip": "middle", "data-shape": of, "data-index": edge }), shape("circle", { class: "cp-dot", cx, cy, r: 6 }), shape("path", { d: `M${cx - 3} ${cy}h6M${cx} ${cy - 3}v6` }));
    });
  }

  /** The ground in squares of some metres, the form's edges, and somebody to compare with. */
  private ground(stage: Stage, clip: Element): void {
    const floor = shape("g", { "clip-path": `url(#${clip.id})` });
    this.parts.push(floor);
    const step = stage.distance > 240 ? 40 : stage.distance > 90 ? 20 : stage.distance > 30 ? 10 : stage.distance > 12 ? 5 : 2, wide = (stage.width / stage.focal) * stage.distance, most = Math.ceil((0.9 * wide) / step), far = Math.ceil((2.4 * stage.distance) / step);
    const draw = (a: Metres, b: Metres, kind: string): void => {
      const line = stage.line(a, b);
      if (!line) return;
      const [x1, y1] = this.frame.toScreen(line[0]), [x2, y2] = this.frame.toScreen(line[1]);
      floor.append(shape("line", { class: kind, x1, y1, x2, y2 }));
    };
    for (let i = -most; i <= most; i++) draw([i * step, 0.4, 0], [i * step, far * step, 0], "cp-grid");
    for (let k = 0; k <= far; k++) draw([-most * step, k * step + 0.4, 0], [most * step, k * step + 0.4, 0], "cp-grid");
    const [x, y] = this.frame.toScreen([stage.width, stage.height]);
    this.label(x - 112, y - 27, `squares of ${step} m`, "quiet");
  }

  /** Floors on the front, the form's depth, and a person at its foot. */
  private storeys(stage: Stage, { scene }: Work): void {
    const { outline, storey, height, depth, shape: form } = scene.building, { left, bottom } = boundsOf(outline);
    if (form === "block" && stage.block) this.block(stage, stage.block, storey);
    for (let z = storey; !stage.block && z < height - 0.3 * storey; z += storey) {
      const probe = stage.seen([0, stage.distance, z]), span = probe && spanOf(outline, probe[1]);
      if (probe && span) this.line([span[0], probe[1]], [span[1], probe[1]], "cp-floor");
    }
    const front = outline.map((p) => stage.onFront(p));
    if (form === "block" && !stage.block) {
      const back = front.map(([x, z]) => stage.seen([x, stage.distance + depth, Math.max(0, z)]));
      back.forEach((p, i) => {
        const q = back[(i + 1) % back.length];
        if (p && q) this.line(p, q, "cp-form");
        if (p) this.line(outline[i] as Place, p, "cp-form");
      });
    } else if (form !== "block") {
      const rings = stage.ringsOf(outline), ring = rings[0];
      if (ring) {
        const circle = Array.from({ length: 33 }, (_, k) => stage.seen([ring[1] + ring[2] * Math.cos((k * Math.PI) / 16), stage.distance + ring[2] * Math.sin((k * Math.PI) / 16), 0])).filter((p): p is Place => p !== null);
        this.add("path", { class: "cp-form", d: this.path(circle, false) });
      }
    }
    const [x, y] = stage.block ? (stage.block.face[0] as Metres) : [stage.onFront([left, bottom])[0], stage.distance], foot = stage.seen([x - 1.2, y, 0]), head = stage.seen([x - 1.2, y, 1.75]);
    if (!foot || !head) return;
    const [fx, fy] = this.frame.toScreen(foot), [, hy] = this.frame.toScreen(head), tall = fy - hy;
    if (tall < 5) return;
    this.add("path", { class: "cp-person", d: `M${fx} ${hy + tall * 0.16}V${fy - tall * 0.46}M${fx - tall * 0.09} ${fy}L${fx} ${fy - tall * 0.46}L${fx + tall * 0.09} ${fy}M${fx - tall * 0.14} ${hy + tall * 0.42}L${fx} ${hy + tall * 0.2}L${fx + tall * 0.14} ${hy + tall * 0.42}` });
    this.add("circle", { class: "cp-person", cx: fx, cy: hy + tall * 0.08, r: tall * 0.075 });
    if (tall > 18) this.label(fx - 44, hy - 24, "1.75 m", "quiet");
  }

  /** A block seen at an angle: its edges, also those behind, and its floors around the front and the side. */
  private block(stage: Stage, { face, back, ridge }: Block, storey: number): void {
    const draw = (a: Metres, b: Metres, kind: string): void => { const line = stage.line(a, b); if (line) this.line(line[0], line[1], kind); };
    const behind = face.map((p): Metres => [p[0] + back[0], p[1] + back[1], p[2]]), plane = stage.front, flat = face.map((p) => plane.flat(p));
    face.forEach((p, i) => {
      const q = behind[i] as Metres;
      draw(p, q, "cp-form");
      draw(q, behind[(i + 1) % behind.length] as Metres, "cp-form");
    });
    if (ridge) {
      const eaves = face.toSorted((a, b) => b[2] - a[2]).slice(0, 2).sort((a, b) => plane.flat(a)[0] - plane.flat(b)[0]), ends = [...ridge].sort((a, b) => plane.flat(a)[0] - plane.flat(b)[0]);
      draw(ridge[0], ridge[1], "cp-form");
      ends.forEach((end, i) => { const corner = eaves[i]; if (corner) { draw(corner, end, "cp-form"); draw([corner[0] + back[0], corner[1] + back[1], corner[2]], end, "cp-form"); } });
    }
    for (let z = storey; z < Math.max(...flat.map((p) => p[1])) - 0.3 * storey; z += storey) {
      const span = spanOf(flat, z);
      if (!span) continue;
      const [a, b] = [plane.at([span[0], z], 0), plane.at([span[1], z], 0)];
      draw(a, b, "cp-floor");
      // The side that is seen: the one whose outward direction looks towards the camera.
      for (const [from, out] of [[a, -1], [b, 1]] as const) if ((plane.deep[1] * from[0] - plane.deep[0] * from[1]) * out < 0) draw(from, plane.at([from === a ? span[0] : span[1], z], plane.depth), "cp-floor");
    }
  }

  private horizon({ scene }: Work, isActive: boolean, sight: Sight): void {
    const { outline } = scene.building, row = scene.camera.horizon * this.plate.height, isWrong = sight.problems.some((one) => one.line === "horizon");
    const [left, y] = this.frame.toScreen([0, row]), [right] = this.frame.toScreen([this.plate.width, row]);
    this.add("line", { class: `cp-horizon${isWrong ? " wrong" : ""}${isActive ? "" : " cp-still"}`, x1: left, x2: right, y1: y, y2: y });
    if (isActive || isWrong) this.label(left + 8, y - 24, "Horizon");
    if (!isActive) return;
    this.add("line", { class: "cp-hit cp-band", x1: left, x2: right, y1: y, y2: y, "data-grip": "horizon" });
    this.handle([this.plate.width / 2, row], { "data-grip": "horizon" }, "cp-camera upright", "Horizon");
    if (outline.length < 3) return;
    const { bottom, left: from, right: to } = boundsOf(outline), [fx, fy] = this.frame.toScreen([from, bottom]), [tx] = this.frame.toScreen([to, bottom]);
    this.add("line", { class: "cp-foot", x1: fx - 24, x2: tx + 24, y1: fy, y2: fy });
    this.add("line", { class: "cp-hit cp-band", x1: fx - 24, x2: tx + 24, y1: fy, y2: fy, "data-grip": "foot" });
    this.label(tx + 30, fy - 10, "Foot");
    this.handle([(from + to) / 2, bottom], { "data-grip": "foot" }, "cp-camera upright", "Foot");
  }

  private lines({ scene }: Work): void {
    const { lines } = scene.camera;
    if (!lines) return;
    for (const set of ["along", "across"] as const) {
      const ends = lines[set];
      for (let i = 0; i + 1 < ends.length; i += 2) {
        const a = ends[i] as Place, b = ends[i + 1] as Place, x = b[0] - a[0], y = b[1] - a[1], long = Math.hypot(x, y) || 1, far = (3 * this.plate.width) / long;
        this.line([a[0] - x * far, a[1] - y * far], [b[0] + x * far, b[1] + y * far], `cp-ray ${set}`);
        this.line(a, b, `cp-casing`);
        this.line(a, b, `cp-side ${set}`);
      }
      ends.forEach((at, index) => this.handle(at, { "data-grip": "line", "data-set": set, "data-index": index }, `small ${set}`, `End of edge ${Math.floor(index / 2) + 1}`));
    }
  }

  /** Where it gives way, and where to. */
  private failure(work: Work, isActive: boolean, from: number, to: number): void {
    const { failure, building } = work.scene, { top, bottom, left, right } = boundsOf(building.outline), row = bottom - failure.at * (bottom - top), span = spanOf(building.outline, row) ?? [left, right], still = isActive ? "" : " cp-still";
    if (failure.kind === "remove") return;
    if (failure.kind === "blast") return this.blast(work, isActive, [(left + right) / 2, row]);
    const [x1, y] = this.frame.toScreen([span[0], row]), [x2] = this.frame.toScreen([span[1], row]), way = failure.side === "left" ? -1 : 1, tilt = failure.kind === "shear" ? way * 0.32 * (x2 - x1) : 0;
    this.add("line", { class: "cp-casing", x1: x1 - 10, x2: x2 + 10, y1: y - tilt / 2, y2: y + tilt / 2 });
    this.add("line", { class: `cp-fail${still}`, x1: x1 - 10, x2: x2 + 10, y1: y - tilt / 2, y2: y + tilt / 2 });
    const middle = (x1 + x2) / 2, [, high] = this.frame.toScreen([0, top]), up = y - high;
    const arrow = failure.kind === "topple" ? `M${middle} ${y - up * 0.55}q${way * up * 0.32} ${up * 0.02} ${way * up * 0.42} ${up * 0.3}` : failure.kind === "shear" ? `M${middle} ${y - up * 0.5}l${way * up * 0.28} ${up * 0.12}` : `M${middle} ${y - up * 0.6}v${up * 0.36}`;
    this.add("path", { class: "cp-casing", d: arrow });
    this.add("path", { class: `cp-fail arrow${still}`, d: arrow, "marker-end": "url(#cp-arrow)" });
    if (!isActive) return;
    this.add("line", { class: "cp-hit cp-band", x1: from, x2: to, y1: y, y2: y, "data-grip": "level" });
    this.handle([(span[0] + span[1]) / 2, row], { "data-grip": "level" }, "cp-break upright", "Where it gives way");
    this.label(x2 + 18, y - 10, `gives way at ${(failure.at * building.height).toFixed(1)} m`);
  }

  /** Where a blast goes off, and how far it throws all that is there. */
  private blast(work: Work, isActive: boolean, usual: Place): void {
    const { failure, building } = work.scene, stage = stageOf(work, this.plate), middle = stage?.blastAt(failure.point?.[0] ?? null, failure.at) ?? null, point = failure.point?.[0] ?? (middle && stage?.seen(middle)) ?? usual, still = isActive ? "" : " cp-still";
    const [cx, cy] = this.frame.toScreen(point), rays = Array.from({ length: 10 }, (_, k) => { const a = (k * Math.PI) / 5, inner = 9, outer = k % 2 === 0 ? 24 : 17; return `M${cx + inner * Math.cos(a)} ${cy + inner * Math.sin(a)}L${cx + outer * Math.cos(a)} ${cy + outer * Math.sin(a)}`; }).join("");
    if (stage && middle) this.add("circle", { class: `cp-reach${still}`, cx, cy, r: stage.blastReach * stage.scaleAt(middle) * this.frame.scale });
    this.add("path", { class: "cp-casing", d: rays });
    this.add("path", { class: `cp-fail${still}`, d: rays });
    if (!isActive) return;
    this.handle(point, { "data-grip": "blast" }, "cp-break", "Blast");
    this.label(cx + 28, cy - 9, `Blast, ${((middle?.[2] ?? failure.at * building.height)).toFixed(1)} m up${stage ? `, ${stage.blastReach.toFixed(1)} m around` : ""}`);
  }

  private cross([x, y]: Place): void {
    const [cx, cy] = this.frame.toScreen([x, y]), d = `M${cx - 14} ${cy}h9m10 0h9M${cx} ${cy - 14}v9m0 10v9`;
    this.add("path", { class: "cp-casing", d });
    this.add("path", { class: "cp-pen", d });
  }

  private mark({ at, text, mild }: Problem): void {
    const [cx, cy] = this.frame.toScreen(at as Place);
    this.add("circle", { class: `cp-wrong${mild ? " mild" : ""}`, cx, cy, r: 11 });
    if (!mild) this.label(cx + 16, cy - 26, text.split(/[.:] /)[0] ?? text, "wrong");
  }
}
