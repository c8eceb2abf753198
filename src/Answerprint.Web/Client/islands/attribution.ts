import { announce, clamp, make } from "../dom";

interface Part { kind: string; share: number; text: string; sourceName: string; frame: string; x: number | null; y: number | null; owner: string; rights: string; licence: string; source: string | null; sourceWidth: number; sourceHeight: number }
interface Answer { x: number; y: number; parts: Part[] }

/** Says of the pixel under the pointer, the finger or the arrow keys where it came from. */
export default function attribution(element: HTMLElement): void | (() => void) {
  const canvas = element.querySelector<HTMLElement>(".canvas");
  const panel = element.querySelector<HTMLElement>("[data-pixel]");
  const cross = element.querySelector<HTMLElement>("[data-cross]");
  const url = element.dataset["url"];
  const width = Number(element.dataset["width"]);
  const height = Number(element.dataset["height"]);
  if (!canvas || !panel || !cross || !url || !(width > 0) || !(height > 0)) return;
  let at = { x: Math.floor(width / 2), y: Math.floor(height / 2) };
  let asked = "";
  let timer = 0;
  let flight: AbortController | undefined;

  const ask = async (aloud: boolean): Promise<void> => {
    const key = `${at.x},${at.y}`;
    if (key === asked) return;
    asked = key;
    flight?.abort();
    flight = new AbortController();
    try {
      const response = await fetch(`${url}?x=${at.x}&y=${at.y}`, { signal: flight.signal, headers: { accept: "application/json" } });
      if (!response.ok) return;
      show(panel, (await response.json()) as Answer, aloud);
    } catch {
      // A newer question took its place.
    }
  };
  const move = (x: number, y: number, wait: number, aloud: boolean): void => {
    at = { x: clamp(Math.floor(x), 0, width - 1), y: clamp(Math.floor(y), 0, height - 1) };
    cross.hidden = false;
    cross.style.left = `${((at.x + 0.5) / width) * 100}%`;
    cross.style.top = `${((at.y + 0.5) / height) * 100}%`;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(aloud), wait);
  };
  const point = (event: PointerEvent): void => {
    const box = canvas.getBoundingClientRect();
    move(((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height, 60, false);
  };
  canvas.addEventListener("pointermove", point);
  canvas.addEventListener("pointerdown", point);
  canvas.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? Math.max(10, Math.round(width / 20)) : Math.max(1, Math.round(width / 240));
    const by: Record<string, [number, number]> = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const delta = by[event.key];
    if (!delta) return;
    event.preventDefault();
    move(at.x + delta[0], at.y + delta[1], 120, true);
  });

  const overlay = element.querySelector<HTMLImageElement>("[data-overlay-image]");
  const toggle = element.querySelector<HTMLButtonElement>("[data-toggle-overlay]");
  toggle?.addEventListener("click", () => {
    if (!overlay) return;
    const on = overlay.hidden;
    if (on && !overlay.src) overlay.src = element.dataset["overlay"] ?? "";
    overlay.hidden = !on;
    toggle.setAttribute("aria-pressed", String(on));
    announce(on ? "The picture is tinted by origin" : "The tint is off");
  });
  const box = element.querySelector<SVGElement>("[data-copybox]");
  const boxToggle = element.querySelector<HTMLButtonElement>("[data-toggle-box]");
  boxToggle?.addEventListener("click", () => {
    if (!box) return;
    const on = box.hasAttribute("hidden");
    box.toggleAttribute("hidden", !on);
    boxToggle.setAttribute("aria-pressed", String(on));
    announce(on ? "The longest copy is framed" : "The frame is off");
  });
  return () => {
    window.clearTimeout(timer);
    flight?.abort();
  };
}

const classes: Record<string, string> = { copied: "share-copied", blended: "share-blended", rendered: "share-rendered", painted: "share-painted" };

const mostParts = 3;

interface Gathered { part: Part; share: number; places: number }

/** Pixels of one source, frame and kind as one: its largest share says where. */
function gather(parts: Part[]): Gathered[] {
  const by = new Map<string, Gathered>();
  for (const part of [...parts].sort((a, b) => b.share - a.share)) {
    const key = [part.kind, part.source, part.sourceName, part.frame].join("|");
    const found = by.get(key);
    if (found) {
      found.share += part.share;
      found.places++;
    } else by.set(key, { part, share: part.share, places: 1 });
  }
  return [...by.values()].sort((a, b) => b.share - a.share);
}

function show(panel: HTMLElement, answer: Answer, aloud: boolean): void {
  const parts = gather(answer.parts);
  const rows = parts.slice(0, mostParts).map(({ part, share, places }) => {
    const where = part.x === null || part.y === null ? "" : `, ${places > 1 ? `${places} pixels around` : "at"} ${Math.round(part.x)}, ${Math.round(part.y)}`;
    const from = part.sourceName === "" ? "" : `${part.sourceName}${part.frame === "" ? "" : `, frame ${part.frame}`}${where}`;
    const rights = [part.owner, part.rights, part.licence].filter((word) => word !== "").join(", ");
    const lines: Node[] = [make("strong", {}, `${part.text.split(":")[0] ?? ""} ${(share * 100).toFixed(share < 0.9995 ? 1 : 0)} %`)];
    if (from !== "") lines.push(make("span", {}, from));
    if (rights !== "") lines.push(make("span", { class: "small quiet" }, rights));
    else lines.push(make("span", { class: "small quiet" }, part.text));
    const place = placeOf(part);
    return make("li", {}, make("i", { class: classes[part.kind] ?? "share-unknown" }), make("div", { class: "stack tight" }, ...lines), ...(place ? [place] : []));
  });
  const rest = parts.slice(mostParts).reduce((sum, part) => sum + part.share, 0);
  if (rest > 0) rows.push(make("li", {}, make("i", {}), make("span", { class: "small quiet" }, `${parts.length - mostParts} more, ${(rest * 100).toFixed(1)} %`)));
  panel.replaceChildren(make("p", { class: "small quiet num" }, `Pixel ${answer.x}, ${answer.y}`), make("ul", { class: "parts" }, ...rows));
  const first = parts[0]?.part;
  if (aloud && first) announce(`Pixel ${answer.x}, ${answer.y}: ${first.text} ${first.sourceName}`);
}

/** The source in small, with a ring where the pixel came from. */
function placeOf(part: Part): SVGSVGElement | undefined {
  if (part.source === null || part.x === null || part.y === null || !(part.sourceWidth > 0) || !(part.sourceHeight > 0) || part.frame !== "") return undefined;
  const draw = (name: string, attributes: Record<string, string | number>): SVGElement => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    return element;
  };
  const size = Math.max(part.sourceWidth, part.sourceHeight);
  const svg = draw("svg", { class: "sourceplace", viewBox: `0 0 ${part.sourceWidth} ${part.sourceHeight}`, "aria-hidden": "true" }) as SVGSVGElement;
  const ring = (radius: number, colour: string, width: number): SVGElement =>
    draw("circle", { cx: part.x ?? 0, cy: part.y ?? 0, r: size * radius, fill: "none", stroke: colour, "stroke-width": size * width });
  svg.append(
    draw("image", { href: `/media/assets/${part.source}/thumbnail`, width: part.sourceWidth, height: part.sourceHeight, preserveAspectRatio: "none" }),
    ring(0.05, "#000", 0.03), ring(0.05, "#fff", 0.016));
  return svg;
}
