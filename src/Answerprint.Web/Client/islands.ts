/** An island takes one element and brings it to life; what it returns is called when the element leaves the page. */
export type Island = (element: HTMLElement) => void | (() => void);

// The small ones are in the bundle; the others arrive when a page first has use for them.
const loaders: Record<string, () => Promise<{ default: Island }>> = {
  progress: () => import("./islands/progress"),
  filmstrip: () => import("./islands/filmstrip"),
  wipe: () => import("./islands/wipe"),
  shelf: () => import("./islands/shelf"),
  player: () => import("./islands/player"),
  film: () => import("./islands/film"),
  uploads: () => import("./islands/uploads"),
  drawing: () => import("./islands/drawing"),
  review: () => import("./islands/review"),
  passkey: () => import("./islands/passkey"),
  copy: () => import("./islands/copy"),
  attribution: () => import("./islands/attribution"),
  greybox: () => import("./islands/greybox"),
  sheet: () => import("./islands/sheet"),
  likeness: () => import("./islands/likeness"),
  colour: () => import("./islands/colour"),
  narrow: () => import("./islands/narrow"),
  hits: () => import("./islands/hits"),
  references: () => import("./islands/references"),
  board: () => import("./islands/board"),
  paint: () => import("./islands/paint"),
  frame: () => import("./islands/frame"),
  collapse: () => import("./islands/collapse"),
  roughfall: () => import("./islands/roughfall"),
  shotwipe: () => import("./islands/shotwipe"),
  printer: () => import("./islands/printer"),
};

const alive = new Map<HTMLElement, () => void>();
const started = new WeakSet<HTMLElement>();

async function start(element: HTMLElement): Promise<void> {
  const load = loaders[element.dataset["island"] ?? ""];
  if (!load || started.has(element)) return;
  started.add(element);
  const island = (await load()).default;
  if (!element.isConnected) return;
  const stop = island(element);
  if (stop) alive.set(element, stop);
}

function sweep(): void {
  for (const [element, stop] of alive) {
    if (element.isConnected) continue;
    stop();
    alive.delete(element);
    started.delete(element);
  }
}

/** Starts the islands of the page, and of whatever htmx brings later. */
export function startIslands(): void {
  const find = (root: ParentNode): void => root.querySelectorAll<HTMLElement>("[data-island]").forEach((e) => void start(e));
  find(document);
  new MutationObserver((changes) => {
    let removed = false;
    for (const change of changes) {
      removed ||= change.removedNodes.length > 0;
      for (const node of change.addedNodes) {
        if (!(node instanceof HTMLElement)) continue;
        if (node.dataset["island"] !== undefined) void start(node);
        find(node);
      }
    }
    if (removed) sweep();
  }).observe(document.body, { childList: true, subtree: true });
}
