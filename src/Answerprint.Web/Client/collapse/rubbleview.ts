import type { Frame } from "./frame";
import { Fall } from "./fall";
import type { Place } from "./geometry";
import { maskOf, withoutBuilding } from "./ground";
import { breakUp, stride, type Rubble } from "./pieces";
import type { Metres, Stage } from "./stage";
import type { Plate, Scene } from "./work";

const pictureVertex = "attribute vec2 p;varying vec2 u;void main(){u=vec2(p.x*.5+.5,.5-p.y*.5);gl_Position=vec4(p,0.,1.);}";
const pictureFragment = "precision mediump float;varying vec2 u;uniform sampler2D plate;uniform sampler2D mask;uniform float cut;void main(){float a=cut>.5?texture2D(mask,u).a:1.;gl_FragColor=vec4(texture2D(plate,u).rgb*a,a);}";
const solidVertex = "attribute vec3 p;attribute vec3 n;attribute vec4 rest;attribute vec2 about;uniform mat4 m;uniform mat4 eye;uniform vec3 face;uniform vec3 facing;uniform vec3 deep;varying vec3 w;varying vec4 thrown;varying vec4 front;varying vec2 b;varying float moved;void main(){w=n;b=about;thrown=eye*vec4(rest.xyz,1.);front=eye*vec4(rest.xyz-deep*(dot(rest.xyz-face,facing)/dot(deep,facing)),1.);moved=rest.w;gl_Position=m*vec4(p,1.);}";
// A wall that the camera saw wears the plate, thrown on it from the camera; all else is its material.
const solidFragment = `precision highp float;varying vec3 w;varying vec4 thrown;varying vec4 front;varying vec2 b;varying float moved;uniform sampler2D plate;uniform sampler2D mask;uniform vec3 sun;uniform vec3 tint;uniform float sky;
void main(){vec2 u=vec2(.5+.5*thrown.x/thrown.w,.5-.5*thrown.y/thrown.w);if(b.y>.5&&texture2D(mask,vec2(.5+.5*front.x/front.w,.5-.5*front.y/front.w)).a<.5)discard;
vec3 n=normalize(w);float lit=.3*sky+.12*n.z+.55*max(0.,dot(n,sun));vec3 c=tint*lit;
if(b.x>.5)c=mix(texture2D(plate,u).rgb,texture2D(plate,u).rgb*(.55+.75*lit),moved);gl_FragColor=vec4(c,1.);}`;
const lineVertex = "attribute vec3 p;uniform mat4 m;void main(){gl_Position=m*vec4(p,1.);}";
const lineFragment = "precision mediump float;uniform vec4 ink;void main(){gl_FragColor=vec4(ink.rgb*ink.a,ink.a);}";

const tints: Record<string, Metres> = { brick: [0.62, 0.34, 0.25], stone: [0.66, 0.58, 0.48], concrete: [0.6, 0.59, 0.57], timber: [0.52, 0.37, 0.22], glass: [0.45, 0.55, 0.58] };

/** Where somebody looks from outside: around the building. */
export interface Orbit { yaw: number; pitch: number; distance: number }

/** Shows the rough fall, through the plate's camera or from outside. */
export class RubbleView {
  private readonly gl: WebGLRenderingContext | null;
  private readonly programs = new Map<string, WebGLProgram>();
  private readonly textures = new Map<string, WebGLTexture>();
  private readonly buffers = new Map<string, WebGLBuffer>();
  private rubble: Rubble | null = null;
  private fall: Fall | null = null;
  private stage: Stage | null = null;
  private scene: Scene | null = null;
  private moved = new Float32Array();
  private static: Float32Array = new Float32Array();
  private pictured = "";

  constructor(readonly canvas: HTMLCanvasElement, private readonly plate: Plate) {
    this.gl = canvas.getContext("webgl", { antialias: true, preserveDrawingBuffer: true, premultipliedAlpha: true });
  }

  get works(): boolean {
    return this.gl !== null;
  }

  get pieces(): number {
    return this.rubble?.pieces.length ?? 0;
  }

  /** Takes the scene as it is now; what the plate looks like is made anew only where its outlines or the frame have changed. */
  set(scene: Scene, stage: Stage, picture: CanvasImageSource, pictureKey: string): void {
    this.scene = scene;
    this.stage = stage;
    this.rubble = breakUp(stage, scene);
    this.fall = new Fall(this.rubble, scene, stage.blastAt(scene.failure.point?.[0] ?? null, scene.failure.at));
    const count = this.rubble.corners.length / stride;
    this.moved = new Float32Array(count * 6);
    this.static = new Float32Array(count * 6);
    const key = JSON.stringify([pictureKey, scene.building.outline, stage.block && scene.building.front, scene.foreground]);
    if (key === this.pictured || !this.gl) return;
    this.pictured = key;
    const { width, height } = this.plate, whole = maskOf(width, height, []);
    whole?.getContext("2d")?.drawImage(picture, 0, 0, whole.width, whole.height);
    this.texture("plate", whole);
    this.texture("clean", withoutBuilding(picture, width, height, scene.building.outline));
    this.texture("building", maskOf(width, height, [stage.block ? scene.building.front ?? [] : scene.building.outline]));
    this.texture("front", maskOf(width, height, scene.foreground.map((part) => part.outline).filter((outline) => outline.length > 2)));
  }

  /** Draws the moment, seconds after the beginning of the fall. */
  draw(seconds: number, frame: Frame, orbit: Orbit | null): void {
    const { gl, stage, rubble, fall, scene, canvas } = this;
    if (!gl || !stage || !rubble || !fall || !scene) return;
    const ratio = Math.min(2, devicePixelRatio), box = canvas.getBoundingClientRect();
    [canvas.width, canvas.height] = [Math.max(1, Math.round(box.width * ratio)), Math.max(1, Math.round(box.height * ratio))];
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.clearColor(orbit ? 0.075 : 0, orbit ? 0.075 : 0, orbit ? 0.08 : 0, orbit ? 1 : 0);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    let matrix = stage.matrix;
    if (orbit) {
      matrix = this.look(orbit, canvas.width / canvas.height);
      this.lines(matrix, this.floor(), [1, 1, 1, 0.16]);
      this.lines(matrix, this.sightline(), [0.62, 0.8, 1, 0.7]);
    } else {
      // What the frame shows of the plate, also where that goes beyond the canvas.
      const [left, top] = frame.toScreen([0, 0]), [right, bottom] = frame.toScreen([this.plate.width, this.plate.height]);
      gl.viewport(Math.round(left * ratio), Math.round(canvas.height - bottom * ratio), Math.round((right - left) * ratio), Math.round((bottom - top) * ratio));
      gl.enable(gl.SCISSOR_TEST);
      gl.scissor(Math.max(0, Math.round(left * ratio)), Math.max(0, Math.round(canvas.height - bottom * ratio)), Math.max(0, Math.round((right - Math.max(0, left)) * ratio)), Math.max(0, Math.round((Math.min(box.height, bottom) - top) * ratio)));
      this.picture(seconds > 0 ? "clean" : "plate", false);
    }
    // What is only taken out stands there for whoever looks from outside, to be looked at.
    if (scene.failure.kind === "remove" ? orbit : seconds > 0 || orbit) this.solids(matrix, scene.failure.kind === "remove" ? 0 : seconds);
    if (!orbit) {
      this.picture("plate", true);
      gl.disable(gl.SCISSOR_TEST);
    }
  }

  private solids(matrix: number[], seconds: number): void {
    const { gl, rubble, fall, scene, stage } = this;
    if (!gl || !rubble || !fall || !scene || !stage || rubble.corners.length === 0) return;
    fall.at(seconds, this.moved);
    const { corners } = rubble, count = corners.length / stride;
    for (let i = 0; i < count; i++) {
      const from = i * stride, to = i * 6, far = Math.hypot((this.moved[to] ?? 0) - (corners[from] ?? 0), (this.moved[to + 1] ?? 0) - (corners[from + 1] ?? 0), (this.moved[to + 2] ?? 0) - (corners[from + 2] ?? 0));
      this.static.set([corners[from] ?? 0, corners[from + 1] ?? 0, corners[from + 2] ?? 0, Math.min(1, far * 2), this.wall(i), corners[from + 8] ?? 0], to);
    }
    const program = this.program("solid", solidVertex, solidFragment);
    gl.enable(gl.DEPTH_TEST);
    gl.useProgram(program);
    this.bind(program, "moved", this.moved, [["p", 3], ["n", 3]]);
    this.bind(program, "rest", this.static, [["rest", 4], ["about", 2]]);
    gl.uniformMatrix4fv(gl.getUniformLocation(program, "m"), false, matrix);
    gl.uniformMatrix4fv(gl.getUniformLocation(program, "eye"), false, stage.matrix);
    // What the outline of the front cuts is cut by what lies before it on the front.
    const plane = stage.front;
    gl.uniform3f(gl.getUniformLocation(program, "face"), ...plane.at([0, 0], 0));
    gl.uniform3f(gl.getUniformLocation(program, "facing"), ...plane.normal);
    gl.uniform3f(gl.getUniformLocation(program, "deep"), ...plane.deep);
    const { azimuth, elevation, sky } = scene.light, az = (azimuth * Math.PI) / 180, el = (elevation * Math.PI) / 180;
    gl.uniform3f(gl.getUniformLocation(program, "sun"), Math.sin(az) * Math.cos(el), Math.cos(az) * Math.cos(el), Math.sin(el));
    gl.uniform3f(gl.getUniformLocation(program, "tint"), ...(tints[scene.building.material] ?? [0.6, 0.6, 0.6]));
    gl.uniform1f(gl.getUniformLocation(program, "sky"), 0.6 + 0.5 * sky);
    this.use("plate", 0, program, "plate");
    this.use("building", 1, program, "mask");
    gl.drawArrays(gl.TRIANGLES, 0, count);
    gl.disable(gl.DEPTH_TEST);
  }

  /** 1 for a wall that the camera saw. */
  private wall(i: number): number {
    const { corners } = this.rubble as Rubble, at = i * stride;
    if ((corners[at + 6] ?? 0) < 0.5) return 0;
    const [x, y, z] = [corners[at] ?? 0, corners[at + 1] ?? 0, (corners[at + 2] ?? 0) - (this.stage?.cameraHeight ?? 0)];
    return x * (corners[at + 3] ?? 0) + y * (corners[at + 4] ?? 0) + z * (corners[at + 5] ?? 0) < 0 ? 1 : 0;
  }

  private picture(name: string, isFront: boolean): void {
    const { gl } = this;
    if (!gl) return;
    const program = this.program("picture", pictureVertex, pictureFragment);
    gl.useProgram(program);
    this.bind(program, "square", new Float32Array([-1, -1, 1, -1, -1, 1, -1, 1, 1, -1, 1, 1]), [["p", 2]]);
    this.use(name, 0, program, "plate");
    this.use("front", 1, program, "mask");
    gl.uniform1f(gl.getUniformLocation(program, "cut"), isFront ? 1 : 0);
    gl.drawArrays(gl.TRIANGLES, 0, 6);
  }

  private lines(matrix: number[], ends: Metres[], ink: [number, number, number, number]): void {
    const { gl } = this;
    if (!gl) return;
    const program = this.program("line", lineVertex, lineFragment);
    gl.useProgram(program);
    this.bind(program, "lines", new Float32Array(ends.flat()), [["p", 3]]);
    gl.uniformMatrix4fv(gl.getUniformLocation(program, "m"), false, matrix);
    gl.uniform4f(gl.getUniformLocation(program, "ink"), ...ink);
    gl.drawArrays(gl.LINES, 0, ends.length);
  }

  private floor(): Metres[] {
    const { low, high } = this.rubble as Rubble, step = high[2] > 60 ? 20 : high[2] > 24 ? 10 : 5, reach = Math.max(high[2] * 1.6, high[0] - low[0]), [x, y] = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2], lines: Metres[] = [];
    const n = Math.ceil(reach / step);
    for (let i = -n; i <= n; i++) lines.push([x + i * step, y - n * step, 0], [x + i * step, y + n * step, 0], [x - n * step, y + i * step, 0], [x + n * step, y + i * step, 0]);
    return lines;
  }

  /** The camera and what it sees: its corners thrown as far as the front. */
  private sightline(): Metres[] {
    const stage = this.stage as Stage, eye: Metres = [0, 0, stage.cameraHeight], { width, height } = this.plate;
    const corners = ([[0, 0], [width, 0], [width, height], [0, height]] as Place[]).map((p) => { const [x, z] = stage.onFront(p); return [0.25 * x, 0.25 * stage.distance, eye[2] + 0.25 * (z - eye[2])] as Metres; });
    return corners.flatMap((corner, i) => [eye, corner, corner, corners[(i + 1) % 4] as Metres]);
  }

  private look(orbit: Orbit, aspect: number): number[] {
    const { low, high } = this.rubble as Rubble, to: Metres = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, high[2] * 0.38], far = orbit.distance * Math.max(high[2], high[0] - low[0], 0.7 * (high[1] - low[1]));
    const [cy, sy, cp, sp] = [Math.cos(orbit.yaw), Math.sin(orbit.yaw), Math.cos(orbit.pitch), Math.sin(orbit.pitch)], back: Metres = [sy * cp, -cy * cp, sp], right: Metres = [cy, sy, 0], up: Metres = [-sy * sp, cy * sp, cp];
    const from: Metres = [to[0] + back[0] * far, to[1] + back[1] * far, Math.max(0.4, to[2] + back[2] * far)], dot = (a: Metres, b: Metres): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    const f = 1.9, sx = f / Math.max(1, aspect), s = sx * aspect, near = 0.02 * far, end = 30 * far, a = (end + near) / (near - end), b = (2 * end * near) / (near - end);
    return [right[0] * sx, up[0] * s, back[0] * a, -back[0], right[1] * sx, up[1] * s, back[1] * a, -back[1], right[2] * sx, up[2] * s, back[2] * a, -back[2], -dot(right, from) * sx, -dot(up, from) * s, -dot(back, from) * a + b, dot(back, from)];
  }

  private program(name: string, vertex: string, fragment: string): WebGLProgram {
    const gl = this.gl as WebGLRenderingContext, known = this.programs.get(name);
    if (known) return known;
    const program = gl.createProgram();
    for (const [type, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]] as const) {
      const shader = gl.createShader(type) as WebGLShader;
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    this.programs.set(name, program);
    return program;
  }

  private bind(program: WebGLProgram, name: string, numbers: Float32Array, parts: [string, number][]): void {
    const gl = this.gl as WebGLRenderingContext, known = this.buffers.get(name), buffer = known ?? gl.createBuffer(), wide = parts.reduce((sum, part) => sum + part[1], 0) * 4;
    this.buffers.set(name, buffer);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, numbers, gl.STREAM_DRAW);
    let offset = 0;
    for (const [attribute, size] of parts) {
      const at = gl.getAttribLocation(program, attribute);
      if (at >= 0) {
        gl.enableVertexAttribArray(at);
        gl.vertexAttribPointer(at, size, gl.FLOAT, false, wide, offset);
      }
      offset += size * 4;
    }
  }

  private use(name: string, unit: number, program: WebGLProgram, uniform: string): void {
    const gl = this.gl as WebGLRenderingContext;
    gl.activeTexture(gl.TEXTURE0 + unit);
    gl.bindTexture(gl.TEXTURE_2D, this.textures.get(name) ?? null);
    gl.uniform1i(gl.getUniformLocation(program, uniform), unit);
  }

  private texture(name: string, picture: HTMLCanvasElement | null): void {
    const gl = this.gl as WebGLRenderingContext, texture = this.textures.get(name) ?? gl.createTexture();
    if (!picture) return;
    this.textures.set(name, texture);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, picture);
    for (const [what, how] of [[gl.TEXTURE_MIN_FILTER, gl.LINEAR], [gl.TEXTURE_MAG_FILTER, gl.LINEAR], [gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE], [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE]] as const) gl.texParameteri(gl.TEXTURE_2D, what, how);
  }
}
