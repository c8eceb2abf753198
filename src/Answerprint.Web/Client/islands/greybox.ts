import { announce, clamp, isTyping, make } from "../dom";
import { colourRows, moreColours } from "../greybox/colours";
import { button, factsOf, number as numberOf, openingsOf, round, square } from "../greybox/controls";
import { handIn, place, shape, shapesOf } from "../greybox/forms";
import { Painter } from "../greybox/painter";
import { partCard } from "../greybox/parts";
import { kinds, copyOf, orbit, regionsOf, templates, type Point, type Thing } from "../greybox/scene";
import { View, type Eye } from "../greybox/view";
import { load, takeUp as bringBack, type Dress, type Reference, type Version, type Work } from "../greybox/work";
import { detail, tokenHeaders } from "../requests";
import wipe from "./wipe";

const step = 0.25;

/** The editor of grey boxes: a scene, a view of it, what its regions are dressed in, and the looks that were made. */
export default function greybox(element: HTMLElement): void | (() => void) {
  const production = element.dataset["production"] ?? "", key = `answerprint.greybox.${production}`;
  let work: Work = load(key), past: string[] = [], future: string[] = [], selected: string | null = null, region = "", snap = true, throughCamera = true;
  let eye: Eye = { target: [0, 1, 0], yaw: 0.6, pitch: 0.4, distance: 11 }, references: Reference[] = [], versions: Version[] = [], shown: Version | null = null, against: Version | null = null, timer = 0;
  const painter: Painter = new Painter(() => { work.map.picture = painter.dataUrl(); keep(); showTools(); });
  const saved = element.querySelector<HTMLElement>("[data-saved]");
  element.querySelector("[data-submit]")?.addEventListener("change", (event) => (event.target as HTMLSelectElement).form?.submit());

  const canvas = make("canvas", { tabindex: 0, role: "application", "aria-label": "The grey box. Drag turns the view, the right button moves it, the wheel goes nearer. With an object chosen: arrow keys move it, Page up and down lift it, brackets turn it, Delete removes it." });
  const view = new View(canvas), stage = make("div", { class: "gb-stage" }, canvas, painter.backdrop, painter.canvas), modes = make("div", { class: "cluster tight", role: "group", "aria-label": "Begin from" }), tools = make("div", { class: "cluster gb-tools" }), list = make("div", { class: "gb-list", role: "group", "aria-label": "Objects" });
  const facts = make("div", { class: "stack tight" }), light = make("div", { class: "gb-numbers" }), dressing = make("div", { class: "stack tight" }), picker = make("div", { class: "gb-picker" }), result = make("div", { class: "stack tight" }), strip = make("div", { class: "gb-strip", role: "group", "aria-label": "Versions" });
  const says = make("p", { class: "small soft", role: "status" });
  const panel = (title: string, ...inside: (Node | string)[]): HTMLElement => make("section", { class: "panel stack tight" }, make("h2", {}, title), ...inside);
  const objects = panel("Objects", list, facts), look = panel("Camera and light", light), colours = make("div", { class: "stack tight" }), regions = panel("Regions of the map", colours);
  element.querySelector("form")?.firstElementChild?.append(modes);
  element.append(make("div", { class: "gb-split" },
    make("div", { class: "stack" }, tools, stage, says, result, strip),
    make("div", { class: "stack" }, regions, panel("Dressed in", dressing, picker), objects, look)));

  function keep(): void {
    try {
      localStorage.setItem(key, JSON.stringify(work));
      if (saved) saved.textContent = "Kept on this computer";
    } catch {
      if (saved) saved.textContent = "Too large to keep on this computer";
    }
  }

  /** Everything that changes the scene goes through here: it can be undone, is kept, and is drawn. */
  function change(act: () => void, part = false): void {
    if (!part) {
      past.push(JSON.stringify(work));
      past = past.slice(-100);
      future = [];
    }
    act();
    keep();
    refresh(part);
  }

  function travel(from: string[], to: string[]): void {
    const state = from.pop();
    if (state === undefined) return;
    to.push(JSON.stringify(work));
    work = { ...(JSON.parse(state) as Work), isMap: work.isMap, map: work.map };
    keep();
    refresh();
  }

  function undo(): void { if (work.isMap) painter.undo(); else travel(past, future); }
  function redo(): void { if (work.isMap) painter.redo(); else travel(future, past); }

  function refresh(quiet = false): void {
    draw();
    if (quiet) return;
    [canvas.hidden, painter.canvas.hidden, objects.hidden, look.hidden, regions.hidden] = [work.isMap, !work.isMap, work.isMap, work.isMap, !work.isMap];
    painter.backdrop.hidden = !work.isMap || painter.backdrop.src === "";
    showModes();
    showTools();
    showObjects();
    showColours();
    showLight();
    showDressing();
  }

  function draw(): void {
    const { aspectWidth, aspectHeight } = work.scene.camera, wide = throughCamera ? aspectWidth / aspectHeight : 16 / 9;
    stage.style.aspectRatio = String(work.isMap ? aspectWidth / aspectHeight : wide);
    if (work.isMap) return painter.shape(aspectWidth / aspectHeight);
    const width = Math.max(64, Math.round(stage.clientWidth * Math.min(2, devicePixelRatio)));
    if (canvas.width !== width || canvas.height !== Math.round(width / wide)) [canvas.width, canvas.height] = [width, Math.round(width / wide)];
    view.draw(work.scene, throughCamera ? null : eye, selected);
  }

  const chosen = (): Thing | undefined => work.scene.objects.find((thing) => thing.id === selected);

  function add(kind: string): void {
    const about = kinds[kind];
    if (!about) return;
    let n = 1;
    while (work.scene.objects.some((thing) => thing.id === `${kind}${n}`)) n++;
    change(() => {
      work.scene.objects.push({ id: `${kind}${n}`, name: `${about.name} ${n}`, kind, region: about.region, position: [0, 0, 0], size: [...about.size] as Point, ...(kind === "form" ? { garment: "coat" } : {}), ...(kind === "steps" ? { count: 5 } : {}) });
      selected = `${kind}${n}`;
    });
    announce(`${about.name} added`);
  }

  /** Takes a form in: its parts become objects, its camera and sun the scene's. */
  async function bringIn(file: File): Promise<void> {
    says.textContent = `Reading ${file.name}…`;
    const form = await handIn(production, file);
    if (typeof form === "string") { says.textContent = form; return; }
    shape(view, form);
    change(() => place(work.scene, form));
    says.textContent = `${form.name}: ${form.parts.length} ${form.parts.length === 1 ? "part" : "parts"}, ${form.triangles.toLocaleString()} triangles${form.camera ? ", its camera" : ""}${form.sun ? ", its sun" : ""}.`;
  }

  function duplicate(): void {
    const thing = chosen();
    if (!thing) return;
    let n = 2;
    while (work.scene.objects.some((other) => other.id === `${thing.id}-${n}`)) n++;
    change(() => {
      const copy = copyOf(thing);
      copy.id = `${thing.id}-${n}`;
      copy.name = `${thing.name} copy`;
      copy.position[0] = round(copy.position[0] + thing.size[0] + step);
      work.scene.objects.push(copy);
      selected = copy.id;
    });
  }

  function remove(): void {
    const thing = chosen();
    if (!thing) return;
    change(() => {
      work.scene.objects = work.scene.objects.filter((other) => other !== thing);
      selected = null;
    });
    announce(`${thing.name} removed`);
  }

  function showModes(): void {
    const mode = (text: string, isMap: boolean): HTMLButtonElement => {
      const one = button(text, () => { if (work.isMap !== isMap) { work.isMap = isMap; keep(); refresh(); } });
      one.setAttribute("aria-pressed", String(work.isMap === isMap));
      return one;
    };
    modes.replaceChildren(mode("3D scene", false), mode("Painted map", true));
  }

  function showTools(): void {
    const back = square("undo", "Undo (Ctrl Z)", undo), again = square("forward", "Redo (Ctrl Shift Z)", redo);
    back.disabled = work.isMap ? !painter.canUndo : past.length === 0;
    again.disabled = work.isMap ? !painter.canRedo : future.length === 0;
    tools.replaceChildren(...(work.isMap ? paintTools() : sceneTools()), back, again, button("Dress it", () => void order(), "primary"));
  }

  function sceneTools(): HTMLElement[] {
    const start = make("select", { class: "input", "aria-label": "Start from" }, make("option", { value: "" }, "Start from…"), ...Object.entries(templates).map(([id, one]) => make("option", { value: id }, one.name)));
    start.addEventListener("change", () => {
      const template = templates[start.value];
      if (template) change(() => { work = { ...work, scene: template.make() }; selected = null; });
    });
    const more = make("select", { class: "input", "aria-label": "Add" }, make("option", { value: "" }, "Add…"), ...Object.entries(kinds).map(([id, one]) => make("option", { value: id }, one.name)));
    more.append(make("option", { value: "model" }, "Form from Blender (.glb, .blend)…"));
    const file = make("input", { type: "file", accept: ".glb,.blend", class: "visually-hidden", tabindex: -1, "aria-label": "A form from Blender", "data-form": "" });
    file.addEventListener("change", () => { const chosen = file.files?.[0]; if (chosen) void bringIn(chosen); });
    more.addEventListener("change", () => { if (more.value === "model") { more.value = ""; file.click(); } else add(more.value); });
    const through = button("Camera", () => { throughCamera = !throughCamera; refresh(); });
    through.title = throughCamera ? "The picture is seen through the scene's camera; press to look from outside" : "Seen from outside; press to look through the scene's camera";
    through.setAttribute("aria-pressed", String(throughCamera));
    const snapping = button("Snap", () => { snap = !snap; showTools(); });
    snapping.title = `Objects move in steps of ${step} m`;
    snapping.setAttribute("aria-pressed", String(snap));
    if (!view.works) says.textContent = "This browser shows no 3D; objects can be placed by their numbers.";
    return [start, more, file, through, snapping];
  }

  function paintTools(): HTMLElement[] {
    const tool = (name: "brush" | "polygon" | "fill", title: string): HTMLButtonElement => {
      const one = square(name, title, () => painter.choose(name));
      one.setAttribute("aria-pressed", String(painter.tool === name));
      return one;
    };
    const size = make("input", { type: "range", min: 2, max: 100, value: painter.size, "aria-label": "Brush size" });
    size.addEventListener("input", () => { painter.size = size.valueAsNumber; });
    return [tool("brush", "Brush (B)"), tool("polygon", "Polygon: click corners, Enter or double-click closes (P)"), tool("fill", "Fill an area (F)"), size, button("Fill all", () => painter.fillAll())];
  }

  /** A map that was painted elsewhere, and a picture to paint over. */
  function groundTools(): HTMLElement {
    const file = make("input", { type: "file", accept: "image/png,image/webp", class: "visually-hidden", "aria-label": "A map that was painted elsewhere" });
    file.addEventListener("change", () => { const chosen = file.files?.[0]; if (chosen) void openMap(chosen); });
    const over = make("select", { class: "input", "aria-label": "Paint over" }, make("option", { value: "" }, "Paint over…"), ...references.map((one) => make("option", { value: one.id, selected: work.map.over === one.id }, one.name)));
    over.addEventListener("change", () => { work.map.over = over.value; keep(); showBackdrop(); });
    return make("div", { class: "cluster gb-ground" }, make("label", { class: "button small plain upload" }, "Open a map", file), over);
  }

  function showBackdrop(): void {
    const found = references.find((one) => one.id === work.map.over);
    painter.backdrop.hidden = !found || !work.isMap;
    if (found) painter.backdrop.src = found.thumbnail.replace("thumbnail", "poster");
    painter.canvas.classList.toggle("over", found !== undefined);
  }

  async function openMap(file: File): Promise<void> {
    try {
      const found = await painter.take(file);
      work.map.colours = found;
      work.map.picture = painter.dataUrl();
      painter.ink = found[0]?.colour ?? painter.ink;
      says.textContent = `${found.length} regions were found by their colours; give them names.`;
      keep();
      refresh();
    } catch (error) {
      says.textContent = `'${file.name}' is no map. ${error instanceof Error ? error.message : ""}`;
    }
  }

  function showColours(): void {
    const { camera } = work.scene, { map } = work, again = (): void => { keep(); refresh(); };
    colours.replaceChildren(...colourRows(map, work.dress, painter, (name) => { region = name; showColours(); showDressing(); }, again),
      make("div", { class: "cluster apart" }, moreColours(map, painter, (name) => { region = name; again(); }), groundTools()), make("div", { class: "gb-numbers" },
        number("Map is metres wide", map.metres, (value) => (map.metres = clamp(value, 0.05, 500)), 0.5), number("Keep places 0–1", map.keepPlaces, (value) => (map.keepPlaces = clamp(value, 0, 1)), 0.1), number("Seed", work.seed, (value) => (work.seed = clamp(Math.round(value), 0, 1e9)), 1),
        number("Frame width", camera.aspectWidth, (value) => (camera.aspectWidth = clamp(value, 1, 50))), number("Frame height", camera.aspectHeight, (value) => (camera.aspectHeight = clamp(value, 1, 50)))));
  }

  const number = (label: string, value: number, set: (value: number) => void, by = 0.05): HTMLElement => numberOf(change, label, value, set, by);

  function showObjects(): void {
    list.replaceChildren(...work.scene.objects.map((thing) => {
      const one = button(thing.name, () => { selected = selected === thing.id ? null : thing.id; region = thing.region; refresh(); }, "ghost");
      one.setAttribute("aria-pressed", String(thing.id === selected));
      one.append(make("span", { class: "small quiet" }, thing.region));
      return one;
    }));
    const thing = chosen();
    if (!thing) {
      facts.replaceChildren(make("p", { class: "small soft" }, "Choose an object here or in the picture."));
      return;
    }
    facts.replaceChildren(...factsOf(thing, change), make("div", { class: "cluster" }, button("Duplicate", duplicate), button("Remove", remove, "danger"), ...openingsOf(thing, change)));
  }

  function showLight(): void {
    const { camera, light: sun } = work.scene, of = (name: string): number => sun[name] ?? 0;
    const turn = (name: string, label: string, low: number, high: number, by: number): HTMLElement => number(label, of(name), (value) => (sun[name] = clamp(value, low, high)), by);
    light.replaceChildren(number("Focal length mm", camera.focalLength, (value) => (camera.focalLength = clamp(value, 8, 400)), 1),
      number("Frame width", camera.aspectWidth, (value) => (camera.aspectWidth = clamp(value, 1, 50)), 0.05), number("Frame height", camera.aspectHeight, (value) => (camera.aspectHeight = clamp(value, 1, 50)), 0.05),
      ...["x", "y", "z"].map((axis, i) => number(`Camera ${axis}`, camera.position[i] ?? 0, (value) => (camera.position[i] = clamp(value, -500, 500)))),
      ...["x", "y", "z"].map((axis, i) => number(`Looks at ${axis}`, camera.target[i] ?? 0, (value) => (camera.target[i] = clamp(value, -500, 500)))),
      turn("azimuth", "Sun from °", -360, 360, 5), turn("elevation", "Sun height °", -5, 90, 5), turn("strength", "Sun strength", 0, 20, 0.2), turn("kelvin", "Sun kelvin", 2000, 12000, 100), turn("size", "Softness °", 0, 30, 0.5),
      turn("ambient", "Sky", 0, 5, 0.1), turn("fill", "Fill", 0, 2, 0.02), turn("exposure", "Exposure stops", -8, 8, 0.25), number("Seed", work.seed, (value) => (work.seed = clamp(Math.round(value), 0, 1e9)), 1));
  }

  const dressOf = (name: string): Dress => (work.dress[name] ??= { isPicture: name === "sky" || name === "backing" || name === "painting", keepLight: false, references: [] });

  function showDressing(): void {
    const names = work.isMap ? work.map.colours.map((one) => one.name) : regionsOf(work.scene);
    if (!names.includes(region)) region = names[0] ?? "";
    dressing.replaceChildren(...names.map((name) => {
      const one = button(name, () => { region = name; showDressing(); }, "ghost"), about = dressOf(name);
      one.setAttribute("aria-pressed", String(name === region));
      for (const part of about.references) {
        const found = references.find((reference) => reference.id === part.asset);
        if (found) one.append(make("img", { src: found.thumbnail, alt: found.name, class: "gb-swatch" }));
      }
      if (about.references.length === 0) one.append(make("span", { class: "small quiet" }, work.isMap ? "nothing yet" : name === "sky" ? "plain" : "grey"));
      return one;
    }));
    const about = dressOf(region);
    const used = about.references.map((part, i) => partCard(
      references.find((reference) => reference.id === part.asset), part, change, () => { past.push(JSON.stringify(work)); future = []; }, () => { keep(); showTools(); }, () => change(() => about.references.splice(i, 1))));
    const once = make("input", { type: "checkbox", class: "tick", checked: about.isPicture }), lit = make("input", { type: "checkbox", class: "tick", checked: about.keepLight });
    once.addEventListener("change", () => change(() => (about.isPicture = once.checked)));
    lit.addEventListener("change", () => change(() => (about.keepLight = lit.checked)));
    picker.replaceChildren(make("h3", {}, `“${region}” from`), ...used, make("div", { class: "cluster", hidden: work.isMap }, make("label", { class: "cluster small" }, once, "one picture, laid on once"), make("label", { class: "cluster small" }, lit, "keep the light on it")),
      make("div", { class: "gb-library", role: "group", "aria-label": "References of this production" }, ...references.map((reference) => {
        const one = make("button", { type: "button", class: "gb-reference", title: `${reference.name}, ${reference.owner || "owner not stated"}`, "aria-label": `Use ${reference.name}` }, make("img", { src: reference.thumbnail, alt: "", loading: "lazy" }), make("span", { class: "truncate" }, reference.name));
        one.addEventListener("click", () => { if (about.references.length < 8) change(() => about.references.push({ asset: reference.id, metres: 2, x: 0, y: 0, width: 1, height: 1, frame: 0 })); });
        return one;
      })), ...(references.length === 0 ? [make("p", { class: "small soft" }, "This production has no pictures yet: bring some in, in the library.")] : []));
  }

  async function order(): Promise<void> {
    const { aspectWidth, aspectHeight } = work.scene.camera;
    const width = aspectWidth >= aspectHeight ? 1280 : Math.round((1280 * aspectWidth) / aspectHeight), height = Math.max(64, Math.round((width * aspectHeight) / aspectWidth));
    const common = { production, name: `Look ${versions.length + 1}`, width, height, seed: work.seed, use: "ideation" };
    const dressed = (names: string[]): object[] => names.filter((name) => dressOf(name).references.length > 0).map((name) => ({ region: name, ...dressOf(name) }));
    let body: object = { ...common, scene: work.scene, regions: dressed(regionsOf(work.scene)) };
    if (work.isMap) {
      const present = painter.present(work.map.colours), bare = present.find((one) => dressOf(one.name).references.length === 0);
      if (bare) { region = bare.name; showDressing(); says.textContent = `“${bare.name}” has no references yet: choose some on the right, or paint it over.`; return; }
      const map = await hand();
      if (!map) return;
      body = { ...common, segments: { map, regions: present, metres: work.map.metres, keepPlaces: work.map.keepPlaces }, regions: dressed(present.map((one) => one.name)) };
    }
    says.textContent = "Asked for.";
    const answer = await fetch("/api/v1/looks", { method: "POST", headers: { "Content-Type": "application/json", ...tokenHeaders() }, body: JSON.stringify(body) }).catch(() => null);
    if (!answer?.ok) {
      says.textContent = answer ? detail(await answer.text()) ?? `The server answered ${answer.status}.` : "The server could not be reached.";
      return;
    }
    const told = (await answer.json()) as { job: string; existing: boolean; summary: string; state: string };
    if (told.state !== "Queued" && !told.existing) says.textContent = told.summary;
    await follow(told.job);
  }

  /** Puts the painted map on record, under the name of who painted it. */
  async function hand(): Promise<string | null> {
    const query = new URLSearchParams({ production, kind: "layout", tools: painter.tools });
    if (work.map.over) query.set("over", work.map.over);
    const answer = await fetch(`/api/v1/paintings?${query}`, { method: "POST", body: await painter.png(), headers: { "Content-Type": "image/png", ...tokenHeaders() } }).catch(() => null);
    if (answer?.ok) return ((await answer.json()) as { id: string }).id;
    says.textContent = answer ? detail(await answer.text()) ?? `The map was not taken (${answer.status}).` : "The server could not be reached.";
    return null;
  }

  async function follow(job: string): Promise<void> {
    window.clearTimeout(timer);
    const answer = await fetch(`/api/v1/looks/${job}`).catch(() => null);
    if (answer?.ok) {
      const version = (await answer.json()) as Version, at = versions.findIndex((one) => one.id === version.id);
      if (at < 0) versions.unshift(version);
      else versions[at] = version;
      says.textContent = version.error || (version.picture ? "" : `${version.phase} ${Math.round(version.progress * 100)} %`);
      if (version.picture || version.preview) { shown = version; showResult(); }
      if (version.picture || ["Failed", "Refused", "Cancelled", "AwaitingClearance", "Done"].includes(version.state)) {
        announce(version.picture ? `${version.name} is done` : `${version.name}: ${version.state}`);
        showVersions();
        return;
      }
    }
    timer = window.setTimeout(() => void follow(job), 700);
  }

  /** What a version was made over: its painted map, or its grey box as the view draws it. */
  function groundOf(version: Version): string {
    const scene = version.parameters.scene;
    if (!scene) return `/media/paintings/${version.inputs.find((input) => input.part === "map")?.asset ?? ""}`;
    const other = make("canvas", { width: 1280, height: Math.round((1280 * scene.camera.aspectHeight) / scene.camera.aspectWidth) });
    const grey = new View(other);
    for (const [key, one] of view.shapes) grey.shapes.set(key, one);
    grey.draw(scene, null, null);
    return other.toDataURL("image/jpeg", 0.9);
  }

  function showResult(): void {
    const picture = shown?.picture ?? shown?.preview;
    if (!shown || !picture) return;
    const now = shown, ground = now.parameters.scene ? "Grey box" : "Painted map";
    const before = against && against !== shown && against.picture ? against.picture : groundOf(now), name = against && against !== shown ? against.name : ground;
    const range = make("input", { type: "range", min: 0, max: 100, value: 50, "aria-label": `Wipe between ${name} and ${now.name}` });
    const box = make("div", { class: "wipe" }, make("img", { src: before, alt: name }), make("img", { src: picture, alt: now.name, class: "after" }), make("span", { class: "line", "aria-hidden": "true" }), make("span", { class: "tag", "aria-hidden": "true" }, name),
      make("span", { class: "tag after-tag", "aria-hidden": "true" }, now.picture ? `${now.name}, unsigned` : "Draft"), range);
    box.style.aspectRatio = `${now.parameters.width} / ${now.parameters.height}`;
    wipe(box);
    result.replaceChildren(box, make("div", { class: "cluster" }, ...(now.asset ? [make("a", { class: "button small plain", href: `/make/results/${now.asset}` }, "Open the result"), make("a", { class: "button small ghost", href: `/make/results/${now.asset}/authorship` }, "Who did what")] : []),
      button("Work on from it", () => void takeUp(now)), make("a", { class: "text small", href: `/make/jobs/${now.id}` }, "The job")));
  }

  /** Brings back the scene or map, the references and the seed of a version. */
  async function takeUp(version: Version): Promise<void> {
    const map = version.inputs.find((input) => input.part === "map")?.asset;
    change(() => { bringBack(work, version); selected = null; });
    if (map) {
      await painter.open(`/media/paintings/${map}`, work.map.colours[0]?.colour ?? "#808080");
      work.map.picture = painter.dataUrl();
      keep();
    }
    if (await shapesOf(view, work.scene)) draw();
    announce(`${version.name} is on the stage`);
  }

  function showVersions(): void {
    strip.replaceChildren(...versions.filter((version) => version.thumbnail).map((version) => {
      const one = make("button", { type: "button", class: "gb-version", "aria-pressed": String(version === shown) }, make("img", { src: version.thumbnail ?? "", alt: "" }), make("span", {}, version.name));
      one.addEventListener("click", () => { shown = version; showResult(); showVersions(); });
      const compare = button(version === against ? "Compared" : "Compare", () => { against = against === version ? null : version; showResult(); showVersions(); }, "ghost");
      return make("div", { class: "stack tight" }, one, compare);
    }));
  }

  const at = (event: PointerEvent | MouseEvent): [number, number] => { const b = canvas.getBoundingClientRect(); return [(event.clientX - b.left) / b.width, (event.clientY - b.top) / b.height]; };
  canvas.addEventListener("contextmenu", (event) => event.preventDefault());
  canvas.addEventListener("pointerdown", (event) => {
    const [x, y] = at(event), hit = view.pick(work.scene, x, y), ray = view.ray(x, y), thing = hit?.thing;
    canvas.setPointerCapture(event.pointerId);
    const holds = thing && thing.id === selected && event.button === 0;
    const from: Point = thing ? [...thing.position] as Point : [0, 0, 0], state = JSON.stringify(work), start = { x: event.clientX, y: event.clientY };
    let moved = false;
    const grab = hit ? [0, 1, 2].map((i) => (ray.origin[i] ?? 0) + (ray.direction[i] ?? 0) * hit.distance) : [0, 0, 0];
    const move = (e: PointerEvent): void => {
      const dx = e.movementX, dy = e.movementY;
      if (!moved && Math.hypot(e.clientX - start.x, e.clientY - start.y) < 4) return;
      moved = true;
      if (holds) {
        const [mx, my] = at(e), now = view.ray(mx, my), align = (value: number): number => (snap ? Math.round(value / step) * step : round(value));
        if (e.shiftKey) thing.position[1] = align(from[1] + ((start.y - e.clientY) / canvas.clientHeight) * 4);
        else if (Math.abs(now.direction[1]) > 0.02) {
          const t = ((grab[1] ?? 0) - now.origin[1]) / now.direction[1];
          if (t > 0 && t < 200) {
            thing.position[0] = align(from[0] + now.origin[0] + now.direction[0] * t - (grab[0] ?? 0));
            thing.position[2] = align(from[2] + now.origin[2] + now.direction[2] * t - (grab[2] ?? 0));
          }
        }
        draw();
      } else if (throughCamera) orbitCamera(dx, dy, event.button === 2);
      else if (event.button === 2) {
        const size = eye.distance / canvas.clientHeight;
        eye.target = [eye.target[0] - Math.cos(eye.yaw) * dx * size, Math.max(0, eye.target[1] + dy * size), eye.target[2] + Math.sin(eye.yaw) * dx * size];
        draw();
      } else {
        eye = { ...eye, yaw: eye.yaw - dx * 0.006, pitch: clamp(eye.pitch + dy * 0.006, -0.2, 1.5) };
        draw();
      }
    };
    canvas.addEventListener("pointermove", move);
    canvas.addEventListener("pointerup", () => {
      canvas.removeEventListener("pointermove", move);
      if (!moved) {
        selected = thing?.id ?? null;
        if (thing) region = thing.region;
        refresh();
      } else if (holds || throughCamera) {
        past.push(state);
        future = [];
        keep();
        refresh();
      }
    }, { once: true });
  });

  function orbitCamera(dx: number, dy: number, pan: boolean): void {
    orbit(work.scene.camera, dx, dy, pan, canvas.clientHeight);
    draw();
  }

  function dolly(factor: number): void {
    if (!throughCamera) {
      eye.distance = clamp(eye.distance * factor, 0.5, 200);
      draw();
      return;
    }
    const { position: p, target: t } = work.scene.camera;
    work.scene.camera.position = [0, 1, 2].map((i) => round((t[i] ?? 0) + ((p[i] ?? 0) - (t[i] ?? 0)) * factor)) as Point;
    keep();
    draw();
  }
  canvas.addEventListener("wheel", (event) => { event.preventDefault(); dolly(event.deltaY > 0 ? 1.08 : 1 / 1.08); }, { passive: false });

  const onKey = (event: KeyboardEvent): void => {
    if (isTyping(event.target)) return;
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key.toLowerCase() === "z") { event.preventDefault(); if (event.shiftKey) redo(); else undo(); return; }
    if (document.activeElement !== canvas) return;
    const thing = chosen(), by = event.shiftKey ? 1 : snap ? step : 0.05;
    if (control && event.key.toLowerCase() === "d") { event.preventDefault(); duplicate(); return; }
    if (event.key === "+" || event.key === "-") { dolly(event.key === "-" ? 1.1 : 1 / 1.1); return; }
    const go: Record<string, Point> = { ArrowLeft: [-by, 0, 0], ArrowRight: [by, 0, 0], ArrowUp: [0, 0, -by], ArrowDown: [0, 0, by], PageUp: [0, by, 0], PageDown: [0, -by, 0] }, way = go[event.key];
    if (way && thing) { event.preventDefault(); change(() => { thing.position = thing.position.map((value, i) => round(value + (way[i] ?? 0))) as Point; }); announce(`${thing.name} at ${thing.position.join(", ")}`); }
    else if (way) {
      event.preventDefault();
      if (throughCamera) { orbitCamera(way[0] * 100, way[2] * 100, false); keep(); }
      else { eye.yaw -= way[0] * 0.4; eye.pitch = clamp(eye.pitch + way[2] * 0.4, -0.2, 1.5); draw(); }
    } else if (thing && (event.key === "[" || event.key === "]")) change(() => (thing.turn = ((thing.turn ?? 0) + (event.key === "[" ? 15 : -15)) % 360));
    else if (thing && event.key === "Delete") remove();
  };
  document.addEventListener("keydown", onKey);
  const watch = new ResizeObserver(() => draw());
  watch.observe(stage);
  painter.ink = work.map.colours[0]?.colour ?? painter.ink;
  void painter.open(work.map.picture, painter.ink);
  void shapesOf(view, work.scene).then((came) => { if (came) draw(); });
  stage.addEventListener("dragover", (event) => event.preventDefault());
  stage.addEventListener("drop", (event) => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) void (work.isMap ? openMap(file) : bringIn(file));
  });
  refresh();
  void Promise.all([fetch(`/api/v1/looks/references?production=${production}`), fetch(`/api/v1/looks?production=${production}`)]).then(async ([a, b]) => {
    references = (await a.json()) as Reference[];
    versions = (await b.json()) as Version[];
    shown = versions.find((version) => version.picture) ?? null;
    showBackdrop();
    showColours();
    showDressing();
    if (shown?.parameters.scene) await shapesOf(view, shown.parameters.scene);
    showResult();
    showVersions();
    const running = versions.find((version) => ["Queued", "Running"].includes(version.state));
    if (running) await follow(running.id);
  });
  return () => {
    document.removeEventListener("keydown", onKey);
    watch.disconnect();
    window.clearTimeout(timer);
  };
}
