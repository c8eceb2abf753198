import { clamp, icon, make } from "../dom";
import type { Thing } from "./scene";

export const round = (value: number): number => Math.round(value * 1000) / 1000;

/** Runs something that changes what is on the stage, so that it can be undone. */
export type Change = (act: () => void) => void;

export function button(text: string, act: () => void, kind = "plain"): HTMLButtonElement {
  const made = make("button", { type: "button", class: `button small ${kind}` }, text);
  made.addEventListener("click", act);
  return made;
}

export function square(name: string, title: string, act: () => void): HTMLButtonElement {
  const made = button("", act);
  made.classList.add("square");
  made.title = title;
  made.setAttribute("aria-label", title);
  made.append(icon(name));
  return made;
}

export function number(change: Change, label: string, value: number, set: (value: number) => void, by = 0.05): HTMLElement {
  const input = make("input", { class: "input", type: "number", step: by, value: String(round(value)), "aria-label": label });
  input.addEventListener("change", () => {
    const wanted = input.valueAsNumber;
    if (Number.isFinite(wanted)) change(() => set(round(wanted)));
  });
  return make("label", { class: "gb-number" }, make("span", {}, label), input);
}

function choice(change: Change, label: string, options: [string, string][], value: string, set: (value: string) => void): HTMLElement {
  const select = make("select", { class: "input", "aria-label": label }, ...options.map(([key, words]) => make("option", { value: key, selected: key === value }, words)));
  select.addEventListener("change", () => change(() => set(select.value)));
  return make("label", { class: "gb-number" }, make("span", {}, label), select);
}

/** What can be said of a thing in words and numbers: its place, its size, its openings. */
export function factsOf(thing: Thing, change: Change): HTMLElement[] {
  const text = (label: string, value: string, set: (value: string) => void): HTMLElement => {
    const input = make("input", { class: "input", value, maxlength: 64, "aria-label": label });
    input.addEventListener("change", () => { if (input.value.trim() !== "") change(() => set(input.value.trim())); });
    return make("label", { class: "gb-number" }, make("span", {}, label), input);
  };
  const rows: Node[] = [text("Name", thing.name, (value) => (thing.name = value)), text("Region", thing.region, (value) => (thing.region = value === "sky" ? "sky 2" : value)),
    ...["x", "y", "z"].map((axis, i) => number(change, axis, thing.position[i] ?? 0, (value) => (thing.position[i] = clamp(value, -500, 500)))),
    ...["Width", "Height", "Depth"].map((name, i) => number(change, name, thing.size[i] ?? 1, (value) => (thing.size[i] = clamp(value, 0.01, 200)))), number(change, "Turn °", thing.turn ?? 0, (value) => (thing.turn = value % 360), 5)];
  if (thing.kind === "steps") rows.push(number(change, "Steps", thing.count ?? 5, (value) => (thing.count = clamp(Math.round(value), 1, 64)), 1));
  if (thing.kind === "mesh") rows.push(choice(change, "Laid on", [["box", "from outside"], ["own", "by its own coordinates"]], thing.mapping ?? "box", (value) => (thing.mapping = value)));
  if (thing.kind === "form") rows.push(choice(change, "Garment", [["coat", "coat"], ["gown", "gown"], ["bodice", "bodice"]], thing.garment ?? "coat", (value) => (thing.garment = value)));
  const openings = (thing.openings ?? []).map((hole, i) => make("div", { class: "gb-numbers" },
    number(change, `Opening ${i + 1} from left`, hole.x, (value) => (hole.x = clamp(value, 0, thing.size[0]))), number(change, "from foot", hole.y, (value) => (hole.y = clamp(value, 0, thing.size[1]))),
    number(change, "wide", hole.width, (value) => (hole.width = clamp(value, 0.05, 100))), number(change, "high", hole.height, (value) => (hole.height = clamp(value, 0.05, 100))),
    button("Close it", () => change(() => thing.openings?.splice(i, 1)), "ghost")));
  return [make("div", { class: "gb-numbers" }, ...rows), ...openings];
}

/** Buttons that cut a wall. */
export function openingsOf(thing: Thing, change: Change): HTMLElement[] {
  if (thing.kind !== "wall") return [];
  const cut = (hole: { x: number; y: number; width: number; height: number; columns?: number; rows?: number; frameRegion?: string }): void => change(() => (thing.openings ??= []).push(hole));
  return [button("Add window", () => cut({ x: round(Math.max(0, thing.size[0] / 2 - 0.65)), y: 0.9, width: 1.3, height: 1.5, columns: 2, rows: 2, frameRegion: "frame" })), button("Add door", () => cut({ x: 0.5, y: 0, width: 1, height: 2.1 }))];
}
