import { announce } from "../dom";

// The same words as the page's own, for the strengths in between.
const hints: [number, string][] = [
  [0.15, "Nearly the reference: only the finest detail moves."],
  [0.35, "The same picture with other detail: stones, leaves and folds change places."],
  [0.55, "The arrangement stays, larger things change."],
  [0.75, "A new arrangement of the same things."],
  [0.9, "Free: only light, colour and material are the reference's."],
  [1, "Pure noise: anything the references' pieces can make."],
];

/** Keeps chosen pictures above what a search finds, says how far a strength goes, and counts a palette's colours. */
export default function references(form: HTMLElement): () => void {
  const most = Number(form.dataset["most"]) || 8;
  const chosen = form.querySelector<HTMLElement>("[data-chosen]");
  const found = form.querySelector<HTMLElement>("[data-found]");
  const count = form.querySelector<HTMLElement>("[data-chosen-count]");
  const asks = form.querySelector<HTMLElement>("[data-asks-note]");
  const tick = (tile: Element): HTMLInputElement | null => tile.querySelector<HTMLInputElement>("input[name=references]");
  const tiles = (root: ParentNode | null): HTMLElement[] => [...(root?.querySelectorAll<HTMLElement>(".source") ?? [])];

  const tell = (): void => {
    const n = tiles(chosen).length;
    if (count) count.textContent = `${n} of ${most}`;
    asks?.toggleAttribute("hidden", !tiles(chosen).some((tile) => tile.dataset["asks"] === "1"));
    chosen?.querySelector(".none")?.remove();
    for (const tile of tiles(found)) {
      const box = tick(tile);
      if (box && !tile.classList.contains("barred")) box.disabled = n >= most;
    }
  };
  const change = (event: Event): void => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.name !== "references") return;
    const tile = box.closest<HTMLElement>(".source");
    if (!tile || !chosen || !found) return;
    if (box.checked) chosen.append(tile);
    else found.prepend(tile);
    box.focus();
    tell();
    announce(`${tile.dataset["name"] ?? "Picture"} ${box.checked ? "chosen" : "left out"}, ${tiles(chosen).length} of ${most}`);
  };
  // What a search brings may be chosen already.
  const swapped = new MutationObserver(() => {
    const have = new Set(tiles(chosen).map((tile) => tick(tile)?.value));
    for (const tile of tiles(found)) if (have.has(tick(tile)?.value) && !tick(tile)?.checked) tile.remove();
    tell();
  });
  if (found) swapped.observe(found, { childList: true });

  const strength = form.querySelector<HTMLInputElement>("[data-strength]");
  const hint = form.querySelector<HTMLElement>("[data-strength-hint]");
  const words = (): void => {
    const value = Number(strength?.value);
    if (hint) hint.textContent = hints.find(([to]) => value <= to + 1e-9)?.[1] ?? "";
  };
  const colour = (event: Event): void => {
    const swatch = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-swatch]") : null;
    const value = swatch?.querySelector<HTMLInputElement>("input[name=palette]");
    if (!swatch || !value) return;
    const used = event.type === "input";
    value.value = used ? (swatch.querySelector<HTMLInputElement>("input[type=color]")?.value ?? "") : "";
    swatch.classList.toggle("used", used);
  };
  const unset = (event: Event): void => {
    if (event.target instanceof Element && event.target.closest(".unset")) colour(event);
  };
  const palette = form.querySelector<HTMLElement>("[data-palette]");
  form.addEventListener("change", change);
  strength?.addEventListener("input", words);
  palette?.addEventListener("input", colour);
  palette?.addEventListener("click", unset);
  words();
  // Somebody may have chosen before this script arrived.
  for (const tile of tiles(found)) if (tick(tile)?.checked) chosen?.append(tile);
  tell();
  return () => {
    swapped.disconnect();
    form.removeEventListener("change", change);
    strength?.removeEventListener("input", words);
    palette?.removeEventListener("input", colour);
    palette?.removeEventListener("click", unset);
  };
}
