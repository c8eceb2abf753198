import type { Camera, Point, Scene, Thing } from "./scene";

const sub = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Point, b: Point): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Point, b: Point): Point => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
const unit = (a: Point): Point => { const l = Math.hypot(...a) || 1; return [a[0] / l, a[1] / l, a[2] / l]; };

interface Box { low: Point; high: Point }

/** A thing as cuboids in its own frame; turned bodies have none. */
export function boxesOf(thing: Thing): Box[] {
  const [w, h, d] = thing.size;
  if (thing.kind === "floor") return [{ low: [-w / 2, -h, -d / 2], high: [w / 2, 0, d / 2] }];
  if (thing.kind === "steps") {
    const n = thing.count ?? 5;
    return Array.from({ length: n }, (_, i) => ({ low: [-w / 2, (h * i) / n, -d / 2] as Point, high: [w / 2, (h * (i + 1)) / n, d / 2 - (d * i) / n] as Point }));
  }
  const holes = thing.kind === "wall" ? thing.openings ?? [] : [];
  if (holes.length === 0) return [{ low: [-w / 2, 0, -d / 2], high: [w / 2, h, d / 2] }];
  const xs = [...new Set([0, w, ...holes.flatMap((o) => [o.x, Math.min(w, o.x + o.width)])])].sort((a, b) => a - b);
  const ys = [...new Set([0, h, ...holes.flatMap((o) => [o.y, Math.min(h, o.y + o.height)])])].sort((a, b) => a - b);
  const boxes: Box[] = [];
  xs.slice(1).forEach((x1, i) => ys.slice(1).forEach((y1, j) => {
    const x0 = xs[i] ?? 0, y0 = ys[j] ?? 0, mx = (x0 + x1) / 2, my = (y0 + y1) / 2;
    if (!holes.some((o) => mx > o.x && mx < o.x + o.width && my > o.y && my < o.y + o.height)) boxes.push({ low: [x0 - w / 2, y0, -d / 2], high: [x1 - w / 2, y1, d / 2] });
  }));
  return boxes;
}

const profiles: Record<string, [number, number][]> = {
  coat: [[0.22, 0.98], [0.5, 0.76], [0.635, 0.62], [0.74, 0.74], [0.85, 0.82], [0.905, 0.5], [0.93, 0.27], [0.965, 0.22]],
  gown: [[0, 1], [0.26, 0.8], [0.5, 0.49], [0.615, 0.31], [0.73, 0.43], [0.785, 0.46], [0.845, 0.36]],
  bodice: [[0.48, 0.9], [0.53, 0.96], [0.645, 0.72], [0.745, 0.96], [0.84, 0.96], [0.905, 0.52], [0.965, 0.3]],
};

/** A part of a form: corners of its triangles in the form's own space, the middle of its foot, its size. */
export interface Shape { positions: Float32Array; foot: Point; size: Point }

/** Triangles of a part of a form, as its thing places, stretches and turns it. */
function meshOf(thing: Thing, shape: Shape): Float32Array {
  const { positions, foot, size } = shape, out = new Float32Array(positions.length * 2), turn = ((thing.turn ?? 0) * Math.PI) / 180, c = Math.cos(turn), s = Math.sin(turn), [px, py, pz] = thing.position;
  const scale = thing.size.map((value, i) => value / (size[i] || 1));
  const at = (i: number): Point => {
    const x = ((positions[i] ?? 0) - foot[0]) * (scale[0] ?? 1), y = ((positions[i + 1] ?? 0) - foot[1]) * (scale[1] ?? 1), z = ((positions[i + 2] ?? 0) - foot[2]) * (scale[2] ?? 1);
    return [c * x + s * z + px, y + py, c * z - s * x + pz];
  };
  for (let i = 0; i < positions.length; i += 9) {
    const corners = [at(i), at(i + 3), at(i + 6)] as [Point, Point, Point], n = unit(cross(sub(corners[1], corners[0]), sub(corners[2], corners[0])));
    corners.forEach((corner, k) => { out.set(corner, 2 * i + 6 * k); out.set(n, 2 * i + 6 * k + 3); });
  }
  return out;
}

/** Triangles of a thing in the scene: position and normal of each corner. */
function trianglesOf(thing: Thing): number[] {
  const out: number[] = [], turn = ((thing.turn ?? 0) * Math.PI) / 180, c = Math.cos(turn), s = Math.sin(turn), [px, py, pz] = thing.position;
  const put = (p: Point, n: Point): void => { out.push(c * p[0] + s * p[2] + px, p[1] + py, c * p[2] - s * p[0] + pz, c * n[0] + s * n[2], n[1], c * n[2] - s * n[0]); };
  const quad = (a: Point, b: Point, d: Point, e: Point, n: [Point, Point, Point, Point]): void => { put(a, n[0]); put(b, n[1]); put(d, n[2]); put(a, n[0]); put(d, n[2]); put(e, n[3]); };
  if (thing.kind === "column" || thing.kind === "form") {
    const [w, h, depth] = thing.size, flat = depth / w;
    const rings: [number, number][] = thing.kind === "column" ? [[0, 1], [1, 1]] : [...(thing.garment === "gown" ? [] : ([[0, 0.6], [0.02, 0.55], [0.021, 0.06], [0.21, 0.06]] as [number, number][])), ...(profiles[thing.garment ?? "coat"] ?? [])];
    const at = (ring: [number, number], k: number): [Point, Point] => { const a = (k / 40) * 2 * Math.PI, r = (ring[1] * w) / 2; return [[Math.sin(a) * r, ring[0] * h, Math.cos(a) * r * flat], unit([Math.sin(a), 0, Math.cos(a) / flat])]; };
    for (let i = 0; i + 1 < rings.length; i++) for (let k = 0; k < 40; k++) {
      const low = rings[i] as [number, number], high = rings[i + 1] as [number, number], [a, na] = at(low, k), [b, nb] = at(low, k + 1), [d, nd] = at(high, k + 1), [e, ne] = at(high, k);
      quad(a, b, d, e, [na, nb, nd, ne]);
    }
    const top = rings[rings.length - 1] as [number, number];
    for (let k = 0; k < 40; k++) { put([0, top[0] * h, 0], [0, 1, 0]); put(at(top, k)[0], [0, 1, 0]); put(at(top, k + 1)[0], [0, 1, 0]); }
    return out;
  }
  for (const { low: l, high: g } of boxesOf(thing)) {
    const face = (n: Point, a: Point, b: Point, d: Point, e: Point): void => quad(a, b, d, e, [n, n, n, n]);
    face([0, 0, 1], [l[0], l[1], g[2]], [g[0], l[1], g[2]], [g[0], g[1], g[2]], [l[0], g[1], g[2]]);
    face([0, 0, -1], [g[0], l[1], l[2]], [l[0], l[1], l[2]], [l[0], g[1], l[2]], [g[0], g[1], l[2]]);
    face([1, 0, 0], [g[0], l[1], g[2]], [g[0], l[1], l[2]], [g[0], g[1], l[2]], [g[0], g[1], g[2]]);
    face([-1, 0, 0], [l[0], l[1], l[2]], [l[0], l[1], g[2]], [l[0], g[1], g[2]], [l[0], g[1], l[2]]);
    face([0, 1, 0], [l[0], g[1], g[2]], [g[0], g[1], g[2]], [g[0], g[1], l[2]], [l[0], g[1], l[2]]);
    face([0, -1, 0], [l[0], l[1], l[2]], [g[0], l[1], l[2]], [g[0], l[1], g[2]], [l[0], l[1], g[2]]);
  }
  return out;
}

const vertex = "attribute vec3 p;attribute vec3 n;uniform mat4 m;varying vec3 q;varying vec3 w;void main(){q=n;w=p;gl_Position=m*vec4(p,1.);}";
const fragment = `precision highp float;varying vec3 q;varying vec3 w;uniform vec3 sun;uniform vec3 tint;uniform float grid;
void main(){vec3 n=normalize(q);float l=.34+.12*n.y+.05*n.x+.46*max(0.,dot(n,sun));
if(grid>0.&&n.y>.5){vec2 g=abs(fract(w.xz-.5)-.5);if(min(g.x,g.y)<.012)l*=.8;}gl_FragColor=vec4(tint*l,1.);}`;

/** Where an orbiting eye stands. */
export interface Eye { target: Point; yaw: number; pitch: number; distance: number }

/** Draws a scene in grey, through the eye or the scene's camera. */
export class View {
  private readonly gl: WebGLRenderingContext | null;
  private readonly program: WebGLProgram | null = null;
  /** Parts of forms, by form and number. */
  readonly shapes = new Map<string, Shape>();
  private readonly meshes = new Map<string, Float32Array>();
  private matrix: number[] = [];
  private origin: Point = [0, 0, 0];
  private axes: [Point, Point, Point] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
  private scale: [number, number] = [1, 1];

  constructor(readonly canvas: HTMLCanvasElement) {
    const gl = (this.gl = canvas.getContext("webgl", { antialias: true, preserveDrawingBuffer: true }));
    if (!gl) return;
    const program = (this.program = gl.createProgram());
    for (const [type, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]] as const) {
      const shader = gl.createShader(type) as WebGLShader;
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
  }

  get works(): boolean { return this.gl !== null; }

  private look(from: Point, to: Point, perWidth: number, aspect: number): void {
    const back = unit(sub(from, to)), right = unit(Math.abs(back[1]) > 0.9999 ? [1, 0, 0] : cross([0, 1, 0], back)), up = cross(back, right);
    const sx = 2 / perWidth, sy = (2 * aspect) / perWidth, near = 0.05, far = 400, a = (far + near) / (near - far), b = (2 * far * near) / (near - far);
    this.origin = from;
    this.axes = [right, up, back];
    this.scale = [sx, sy];
    const t: Point = [-dot(right, from), -dot(up, from), -dot(back, from)];
    this.matrix = [right[0] * sx, up[0] * sy, back[0] * a, -back[0], right[1] * sx, up[1] * sy, back[1] * a, -back[1], right[2] * sx, up[2] * sy, back[2] * a, -back[2], t[0] * sx, t[1] * sy, t[2] * a + b, -t[2]];
  }

  draw(scene: Scene, eye: Eye | null, selected: string | null): void {
    const gl = this.gl, program = this.program;
    if (!gl || !program) return;
    const aspect = this.canvas.width / this.canvas.height, camera: Camera = scene.camera;
    if (eye) this.look([eye.target[0] + eye.distance * Math.cos(eye.pitch) * Math.sin(eye.yaw), eye.target[1] + eye.distance * Math.sin(eye.pitch), eye.target[2] + eye.distance * Math.cos(eye.pitch) * Math.cos(eye.yaw)], eye.target, 0.9, aspect);
    else this.look(camera.position, camera.target, camera.sensorWidth / camera.focalLength, aspect);
    gl.viewport(0, 0, this.canvas.width, this.canvas.height);
    gl.clearColor(0.80, 0.83, 0.86, 1);
    gl.enable(gl.DEPTH_TEST);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.useProgram(program);
    gl.uniformMatrix4fv(gl.getUniformLocation(program, "m"), false, this.matrix);
    const az = ((scene.light["azimuth"] ?? 220) * Math.PI) / 180, el = ((scene.light["elevation"] ?? 40) * Math.PI) / 180;
    gl.uniform3f(gl.getUniformLocation(program, "sun"), Math.sin(az) * Math.cos(el), Math.sin(el), -Math.cos(az) * Math.cos(el));
    const buffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    for (const name of ["p", "n"]) {
      const at = gl.getAttribLocation(program, name);
      gl.enableVertexAttribArray(at);
      gl.vertexAttribPointer(at, 3, gl.FLOAT, false, 24, name === "p" ? 0 : 12);
    }
    const draw = (triangles: number[] | Float32Array, tint: Point, grid: number): void => {
      gl.bufferData(gl.ARRAY_BUFFER, triangles instanceof Float32Array ? triangles : new Float32Array(triangles), gl.STREAM_DRAW);
      gl.uniform3f(gl.getUniformLocation(program, "tint"), ...tint);
      gl.uniform1f(gl.getUniformLocation(program, "grid"), grid);
      gl.drawArrays(gl.TRIANGLES, 0, triangles.length / 6);
    };
    for (const thing of scene.objects) draw(thing.kind === "mesh" ? this.meshFor(thing) : trianglesOf(thing), thing.id === selected ? [1, 0.84, 0.55] : [0.92, 0.92, 0.93], eye && thing.kind === "floor" ? 1 : 0);
    if (eye) draw(trianglesOf({ id: "", name: "", kind: "box", region: "", position: [camera.position[0], camera.position[1] - 0.12, camera.position[2]], size: [0.24, 0.24, 0.24] }), [0.45, 0.7, 1], 0);
    gl.deleteBuffer(buffer);
  }

  /** Kept while it stays where it is: a form has many triangles. */
  private meshFor(thing: Thing): number[] | Float32Array {
    const shape = this.shapes.get(`${thing.model ?? ""}:${thing.part ?? 0}`);
    if (!shape) return trianglesOf(thing);
    const key = JSON.stringify([thing.model, thing.part, thing.position, thing.size, thing.turn]);
    let mesh = this.meshes.get(key);
    if (!mesh) {
      if (this.meshes.size > 200) this.meshes.clear();
      this.meshes.set(key, (mesh = meshOf(thing, shape)));
    }
    return mesh;
  }

  /** The direction through a place of the canvas, 0 to 1 each way. */
  ray(x: number, y: number): { origin: Point; direction: Point } {
    const [right, up, back] = this.axes, a = (x * 2 - 1) / this.scale[0], b = (1 - y * 2) / this.scale[1];
    return { origin: this.origin, direction: unit([right[0] * a + up[0] * b - back[0], right[1] * a + up[1] * b - back[1], right[2] * a + up[2] * b - back[2]]) };
  }

  /** The nearest thing there, and how far away it is. */
  pick(scene: Scene, x: number, y: number): { thing: Thing; distance: number } | null {
    const { origin, direction } = this.ray(x, y);
    let best: { thing: Thing; distance: number } | null = null;
    for (const thing of scene.objects) {
      const turn = ((thing.turn ?? 0) * Math.PI) / 180, c = Math.cos(turn), s = Math.sin(turn), o = sub(origin, thing.position);
      const lo: Point = [c * o[0] - s * o[2], o[1], c * o[2] + s * o[0]], ld: Point = [c * direction[0] - s * direction[2], direction[1], c * direction[2] + s * direction[0]];
      for (const box of boxesOf(thing)) {
        let near = -Infinity, far = Infinity;
        for (let i = 0; i < 3; i++) {
          const k = i as 0 | 1 | 2, inverse = 1 / (ld[k] || 1e-12), a = (box.low[k] - lo[k]) * inverse, b = (box.high[k] - lo[k]) * inverse;
          near = Math.max(near, Math.min(a, b));
          far = Math.min(far, Math.max(a, b));
        }
        if (near <= far && near > 0 && (!best || near < best.distance)) best = { thing, distance: near };
      }
    }
    return best;
  }
}
