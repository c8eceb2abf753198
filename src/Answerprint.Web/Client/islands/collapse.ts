import { announce, isTyping, make } from "../dom";
import { detail, tokenHeaders } from "../requests";
import { Fields } from "../collapse/fields";
import { RubbleView, type Orbit } from "../collapse/rubbleview";
import { Sundial } from "../collapse/sundial";
import { Surface, type Face, type LineSet, type Tool } from "../collapse/surface";
import { aheadOf, facesOf, follow, fresh, load, payload, problemsOf, stageOf, workOf, type Plate, type Problem, type Scene, type Work } from "../collapse/work";

type View = "plate" | "camera" | "outside";

const mostSteps = 200;
const hints: Record<Tool, [drawing: string, done: string]> = {
  building: ["Click on around the building, hidden parts too, down to its foot. The first point, Enter or Escape closes the outline.", "Drag points; click an edge to add one; Delete removes the chosen one, arrow keys move it by a pixel."],
  faces: ["Go on around the front, up to its roof. The first point, Enter or Escape closes it.", ""],
  foreground: ["Click around what stands before the building. The first point, Enter or Escape closes the outline.", "Click around anything that stands before the building and stays: trees, lamps, cars. There may be several."],
  camera: ["", "Drag the horizon until the ground lies right; drag the foot to where the building stands. Two sets of edges along walls solve the camera."],
  failure: ["", "Drag where it gives way."],
};
const faceHints: Record<Face, string> = {
  front: "For a block seen at an angle: click the corners of its front face, the two on the ground first, a gable too. Drag points; Delete removes the chosen one.",
  side: "Click where the far edge of the visible side stands on the ground.",
  ridge: "Click both ends of the ridge, where a roof rises behind a front that ends at the eaves. A gable in the front needs none.",
};

/** The page on which a building falls: what is drawn over the plate, how it falls, and a rough idea of it. */
export default function collapse(root: HTMLElement): void | (() => void) {
  const form = root.closest("form"), stageBox = root.querySelector<HTMLElement>("[data-stage]"), svg = root.querySelector<SVGSVGElement>("svg[data-drawing]"), canvas = root.querySelector<HTMLCanvasElement>("canvas[data-solid]");
  const picture = root.querySelector<HTMLImageElement | HTMLVideoElement>("[data-picture]"), field = form?.querySelector<HTMLInputElement>("input[name=scene]"), dial = form?.querySelector<SVGSVGElement>("[data-dial]");
  if (!form || !stageBox || !svg || !canvas || !picture || !field) return;
  const number = (name: string): number => Number(root.dataset[name]) || 0;
  const plate: Plate = { width: number("width"), height: number("height"), rate: number("rate"), frames: number("frames") }, key = `answerprint.collapse.${root.dataset["plate"] ?? ""}`;
  const stopping = new AbortController(), on = { signal: stopping.signal };
  const one = <T extends HTMLElement>(selector: string): T | null => form.querySelector<T>(selector);
  const questions = [...form.querySelectorAll<HTMLElement>(".cp-question")];
  const says = one("[data-says]"), list = one("[data-problems]"), saved = one("[data-saved]"), note = one("[data-note]"), time = one<HTMLInputElement>("[data-time]"), clock = one("[data-clock]"), play = one<HTMLButtonElement>("[data-play]");
  let work = first(), past: string[] = [], future: string[] = [], view: View = "plate", orbit: Orbit = { yaw: 0.6, pitch: 0.28, distance: 2.5 }, timer = 0, isStale = true, sent = false, seen = 0;
  const solid = new RubbleView(canvas, plate);
  const surface = new Surface(stageBox, svg, {
    plate, work: () => work, problems: () => problemsOf(work, plate), before, after, undo, redo,
  }, () => placePicture());
  const fields = new Fields(form, (path) => { choose(path); after(false); }, () => work.scene, stopping.signal, before);
  const sun = dial ? new Sundial(dial, () => work.scene.light, before, after, stopping.signal) : null;

  function first(): Work {
    const given = root.dataset["scene"];
    if (given) return workOf(plate, JSON.parse(given) as Partial<Scene>);
    return load(key, plate) ?? fresh(plate);
  }

  /** What somebody set by hand no longer follows from the drawing. */
  function choose(path: string): void {
    if (path === "camera.horizon") work.chosen["horizon"] = true;
    if (path === "building.depth") work.chosen["depth"] = true;
    if (path === "failure.at") keepBlast();
  }

  /** A blast that was placed goes up and down with the height that is typed in. */
  function keepBlast(): void {
    const { failure, building } = work.scene, stage = stageOf(work, plate), point = failure.point?.[0];
    if (!stage || !point) return;
    const [x, y] = stage.blastAt(point, failure.at), at = stage.seen([x, y, failure.at * building.height]);
    if (at) failure.point = [[Math.round(at[0] * 2) / 2, Math.round(at[1] * 2) / 2]];
  }

  function before(): void {
    past.push(JSON.stringify(work));
    past = past.slice(-mostSteps);
    future = [];
  }

  function after(isDragging: boolean): void {
    follow(work, plate);
    isStale = true;
    if (!isDragging) keep();
    refresh();
  }

  function travel(from: string[], to: string[], words: string): void {
    const state = from.pop();
    if (state === undefined) return;
    to.push(JSON.stringify(work));
    work = JSON.parse(state) as Work;
    surface.chosen = null;
    isStale = true;
    keep();
    refresh();
    announce(words);
  }

  /** Answers are about the plate, so they stay with it as long as it is worked on here. */
  function keepAnswers(): void {
    const answers = Object.fromEntries(questions.map((question) => { const said = question.querySelector<HTMLInputElement>("input:checked"); return [said?.name ?? "", said?.value ?? ""]; }));
    try { localStorage.setItem(`${key}.answers`, JSON.stringify(answers)); } catch { /* They are asked again. */ }
    for (const question of questions) if (question.querySelector("input:checked")) question.classList.remove("wrong");
  }

  function takeAnswers(): void {
    try {
      const kept = JSON.parse(localStorage.getItem(`${key}.answers`) ?? "{}") as Record<string, string>;
      for (const question of questions) if (!question.querySelector("input:checked")) for (const radio of question.querySelectorAll<HTMLInputElement>("input")) radio.checked = kept[radio.name] === radio.value;
    } catch { /* They are asked again. */ }
  }

  function undo(): void { travel(past, future, "Undone"); }
  function redo(): void { travel(future, past, "Done again"); }

  function keep(): void {
    try {
      localStorage.setItem(key, JSON.stringify(work));
      if (saved) saved.textContent = "Kept on this computer";
    } catch {
      if (saved) saved.textContent = "Too large to keep on this computer";
    }
  }

  function refresh(): void {
    fields.show();
    sun?.show();
    showParts();
    showProblems();
    if (view === "plate") surface.draw();
    else drawSolid();
    showTime();
  }

  /** What is in the way, with what only the page knows: from which frame of the plate on. */
  function all(): Problem[] {
    const problems = problemsOf(work, plate), left = plate.frames - seen;
    if (plate.frames > 1 && work.scene.frames > left) problems.push({ text: `The plate has ${left} ${left === 1 ? "frame" : "frames"} from frame ${seen} on; the shot wants ${work.scene.frames}.`, field: "frames" });
    return problems;
  }

  const bad = (): Problem[] => all().filter((problem) => !problem.mild);

  function showParts(): void {
    const { scene } = work, { building } = scene, { kind } = scene.failure, storeys = Math.max(1, Math.round(scene.building.height / scene.building.storey));
    for (const part of form?.querySelectorAll<HTMLElement>("[data-when]") ?? []) part.hidden = !(part.dataset["when"] ?? "").split(" ").includes(part.dataset["of"] === "shape" ? scene.building.shape : kind);
    const words = one("[data-storeys]"), length = one("[data-length]");
    if (words) words.textContent = `${storeys} ${storeys === 1 ? "storey" : "storeys"}`;
    if (length) length.textContent = `${(scene.frames / scene.rate).toFixed(1)} s at ${Math.round(scene.rate * 100) / 100} frames a second`;
    const stage = stageOf(work, plate), facts = one("[data-stand]");
    if (facts) facts.textContent = stage ? `The camera stands ${metres(stage.distance)} away, ${metres(stage.cameraHeight)} above the foot.` : "";
    const back = one<HTMLButtonElement>("[data-undo]"), again = one<HTMLButtonElement>("[data-redo]"), gone = one<HTMLButtonElement>("[data-remove]"), clear = one<HTMLButtonElement>("[data-lines-clear]"), flat = one<HTMLButtonElement>("[data-faces-clear]");
    if (back) back.disabled = past.length === 0;
    if (again) again.disabled = future.length === 0;
    if (gone) gone.disabled = !surface.chosen;
    if (clear) clear.disabled = !scene.camera.lines;
    if (flat) flat.disabled = ![building.front, building.side, building.ridge].some((points) => points && points.length > 0);
    const deep = one<HTMLInputElement>("[data-path='building.depth']");
    // The side says how deep it is.
    if (deep) deep.readOnly = Boolean(facesOf(work)?.side);
    root.querySelector("[data-tool=faces]")?.toggleAttribute("disabled", building.shape !== "block");
  }

  const metres = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} m`;

  function hint(isOpen: boolean): string {
    const { tool, face } = surface;
    if (tool === "faces" && !isOpen) return faceHints[face];
    if (tool === "failure" && work.scene.failure.kind === "blast") return "Click where the blast goes off, or drag it; the ring is as far as it throws all that is there.";
    if (tool === "failure" && work.scene.failure.kind === "remove") return "Nothing falls: what stands behind the building is seen from the first frame on.";
    return hints[tool][isOpen ? 0 : 1] || hints[tool][1];
  }

  function showProblems(): void {
    const problems = all(), points = work.scene.building.outline.length, isOpen = work.open === (surface.tool === "faces" ? "front" : surface.tool);
    if (says) says.textContent = points < 3 && surface.tool === "building" ? (problems[0]?.text ?? "") : hint(isOpen);
    const rows = points < 3 ? [] : problems;
    list?.replaceChildren(...rows.map((problem) => {
      const button = make("button", { type: "button", class: `cp-problem${problem.mild ? " mild" : ""}` }, problem.text);
      button.addEventListener("click", () => lead(problem));
      return make("li", {}, button);
    }));
  }

  /** To where it is wrong. */
  function lead(problem: Problem): void {
    if (problem.field) return fields.focus(problem.field);
    show("plate");
    if (problem.line === "horizon") pick("camera");
    if (problem.at) surface.show(problem.at);
    svg?.focus({ preventScroll: true });
    stageBox?.scrollIntoView({ block: "nearest" });
  }

  function placePicture(): void {
    if (!picture || !stageBox) return;
    const { frame } = surface, [left, top] = frame.toScreen([0, 0]);
    Object.assign(picture.style, { left: `${left}px`, top: `${top}px`, width: `${plate.width * frame.scale}px`, height: `${plate.height * frame.scale}px` });
    showParts();
  }

  function pick(tool: Tool): void {
    show("plate");
    surface.lines = null;
    surface.choose(tool);
    for (const button of root.querySelectorAll<HTMLElement>("[data-tool]")) button.setAttribute("aria-pressed", String(button.dataset["tool"] === tool));
    const lines = root.querySelector<HTMLElement>("[data-linetools]"), faces = root.querySelector<HTMLElement>("[data-facetools]");
    if (lines) lines.hidden = tool !== "camera";
    if (faces) faces.hidden = tool !== "faces";
    if (tool === "camera") one("[data-camera]")?.setAttribute("open", "");
    showLines();
    refresh();
  }

  function showLines(): void {
    for (const button of root.querySelectorAll<HTMLElement>("[data-lines]")) button.setAttribute("aria-pressed", String(button.dataset["lines"] === surface.lines));
    for (const button of root.querySelectorAll<HTMLElement>("[data-face]")) button.setAttribute("aria-pressed", String(button.dataset["face"] === surface.face));
  }

  function show(next: View): void {
    if (view === next) return;
    stop();
    if (next !== "plate" && !stageOf(work, plate)) {
      const worst = bad()[0];
      announce(worst?.text ?? "Outline the building first");
      if (says) says.textContent = worst?.text ?? "Outline the building first.";
      return;
    }
    view = next;
    for (const button of root.querySelectorAll<HTMLElement>("[data-view]")) button.setAttribute("aria-pressed", String(button.dataset["view"] === view));
    root.dataset["showing"] = view;
    if (canvas) canvas.hidden = view === "plate";
    if (note) note.hidden = view === "plate";
    svg?.toggleAttribute("hidden", view !== "plate");
    if (picture) picture.hidden = view !== "plate";
    if (view !== "plate" && Number(time?.value) < work.scene.failure.start && time) time.value = String(Math.min(work.scene.frames, work.scene.failure.start + Math.round(work.scene.rate * 0.75)));
    if (view === "plate" && time && picture instanceof HTMLVideoElement) time.value = String(seen + aheadOf(work));
    refresh();
  }

  /** Seconds since it began to fall, in the frame that the slider stands at. */
  const moment = (): number => work.scene.failure.kind === "remove" ? 1 : (Number(time?.value ?? 1) - work.scene.failure.start + 1) / work.scene.rate;

  function drawSolid(): void {
    const stage = stageOf(work, plate);
    if (!stage || !canvas || !picture || !solid.works) {
      if (note && !solid.works) note.textContent = "This browser shows no 3D; the outline and the camera can still be set on the plate.";
      return;
    }
    const box = canvas.getBoundingClientRect();
    surface.frame.size(box.width, box.height);
    if (isStale) solid.set(work.scene, stage, picture, String(seen));
    isStale = false;
    solid.draw(Math.max(0, moment()), surface.frame, view === "outside" ? orbit : null);
    if (note) note.textContent = `Rough preview in ${solid.pieces} pieces, not the simulation`;
  }

  function showTime(): void {
    if (!time || !clock) return;
    const { scene } = work, isFootage = view === "plate" && picture instanceof HTMLVideoElement;
    [time.min, time.max] = isFootage ? ["0", String(Math.max(0, plate.frames - 1))] : ["1", String(scene.frames)];
    const frame = Number(time.value), since = moment();
    clock.textContent = isFootage ? `Plate, frame ${frame} of ${plate.frames}` : `Frame ${frame} of ${scene.frames}${work.scene.failure.kind === "remove" ? " · taken out" : since > 0 ? ` · ${since.toFixed(2)} s into the fall` : " · before the fall"}`;
    time.setAttribute("aria-valuetext", clock.textContent);
  }

  function seek(): void {
    if (view === "plate" && picture instanceof HTMLVideoElement) {
      seen = Math.max(0, Number(time?.value ?? 0) - aheadOf(work));
      picture.currentTime = (seen + aheadOf(work) + 0.5) / (plate.rate || 24);
      const reference = one<HTMLInputElement>("input[name=first]");
      if (reference) reference.value = String(seen);
      isStale = true;
      showProblems();
      return showTime();
    }
    if (view === "plate") show("camera");
    refresh();
  }

  function stop(): void {
    window.clearInterval(timer);
    timer = 0;
    play?.setAttribute("aria-pressed", "false");
  }

  function run(): void {
    if (timer) return stop();
    if (view === "plate") show("camera");
    if (view === "plate" || !time) return;
    if (Number(time.value) >= work.scene.frames) time.value = String(Math.max(1, work.scene.failure.start - 4));
    const from = performance.now(), at = Number(time.value);
    play?.setAttribute("aria-pressed", "true");
    timer = window.setInterval(() => {
      const next = at + Math.floor(((performance.now() - from) / 1000) * work.scene.rate);
      time.value = String(Math.min(work.scene.frames, next));
      if (next >= work.scene.frames) stop();
      drawSolid();
      showTime();
    }, 1000 / Math.min(30, work.scene.rate));
  }

  /** A mask of the plate's size in place of an outline that is drawn; the server follows its border. */
  async function takeMask(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    input.value = "";
    if (!file) return;
    if (says) says.textContent = "The mask is being read.";
    const told = await fetch(`/api/v1/collapses/${root.dataset["plate"] ?? ""}/outline`, { method: "POST", headers: { "Content-Type": file.type, ...tokenHeaders() }, body: file, signal: stopping.signal })
      .then(async (answer) => (answer.ok ? ((await answer.json()) as { outline: [number, number][] }).outline : (detail(await answer.text()) ?? `The server answered ${answer.status}.`)))
      .catch(() => "The server could not be reached. Nothing was changed; try again.");
    if (stopping.signal.aborted) return;
    if (typeof told === "string") {
      announce(told);
      if (says) says.textContent = told;
      says?.classList.add("wrong");
      return;
    }
    before();
    work.scene.building.outline = told;
    work.open = null;
    pick("building");
    after(false);
    announce(`The outline was taken from the mask: ${told.length} points`);
  }

  surface.listen(stopping.signal);
  const mask = one<HTMLInputElement>("[data-mask]");
  mask?.addEventListener("change", () => void takeMask(mask), on);
  root.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("button") : null, data = button?.dataset;
    if (!data) return;
    if (data["tool"]) pick(data["tool"] as Tool);
    else if (data["view"]) show(data["view"] as View);
    else if (data["lines"]) { surface.lines = surface.lines === data["lines"] ? null : (data["lines"] as LineSet); showLines(); }
    else if (data["face"]) { surface.close(); surface.face = data["face"] as Face; surface.chosen = null; showLines(); refresh(); }
    else if ("facesClear" in data) {
      before();
      for (const face of ["front", "side", "ridge"] as const) delete work.scene.building[face];
      if (work.open === "front") work.open = null;
      surface.chosen = null;
      surface.face = "front";
      after(false);
      showLines();
    } else if ("linesClear" in data) { before(); delete work.scene.camera.lines; after(false); }
    else if ("undo" in data) undo();
    else if ("redo" in data) redo();
    else if ("remove" in data) surface.remove();
    else if ("zoomIn" in data) surface.magnify(1.5);
    else if ("zoomOut" in data) surface.magnify(1 / 1.5);
    else if ("zoomFit" in data) surface.magnify(0);
    else if ("play" in data) run();
    else if ("grid" in data) {
      surface.grid = !surface.grid;
      button?.setAttribute("aria-pressed", String(surface.grid));
      surface.draw();
    } else if ("startOver" in data) {
      before();
      work = fresh(plate);
      surface.chosen = null;
      if (picture instanceof HTMLVideoElement) picture.currentTime = (seen + 0.5) / (plate.rate || 24);
      after(false);
      announce("Started over; undo brings it back");
    } else return;
    if (view !== "plate" && ("zoomIn" in data || "zoomOut" in data || "zoomFit" in data)) {
      if (view === "outside") orbit.distance = "zoomFit" in data ? 2.5 : Math.min(12, Math.max(1.2, orbit.distance * ("zoomIn" in data ? 0.8 : 1.25)));
      drawSolid();
    }
  }, on);
  time?.addEventListener("input", () => { stop(); seek(); }, on);
  root.addEventListener("keydown", (event) => {
    if (isTyping(event.target) || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    if (event.shiftKey) redo();
    else undo();
  }, on);
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    let last = [event.clientX, event.clientY];
    const move = (e: PointerEvent): void => {
      const [x, y] = [e.clientX - (last[0] ?? 0), e.clientY - (last[1] ?? 0)];
      last = [e.clientX, e.clientY];
      if (view === "outside") orbit = { ...orbit, yaw: orbit.yaw - x * 0.008, pitch: Math.min(1.4, Math.max(0.02, orbit.pitch + y * 0.006)) };
      else surface.frame.pan(x, y);
      drawSolid();
    };
    canvas.addEventListener("pointermove", move, on);
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => canvas.removeEventListener("pointermove", move), { once: true, signal: stopping.signal });
  }, on);
  canvas.addEventListener("keydown", (event) => {
    const way = ({ ArrowLeft: [-0.15, 0], ArrowRight: [0.15, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] } as Record<string, [number, number]>)[event.key];
    if (!way || view !== "outside") return;
    event.preventDefault();
    orbit = { ...orbit, yaw: orbit.yaw + way[0], pitch: Math.min(1.4, Math.max(0.02, orbit.pitch + way[1])) };
    drawSolid();
  }, on);
  form.addEventListener("submit", (event) => {
    const worst = bad()[0];
    if (worst) {
      event.preventDefault();
      lead(worst);
      announce(worst.text);
      if (says) says.textContent = worst.text;
      says?.classList.add("wrong");
      return;
    }
    const open = questions.find((question) => !question.querySelector("input:checked"));
    questions.forEach((question) => question.classList.toggle("wrong", !question.querySelector("input:checked")));
    if (open) {
      event.preventDefault();
      const asks = one("[data-asks]");
      if (asks) asks.textContent = "Answer each with yes or no, then make it.";
      asks?.classList.add("wrong");
      open.querySelector("input")?.focus();
      open.scrollIntoView({ block: "center" });
      return;
    }
    field.value = JSON.stringify(payload(work, plate));
    keep();
    sent = true;
  }, on);
  svg.addEventListener("focus", () => says?.classList.remove("wrong"), on);
  picture.addEventListener(picture instanceof HTMLVideoElement ? "seeked" : "load", () => { isStale = true; refresh(); }, on);
  if (picture instanceof HTMLVideoElement) {
    seen = Number(one<HTMLInputElement>("input[name=first]")?.value ?? 0);
    if (time) time.value = String(seen + aheadOf(work));
    const begin = (): void => { picture.currentTime = (seen + aheadOf(work) + 0.5) / (plate.rate || 24); };
    if (picture.readyState >= 1) begin();
    else picture.addEventListener("loadedmetadata", begin, { once: true, signal: stopping.signal });
  }
  takeAnswers();
  for (const question of questions) question.addEventListener("change", keepAnswers, on);
  // As high as the plate needs with its margin, as long as that leaves room for what stands below.
  const fitStage = (): void => { stageBox.style.height = `${Math.round(Math.max(260, Math.min(0.66 * innerHeight, (stageBox.clientWidth * plate.height) / plate.width + 24)))}px`; };
  const watcher = new ResizeObserver(() => { fitStage(); if (view === "plate") surface.draw(); else drawSolid(); });
  watcher.observe(stageBox);
  for (const path of fields.takeChanged()) choose(path);
  follow(work, plate);
  if (work.scene.building.outline.length > 0 && saved && !root.dataset["scene"]) saved.textContent = "Kept on this computer";
  pick("building");
  return () => {
    stop();
    stopping.abort();
    watcher.disconnect();
    if (!sent) keep();
  };
}
