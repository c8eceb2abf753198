import type { Part } from "./cropper";
import { freshMap, type Colour, type PaintedMap } from "./painter";
import { copyOf, templates, type Scene } from "./scene";

export interface Reference { id: string; name: string; owner: string; rights: string; width: number; height: number; thumbnail: string }
export interface Dress { isPicture: boolean; keepLight: boolean; references: Part[] }
export interface Parameters { scene?: Scene; segments?: { regions: Colour[]; metres: number; keepPlaces: number }; width: number; height: number; regions: { region: string; fit: number; even: boolean; references: (Omit<Part, "asset"> & { input: number })[] }[] }
export interface Version { id: string; name: string; state: string; progress: number; phase: string; error: string; preview: string | null; asset: string | null; picture: string | null; thumbnail: string | null; seed: number; inputs: { part: string; asset: string }[]; parameters: Parameters }

/** What is on the stage: a scene and a painted map, what regions are dressed in, and which of both is worked on. */
export interface Work { scene: Scene; dress: Record<string, Dress>; seed: number; isMap: boolean; map: PaintedMap }

/** What was kept on this computer, or the first template. */
export function load(key: string): Work {
  const fresh: Work = { scene: (templates["room"] as { make: () => Scene }).make(), dress: {}, seed: 1, isMap: false, map: freshMap() };
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null") as Work | null;
    return kept?.scene?.objects && kept.dress ? { ...fresh, ...kept } : fresh;
  } catch {
    return fresh;
  }
}

/** Puts the scene or map, the references and the seed of a version on the stage. */
export function takeUp(work: Work, version: Version): void {
  const { parameters: wish } = version, assets = version.inputs.filter((input) => input.part === "reference").map((input) => input.asset);
  if (wish.scene) work.scene = copyOf(wish.scene);
  work.isMap = wish.segments !== undefined;
  work.seed = version.seed;
  if (wish.segments) work.map = { ...work.map, colours: copyOf(wish.segments.regions), metres: wish.segments.metres, keepPlaces: wish.segments.keepPlaces };
  for (const { region: name, fit, even, references: parts } of wish.regions)
    work.dress[name] = { isPicture: fit === 1, keepLight: !even, references: parts.map(({ input, ...part }) => ({ ...part, asset: assets[input] ?? "" })) };
}
