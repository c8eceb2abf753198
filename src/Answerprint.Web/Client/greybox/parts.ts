import { clamp, make } from "../dom";
import { button, number, square, type Change } from "./controls";
import { cropper, type Part } from "./cropper";
import type { Reference } from "./work";

/** A reference in use: its part, its width, how it is turned. */
export function partCard(found: Reference | undefined, part: Part, change: Change, before: () => void, after: () => void, takeOff: () => void): HTMLElement {
  const share = (label: string, name: "x" | "y" | "width" | "height"): HTMLElement => number(change, label, part[name] * 100, (value) => {
    part[name] = clamp(value / 100, name === "x" || name === "y" ? 0 : 0.02, 1);
    part.width = Math.min(part.width, 1 - Math.min(part.x, 0.98));
    part.height = Math.min(part.height, 1 - Math.min(part.y, 0.98));
    part.x = Math.min(part.x, 0.98);
    part.y = Math.min(part.y, 0.98);
  }, 1);
  const turned = square("forward", `Turn it by 90°; now ${part.turn ?? 0}°`, () => change(() => (part.turn = ((part.turn ?? 0) + 90) % 360)));
  const mirror = button("Mirror", () => change(() => (part.mirror = !part.mirror)));
  mirror.setAttribute("aria-pressed", String(part.mirror === true));
  const four = button("Corners", () => change(() => {
    if (part.corners) delete part.corners;
    else part.corners = [[0.06, 0.06], [0.94, 0.06], [0.94, 0.94], [0.06, 0.94]].flatMap(([u, v]) => [part.x + part.width * (u ?? 0), part.y + part.height * (v ?? 0)]).map((at) => Math.round(at * 10000) / 10000);
  }));
  four.title = "Set four corners: what they frame is laid flat, so that a wall in perspective gives a straight texture";
  four.setAttribute("aria-pressed", String(part.corners !== undefined));
  const shares = make("details", { hidden: part.corners !== undefined }, make("summary", { class: "small" }, "Part in %"), make("div", { class: "gb-numbers" }, share("left", "x"), share("top", "y"), share("wide", "width"), share("high", "height")));
  return make("div", { class: "gb-used" }, cropper(found?.thumbnail, part, before, after), make("div", { class: "stack tight" }, make("span", { class: "small truncate" }, found?.name ?? "not in this production"),
    number(change, "Metres wide", part.metres, (value) => (part.metres = clamp(value, 0.01, 500))), make("div", { class: "cluster tight" }, turned, mirror, four),
    ...(part.turn ? [make("span", { class: "small quiet" }, `turned by ${part.turn}°`)] : []), shares, button("Take off", takeOff, "ghost")));
}
