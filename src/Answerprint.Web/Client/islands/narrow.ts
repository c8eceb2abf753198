/** The rail of filters stands open where there is room for it, and is folded where there is not. */
export default function narrow(element: HTMLElement): () => void {
  const rail = element as HTMLDetailsElement;
  const wide = window.matchMedia("(min-width: 62rem)");
  const fit = (): void => { rail.open = wide.matches; };
  fit();
  wide.addEventListener("change", fit);
  return () => wide.removeEventListener("change", fit);
}
