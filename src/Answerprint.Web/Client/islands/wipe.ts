/** A native range carries pointer and keyboard; this only moves the edge. */
export default function wipe(element: HTMLElement): void {
  const input = element.querySelector("input");
  if (!input) return;
  // A picture of an unusual shape says so; the others are 16:9.
  const ratio = Number(element.dataset["ratio"]);
  if (ratio > 0) element.style.aspectRatio = String(ratio);
  const follow = (): void => {
    element.style.setProperty("--at", `${input.value}%`);
    input.setAttribute("aria-valuetext", `${input.value} % of the first`);
  };
  // Where the pointer is, at once: a range's own thumb travels less than the whole width.
  element.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" && event.buttons === 0) return;
    if (event.pointerType === "mouse" && event.buttons === 0 && !element.matches(":hover")) return;
    const box = element.getBoundingClientRect();
    input.value = String(Math.round(((event.clientX - box.left) / box.width) * 100));
    follow();
  });
  input.addEventListener("input", follow);
  follow();
}
