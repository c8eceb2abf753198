import { announce, isTyping } from "../dom";

/**
 * The contact sheet by keyboard: arrows go from picture to picture, X or the space bar chooses it, Shift with an arrow or a click chooses all between,
 * A chooses all, T goes to the tags, Escape lets go. Without it the boxes and the form work as they are.
 */
export default function sheet(element: HTMLElement): () => void {
  const cards = (): HTMLElement[] => [...element.querySelectorAll<HTMLElement>("[data-ref]")];
  const boxOf = (card: HTMLElement | undefined): HTMLInputElement | null => card?.querySelector<HTMLInputElement>(".pick input") ?? null;
  const boxes = (): HTMLInputElement[] => cards().map(boxOf).filter((box): box is HTMLInputElement => box !== null);
  const form = document.getElementById("selection");
  const count = form?.querySelector<HTMLElement>("[data-count]");
  let last = -1;

  const tell = (): void => {
    const chosen = boxes().filter((box) => box.checked).length;
    if (count) count.textContent = chosen === 0 ? "Selected" : `${chosen} selected`;
  };
  const choose = (from: number, to: number, checked: boolean): void => {
    const all = cards();
    for (let at = Math.min(from, to); at <= Math.max(from, to); at++) {
      const box = boxOf(all[at]);
      if (box) box.checked = checked;
    }
    tell();
  };
  const clear = (): void => {
    for (const box of boxes()) box.checked = false;
    tell();
    announce("Nothing is selected");
  };
  const focus = (at: number): void => cards()[at]?.querySelector<HTMLElement>(".code")?.focus();

  /** The card in the row above or below that lies nearest. */
  const beside = (from: number, down: boolean): number => {
    const all = cards();
    const own = all[from]?.getBoundingClientRect();
    if (!own) return from;
    let best = from;
    let least = Infinity;
    all.forEach((card, at) => {
      const box = card.getBoundingClientRect();
      const step = down ? box.top - own.top : own.top - box.top;
      if (step < 8) return;
      const distance = step * 10 + Math.abs(box.left + box.width / 2 - own.left - own.width / 2);
      if (distance < least) [best, least] = [at, distance];
    });
    return best;
  };

  const key = (event: KeyboardEvent): void => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target instanceof HTMLElement ? event.target : null;
    const inside = target !== null && element.contains(target);
    const at = inside ? cards().findIndex((card) => card.contains(target)) : -1;
    // A filmstrip scrubs by the same arrows.
    if (target?.getAttribute("role") === "slider" && event.key.startsWith("Arrow")) return;
    const moves: Record<string, () => number> = {
      ArrowRight: () => Math.min(at + 1, cards().length - 1), ArrowLeft: () => Math.max(at - 1, 0), ArrowDown: () => beside(at, true), ArrowUp: () => beside(at, false),
      Home: () => 0, End: () => cards().length - 1,
    };
    const move = moves[event.key];
    if (move && (inside || target === document.body)) {
      const to = at < 0 ? 0 : move();
      if (event.shiftKey && at >= 0) choose(at, to, true);
      focus(to);
      event.preventDefault();
      return;
    }
    if ((event.key === " " || event.key === "x" || event.key === "X") && at >= 0 && target?.tagName !== "INPUT") {
      const box = boxOf(cards()[at]);
      if (!box) return;
      box.checked = !box.checked;
      last = at;
      tell();
      announce(box.checked ? "Selected" : "Not selected");
      event.preventDefault();
    } else if (event.key === "a" && (inside || boxes().some((box) => box.checked))) {
      choose(0, cards().length - 1, true);
      event.preventDefault();
    } else if (event.key === "t" && boxes().some((box) => box.checked)) {
      form?.querySelector<HTMLElement>("[data-tags]")?.focus();
      event.preventDefault();
    } else if (event.key === "Escape" && boxes().some((box) => box.checked)) {
      clear();
    }
  };

  element.addEventListener("click", (event) => {
    const box = event.target instanceof HTMLInputElement && event.target.type === "checkbox" ? event.target : null;
    if (!box) return;
    const at = cards().findIndex((card) => card.contains(box));
    if (event.shiftKey && last >= 0) choose(last, at, box.checked);
    last = at;
    tell();
  });
  form?.querySelector("[data-clear]")?.addEventListener("click", clear);
  document.addEventListener("keydown", key);
  tell();
  return () => document.removeEventListener("keydown", key);
}
