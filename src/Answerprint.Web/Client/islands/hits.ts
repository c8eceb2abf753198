/** What a search found, by keyboard: up and down go through all of it, whatever it is. */
export default function hits(element: HTMLElement): () => void {
  const key = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const links = [...element.querySelectorAll<HTMLElement>("a.code, a[data-hit]")];
    const at = links.findIndex((link) => link === document.activeElement);
    const fromBox = document.activeElement instanceof HTMLInputElement && document.activeElement.name === "q";
    if (at < 0 && !fromBox && document.activeElement !== document.body) return;
    const next = links[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  document.addEventListener("keydown", key);
  return () => document.removeEventListener("keydown", key);
}
