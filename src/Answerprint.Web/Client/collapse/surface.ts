import { announce, clamp } from "../dom";
import { Frame } from "./frame";
import { boundsOf, nearestEdge, type Place } from "./geometry";
import { Overlay } from "./overlay";
import { short, stageOf, type Plate, type Problem, type Work } from "./work";

export type LineSet = "along" | "across";
export type Tool = "building" | "faces" | "foreground" | "camera" | "failure";

/** What is drawn of a block that is seen at an angle. */
export type Face = "front" | "side" | "ridge";

/** Whose points they are: the building's outline, one of its faces, or the foreground outline with that number. */
export type Shape = "building" | Face | number;

/** A point that is chosen. */
export interface Choice { shape: Shape; index: number }

/** What the surface needs of the page. */
export interface Desk {
  readonly plate: Plate;
  work(): Work;
  problems(): Problem[];
  /** Something is about to change and can be undone. */
  before(): void;
  /** Something has changed; while a drag goes on it is not the last time. */
  after(isDragging: boolean): void;
  undo(): void;
  redo(): void;
}

/** What is under a finger or pointer. */
type Grip = { kind: "point"; choice: Choice } | { kind: "middle"; shape: Shape; edge: number } | { kind: "horizon" } | { kind: "foot" } | { kind: "level" } | { kind: "blast" } | { kind: "line"; set: LineSet; index: number };

const tapLimit = 5;

/** The two lowest neighbours first, on around as before: a front begins with its foot, wherever somebody began to draw it. */
function footFirst(points: Place[]): void {
  const low = points.map((a, i) => a[1] + (points[(i + 1) % points.length] as Place)[1]), first = low.indexOf(Math.max(...low));
  points.push(...points.splice(0, first));
}

/** Draws and edits what lies over the plate. */
export class Surface {
  readonly frame: Frame;
  tool: Tool = "building";
  /** Which way the edges run that a drag draws; none where a drag moves the view. */
  lines: LineSet | null = null;
  /** Which face a tap sets a point of. */
  face: Face = "front";
  chosen: Choice | null = null;
  grid = true;
  private readonly overlay: Overlay;
  private readonly touches = new Map<number, Place>();
  private cursor: Place;
  private hover: Place | null = null;
  private drag: { grip: Grip | null; start: Place; last: Place; moved: boolean; began: boolean; pans: boolean; pointer: number } | null = null;
  private pinch = 0;
  private hasKeys = false;
  private space = false;

  constructor(readonly element: HTMLElement, readonly svg: SVGSVGElement, private readonly desk: Desk, private readonly shown: () => void) {
    const { plate } = desk;
    this.frame = new Frame(plate.width, plate.height);
    this.cursor = [plate.width / 2, plate.height / 2];
    this.overlay = new Overlay(svg, this.frame, plate);
  }

  listen(signal: AbortSignal): void {
    const on = { signal };
    this.svg.addEventListener("pointerdown", (event) => this.down(event), on);
    // The handle under the pointer is drawn anew at once; left to itself the browser would move the focus off the page with it.
    this.svg.addEventListener("mousedown", (event) => event.preventDefault(), on);
    this.svg.addEventListener("pointermove", (event) => this.move(event), on);
    this.svg.addEventListener("pointerup", (event) => this.up(event, false), on);
    this.svg.addEventListener("pointercancel", (event) => this.up(event, true), on);
    this.svg.addEventListener("pointerleave", () => { this.hover = null; if (!this.drag) this.draw(); }, on);
    this.svg.addEventListener("dblclick", () => this.close(), on);
    this.svg.addEventListener("contextmenu", (event) => { if (this.chosen) event.preventDefault(); }, on);
    this.svg.addEventListener("wheel", (event) => {
      if (!(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.magnify(event.deltaY < 0 ? 1.2 : 1 / 1.2, this.screen(event));
    }, { passive: false, signal });
    this.svg.addEventListener("keydown", (event) => { if (this.key(event)) { event.preventDefault(); event.stopPropagation(); } }, on);
    this.svg.addEventListener("keyup", (event) => { if (event.key === " ") this.space = false; }, on);
    this.svg.addEventListener("focus", () => { this.hasKeys = this.svg.matches(":focus-visible"); this.draw(); }, on);
    this.svg.addEventListener("blur", () => { this.hasKeys = false; this.draw(); }, on);
  }

  choose(tool: Tool): void {
    if (this.desk.work().open && tool !== this.desk.work().open) this.close();
    this.tool = tool;
    this.chosen = null;
    this.draw();
  }

  magnify(factor: number, around?: Place): void {
    this.frame.magnify(factor, around);
    this.draw();
  }

  /** Brings a place of the plate into sight. */
  show(at: Place): void {
    const box = this.svg.getBoundingClientRect(), [x, y] = this.frame.toScreen(at);
    if (x < 20 || y < 20 || x > box.width - 20 || y > box.height - 20) this.frame.pan(box.width / 2 - x, box.height / 2 - y);
    this.draw();
  }

  draw(): void {
    const box = this.svg.getBoundingClientRect();
    if (box.width === 0) return;
    this.frame.size(box.width, box.height);
    this.svg.style.touchAction = this.frame.zoom > 1.01 ? "none" : "pan-y";
    this.svg.style.cursor = this.space ? "grab" : this.drag?.began ? "grabbing" : "";
    this.overlay.draw({
      work: this.desk.work(), tool: this.tool, chosen: this.chosen, problems: this.desk.problems(), grid: this.grid, hover: this.drag?.moved ? null : this.hover,
      cursor: this.hasKeys && !this.chosen && this.setsPoints ? this.cursor : null,
    });
    this.shown();
  }

  pointsOf(shape: Shape): Place[] {
    const { building, foreground } = this.desk.work().scene;
    return shape === "building" ? building.outline : typeof shape === "number" ? foreground[shape]?.outline ?? [] : building[shape] ?? [];
  }

  private isClosed(shape: Shape): boolean {
    const { open, scene } = this.desk.work();
    return typeof shape !== "number" ? open !== shape : open !== "foreground" || shape !== scene.foreground.length - 1;
  }

  /** What is being drawn and not closed yet. */
  private get openShape(): Shape | null {
    const { open, scene } = this.desk.work();
    return open === "foreground" ? scene.foreground.length - 1 : open;
  }

  private get setsPoints(): boolean {
    return this.tool === "building" || this.tool === "faces" || this.tool === "foreground" || (this.tool === "failure" && this.desk.work().scene.failure.kind === "blast");
  }

  private screen(event: MouseEvent): Place {
    const box = this.svg.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  /** Half pixels are fine enough, and read well. */
  private place(event: MouseEvent): Place {
    return this.held(this.frame.toPlate(this.screen(event)));
  }

  private held([x, y]: Place): Place {
    const { width, height } = this.desk.plate, fine = (value: number): number => Math.round(value * 2) / 2;
    return [fine(clamp(x, -width / 2, 1.5 * width)), fine(clamp(y, -height / 2, 1.5 * height))];
  }

  private gripOf(target: EventTarget | null): Grip | null {
    const data = target instanceof SVGElement ? target.dataset : undefined, kind = data?.["grip"];
    if (!data || !kind) return null;
    const named = data["shape"] ?? "", shape: Shape = named === "building" || named === "front" || named === "side" || named === "ridge" ? named : Number(named), index = Number(data["index"]);
    if (kind === "point") return { kind, choice: { shape, index } };
    if (kind === "middle") return { kind, shape, edge: index };
    if (kind === "line") return { kind, set: data["set"] === "along" ? "along" : "across", index };
    return { kind: kind as "horizon" | "foot" | "level" | "blast" };
  }

  private down(event: PointerEvent): void {
    const at = this.screen(event);
    this.touches.set(event.pointerId, at);
    this.svg.focus({ preventScroll: true });
    this.hasKeys = false;
    this.svg.setPointerCapture(event.pointerId);
    if (this.touches.size === 2) {
      const [a, b] = [...this.touches.values()] as [Place, Place];
      this.pinch = Math.hypot(a[0] - b[0], a[1] - b[1]);
      this.drag = null;
      return;
    }
    const pans = event.button === 1 || this.space;
    if (event.button > 1 || (event.button === 1 && event.pointerType !== "mouse")) return;
    if (event.button === 1) event.preventDefault();
    const grip = pans ? null : this.gripOf(event.target);
    this.drag = { grip, start: at, last: at, moved: pans, began: false, pans, pointer: event.pointerId };
    if (grip?.kind === "point") { this.chosen = grip.choice; this.say(); }
    this.draw();
  }

  private move(event: PointerEvent): void {
    const at = this.screen(event);
    if (this.touches.has(event.pointerId)) this.touches.set(event.pointerId, at);
    if (this.touches.size === 2 && this.pinch > 0) return this.spread();
    this.hover = event.pointerType === "mouse" ? this.frame.toPlate(at) : null;
    const { drag } = this;
    if (!drag || drag.pointer !== event.pointerId) return this.draw();
    if (!drag.moved && Math.hypot(at[0] - drag.start[0], at[1] - drag.start[1]) < tapLimit) return;
    drag.moved = true;
    if (!drag.grip && this.tool === "camera" && this.lines && !drag.pans) drag.grip = this.edge(this.lines, drag.start);
    if (!drag.grip) this.frame.pan(at[0] - drag.last[0], at[1] - drag.last[1]);
    else {
      if (!drag.began) {
        drag.began = true;
        this.desk.before();
        if (drag.grip.kind === "middle") drag.grip = this.insert(drag.grip.shape, drag.grip.edge, this.place(event));
      }
      this.pull(drag.grip, this.place(event), event.shiftKey);
      this.desk.after(true);
    }
    drag.last = at;
    this.draw();
  }

  private up(event: PointerEvent, isCancelled: boolean): void {
    this.touches.delete(event.pointerId);
    if (this.touches.size < 2) this.pinch = 0;
    const { drag } = this;
    if (!drag || drag.pointer !== event.pointerId) return;
    this.drag = null;
    if (drag.began) this.desk.after(false);
    else if (!drag.moved && !isCancelled) this.tap(drag.grip, this.place(event));
    this.draw();
  }

  private spread(): void {
    const [a, b] = [...this.touches.values()] as [Place, Place], apart = Math.hypot(a[0] - b[0], a[1] - b[1]);
    this.magnify(apart / Math.max(1, this.pinch), [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
    this.pinch = apart;
  }

  /** A tap where nothing is held sets a point; on the first point it closes; on an edge it goes in between. */
  private tap(grip: Grip | null, at: Place): void {
    const work = this.desk.work();
    if (grip?.kind === "point") {
      if (work.open && grip.choice.index === 0 && !this.isClosed(grip.choice.shape) && this.pointsOf(grip.choice.shape).length > 2) this.close();
      return;
    }
    if (grip?.kind === "middle") {
      this.desk.before();
      this.insert(grip.shape, grip.edge, at);
      return this.desk.after(false);
    }
    if (grip) return;
    if (this.setsPoints) this.set(at);
  }

  /** Where a blast goes off; what gives way is at its height. */
  private blast(at: Place): void {
    const work = this.desk.work(), { failure } = work.scene, stage = stageOf(work, this.desk.plate);
    failure.point = [at];
    if (stage) failure.at = short(stage.blastAt(at, failure.at)[2] / work.scene.building.height);
  }

  /** Sets a point: the first of an outline, its next, or one on an edge of a closed one. */
  private set(at: Place): void {
    const work = this.desk.work(), { scene } = work;
    if (this.tool === "failure") {
      this.desk.before();
      this.blast(at);
      this.desk.after(false);
      return announce("The blast is placed");
    }
    if (this.tool === "faces" && this.face !== "front") {
      const points = (scene.building[this.face] ??= []), most = this.face === "side" ? 1 : 2;
      this.desk.before();
      // One more than there may be takes the place of the last.
      points.splice(Math.min(points.length, most - 1), 1, at);
      this.chosen = { shape: this.face, index: points.length - 1 };
    } else if (this.tool === "building" || this.tool === "faces") {
      const shape = this.tool === "building" ? "building" : "front", points = shape === "building" ? scene.building.outline : (scene.building.front ??= []);
      if (points.length > 2 && work.open !== shape) {
        const near = nearestEdge(points, at, true);
        if (!near || near.distance * this.frame.scale > 10) { this.chosen = null; return; }
        this.desk.before();
        this.insert(shape, near.edge, at);
        return this.desk.after(false);
      }
      this.desk.before();
      work.open = shape;
      points.push(at);
      this.chosen = { shape, index: points.length - 1 };
    } else {
      this.desk.before();
      if (work.open !== "foreground") scene.foreground.push({ outline: [] });
      work.open = "foreground";
      const shape = scene.foreground.length - 1, points = this.pointsOf(shape);
      points.push(at);
      this.chosen = { shape, index: points.length - 1 };
    }
    this.desk.after(false);
    this.say();
  }

  private insert(shape: Shape, edge: number, at: Place): Grip {
    this.pointsOf(shape).splice(edge + 1, 0, at);
    this.chosen = { shape, index: edge + 1 };
    this.say();
    return { kind: "point", choice: this.chosen };
  }

  /** An edge that has both ends where the drag began. */
  private edge(set: LineSet, from: Place): Grip {
    const { camera } = this.desk.work().scene, at = this.held(this.frame.toPlate(from));
    this.desk.before();
    const lines = (camera.lines ??= { along: [], across: [] });
    lines[set].push(at, [...at] as Place);
    if (this.drag) this.drag.began = true;
    return { kind: "line", set, index: lines[set].length - 1 };
  }

  private pull(grip: Grip, at: Place, isStraight: boolean): void {
    const work = this.desk.work(), { scene } = work, { plate } = this.desk;
    if (grip.kind === "point") {
      const points = this.pointsOf(grip.choice.shape), n = points.length, before = points[(grip.choice.index + n - 1) % n];
      // Held upright or level with its neighbour.
      points[grip.choice.index] = isStraight && before ? (Math.abs(at[0] - before[0]) < Math.abs(at[1] - before[1]) ? [before[0], at[1]] : [at[0], before[1]]) : at;
    } else if (grip.kind === "horizon") {
      scene.camera.horizon = short(clamp(at[1] / plate.height, -2, 3));
      work.chosen["horizon"] = true;
    } else if (grip.kind === "foot") {
      const points = scene.building.outline, { bottom, top } = boundsOf(points), to = Math.max(at[1], top + 8);
      points.forEach((p, i) => { if (p[1] > bottom - 0.012 * plate.height) points[i] = [p[0], p[1] + to - bottom]; });
    } else if (grip.kind === "blast") this.blast(at);
    else if (grip.kind === "level") this.level(at[1]);
    else if (grip.kind === "line") {
      const ends = scene.camera.lines?.[grip.set];
      if (ends) ends[grip.index] = at;
    }
  }

  private level(row: number): void {
    const { scene } = this.desk.work(), { top, bottom } = boundsOf(scene.building.outline);
    if (bottom > top) scene.failure.at = Math.round(clamp((bottom - row) / (bottom - top), 0, 1) * 1000) / 1000;
  }

  /** Ends the outline that is being drawn: it closes, or goes where it has too few points. */
  close(): void {
    const work = this.desk.work(), shape = this.openShape;
    if (shape === null) return;
    const points = this.pointsOf(shape);
    this.desk.before();
    // A double click sets its last point twice.
    const [last, previous] = [points[points.length - 1], points[points.length - 2]];
    if (last && previous && Math.hypot(last[0] - previous[0], last[1] - previous[1]) * this.frame.scale < tapLimit) points.pop();
    if (points.length > 2) announce(`${shape === "building" ? "The building's outline" : shape === "front" ? "The front" : "The foreground outline"} is closed: ${points.length} points`);
    else if (typeof shape === "number") work.scene.foreground.splice(shape, 1);
    else points.length = 0;
    if (shape === "front") footFirst(points);
    work.open = null;
    this.chosen = null;
    this.desk.after(false);
    this.draw();
  }

  remove(): void {
    const { chosen } = this, work = this.desk.work();
    if (!chosen) return;
    const points = this.pointsOf(chosen.shape);
    this.desk.before();
    points.splice(chosen.index, 1);
    if (points.length === 0 && typeof chosen.shape === "number") {
      work.scene.foreground.splice(chosen.shape, 1);
      if (work.open === "foreground") work.open = null;
    } else if (points.length < 3 && this.isClosed(chosen.shape)) {
      if (chosen.shape === "building" || chosen.shape === "front") work.open = points.length > 0 ? chosen.shape : null;
      else if (typeof chosen.shape === "number") { work.scene.foreground.splice(chosen.shape, 1); this.chosen = null; }
    }
    const left = this.pointsOf(chosen.shape).length;
    this.chosen = this.chosen && left > 0 ? { shape: chosen.shape, index: Math.min(chosen.index, left - 1) } : null;
    this.desk.after(false);
    announce(`Point removed, ${left} left`);
    this.draw();
  }

  private say(): void {
    const { chosen } = this;
    const at = chosen ? this.pointsOf(chosen.shape)[chosen.index] : undefined;
    if (chosen && at) announce(`Point ${chosen.index + 1} of ${this.pointsOf(chosen.shape).length}: ${Math.round(at[0])} across, ${Math.round(at[1])} down`);
  }

  /** The next point, or the one before it, of whatever the tool draws. */
  private step(by: number): void {
    const { scene } = this.desk.work(), all: Choice[] = [];
    if (this.tool === "faces") for (const shape of ["front", "side", "ridge"] as const) this.pointsOf(shape).forEach((_, index) => all.push({ shape, index }));
    else if (this.tool !== "foreground") scene.building.outline.forEach((_, index) => all.push({ shape: "building", index }));
    else scene.foreground.forEach((part, shape) => part.outline.forEach((_, index) => all.push({ shape, index })));
    if (all.length === 0) return;
    const now = all.findIndex((one) => one.shape === this.chosen?.shape && one.index === this.chosen.index);
    this.chosen = all[(now + by + all.length + (now < 0 && by < 0 ? 1 : 0)) % all.length] ?? null;
    this.say();
    const at = this.chosen ? this.pointsOf(this.chosen.shape)[this.chosen.index] : undefined;
    if (at) this.show(at);
  }

  private key(event: KeyboardEvent): boolean {
    const { key } = event, ways: Record<string, Place> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }, way = ways[key];
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "z") { if (event.shiftKey) this.desk.redo(); else this.desk.undo(); return true; }
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "y") { this.desk.redo(); return true; }
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    this.hasKeys = true;
    if (way) return this.nudge(way, event.shiftKey ? 10 : 1);
    if (key === "Delete" || key === "Backspace") { if (!this.chosen) return false; this.remove(); return true; }
    if (key === "]" || key === "[") { this.step(key === "]" ? 1 : -1); return true; }
    if (key === "Escape") {
      if (this.desk.work().open) this.close();
      else if (this.chosen) { this.chosen = null; this.draw(); } else return false;
      return true;
    }
    if (key === "Enter") {
      const shape = this.openShape;
      if (shape !== null && this.pointsOf(shape).length > 2) this.close();
      else return this.setAtCursor();
      return true;
    }
    if (key === "+" || key === "=") { this.magnify(1.4); return true; }
    if (key === "-") { this.magnify(1 / 1.4); return true; }
    if (key === "0") { this.magnify(0); return true; }
    if (key === " ") { if (!this.drag && !event.repeat && this.hover) { this.space = true; this.draw(); return true; } return this.setAtCursor(); }
    return false;
  }

  private setAtCursor(): boolean {
    if (!this.setsPoints) return false;
    this.set(this.held(this.cursor));
    this.chosen = null;
    this.draw();
    return true;
  }

  private nudge([x, y]: Place, by: number): boolean {
    const { chosen } = this, points = chosen ? this.pointsOf(chosen.shape) : [], at = chosen ? points[chosen.index] : undefined;
    if (chosen && at) {
      this.desk.before();
      points[chosen.index] = this.held([at[0] + x * by, at[1] + y * by]);
      this.desk.after(false);
      this.say();
    } else if (this.tool === "camera" && y !== 0) {
      this.desk.before();
      this.pull({ kind: "horizon" }, [0, this.desk.work().scene.camera.horizon * this.desk.plate.height + y * by], false);
      this.desk.after(false);
      announce(`Horizon in row ${Math.round(this.desk.work().scene.camera.horizon * this.desk.plate.height)}`);
    } else if (this.tool === "failure" && y !== 0 && this.desk.work().scene.failure.kind !== "blast") {
      this.desk.before();
      const { failure } = this.desk.work().scene;
      failure.at = clamp(short(failure.at - 0.005 * y * by), 0, 1);
      this.desk.after(false);
      announce(`It fails at ${Math.round(failure.at * 100)} % of its height`);
    } else {
      const step = (8 * by) / Math.max(1, this.frame.zoom) / (by > 1 ? 2 : 1);
      this.cursor = this.held([this.cursor[0] + x * step, this.cursor[1] + y * step]);
      announce(`${Math.round(this.cursor[0])} across, ${Math.round(this.cursor[1])} down`);
    }
    this.draw();
    return true;
  }
}
