/** A row: arrow keys go from tile to tile, up and down from row to row, the buttons by the screenful. */
export default function shelf(element: HTMLElement): void {
  const track = element.querySelector<HTMLElement>("[data-track]");
  if (!track) return;
  const page = (direction: number): void => track.scrollBy({ left: direction * track.clientWidth * 0.86, behavior: "smooth" });
  element.querySelector("[data-back]")?.addEventListener("click", () => page(-1));
  element.querySelector("[data-further]")?.addEventListener("click", () => page(1));
  track.addEventListener("keydown", (event) => {
    const tiles = [...track.querySelectorAll<HTMLElement>("a.tile")];
    const at = tiles.findIndex((t) => t === document.activeElement);
    if (at < 0) return;
    const along: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tiles.length - 1 };
    const next = along[event.key];
    if (next !== undefined) {
      event.preventDefault();
      tiles[next]?.focus();
      return;
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const rows = [...document.querySelectorAll<HTMLElement>("[data-track]")];
    const other = rows[rows.indexOf(track) + (event.key === "ArrowDown" ? 1 : -1)];
    if (!other) return;
    event.preventDefault();
    nearest(other, tiles[at]?.getBoundingClientRect().left ?? 0)?.focus();
  });
}

function nearest(track: HTMLElement, left: number): HTMLElement | undefined {
  const distance = (tile: HTMLElement): number => Math.abs(tile.getBoundingClientRect().left - left);
  return [...track.querySelectorAll<HTMLElement>("a.tile")].sort((a, b) => distance(a) - distance(b))[0];
}
