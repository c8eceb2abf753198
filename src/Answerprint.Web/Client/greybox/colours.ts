import { make } from "../dom";
import { button, square } from "./controls";
import { palette, type PaintedMap, type Painter } from "./painter";
import type { Dress } from "./work";

/** The regions of a painted map: what is painted with, what it is called. */
export function colourRows(map: PaintedMap, dress: Record<string, Dress>, painter: Painter, chosen: (name: string) => void, changed: () => void): HTMLElement[] {
  return map.colours.map((one, i) => {
    const pick = make("button", { type: "button", class: "gb-ink", "aria-pressed": String(painter.ink === one.colour), title: `Paint ${one.name}`, "aria-label": `Paint ${one.name}` });
    pick.style.background = one.colour;
    pick.addEventListener("click", () => { painter.ink = one.colour; chosen(one.name); });
    const name = make("input", { class: "input", value: one.name, maxlength: 64, "aria-label": `Name of region ${i + 1}` });
    name.addEventListener("change", () => {
      const called = name.value.trim(), dressed = dress[one.name];
      if (called === "" || map.colours.some((other) => other !== one && other.name === called)) { name.value = one.name; return; }
      if (dressed) dress[called] = dressed;
      one.name = called;
      changed();
    });
    const remove = square("close", `Take ${one.name} off the list; paint over it first`, () => { map.colours.splice(i, 1); changed(); });
    remove.disabled = map.colours.length === 1;
    return make("div", { class: "gb-colour" }, pick, name, remove);
  });
}

/** Adds a region in a colour that none has yet. */
export function moreColours(map: PaintedMap, painter: Painter, added: (name: string) => void): HTMLButtonElement {
  const more = button("Add a region", () => {
    const colour = palette.find((one) => !map.colours.some((other) => other.colour === one)) ?? "#ffffff";
    let n = map.colours.length + 1;
    while (map.colours.some((one) => one.name === `region ${n}`)) n++;
    map.colours.push({ name: `region ${n}`, colour });
    painter.ink = colour;
    added(`region ${n}`);
  });
  more.disabled = map.colours.length >= palette.length;
  return more;
}
