import { clamp } from "../dom";
import wipe from "./wipe";

/** A shot wiped against its plate or another version, frame by frame: both always show the same frame; a chart and a slider say which, and lead to any. */
export default function shotwipe(root: HTMLElement): void | (() => void) {
  const picture = root.querySelector<HTMLElement>(".wipe"), after = root.querySelector<HTMLVideoElement>("video[data-after]"), before = root.querySelector<HTMLVideoElement>("video[data-before]");
  const slider = root.querySelector<HTMLInputElement>("[data-frame]"), clock = root.querySelector<HTMLElement>("[data-clock]"), play = root.querySelector<HTMLButtonElement>("[data-play]"), chart = root.querySelector<SVGSVGElement>("svg[data-chart]"), head = chart?.querySelector<SVGElement>("[data-head]"), told = root.querySelector<HTMLElement>("[data-account]");
  if (!picture || !after || !slider) return;
  const rate = Number(root.dataset["rate"]) || 24, frames = Math.max(1, Number(root.dataset["frames"]) || 1), stopping = new AbortController(), on = { signal: stopping.signal };
  const accounts = (root.dataset["accounts"] ?? "").split(";").filter((row) => row !== "").map((row) => row.split(",").map(Number));
  // Of what it is held against, the frame that belongs to the first.
  const offset = Number(root.dataset["offset"]) || 0, ratio = Number(picture.dataset["ratio"]);
  let frame = 1;
  wipe(picture);
  // A tall picture is no wider than its height allows, so that the wipe goes over the picture and not beside it.
  if (ratio > 0) picture.style.maxWidth = `calc(min(78vh, 56rem) * ${ratio})`;

  const middle = (number: number): number => (number - 0.5) / rate;
  const show = (number: number): void => {
    frame = clamp(Math.round(number), 1, frames);
    slider.value = String(frame);
    const words = `Frame ${frame} of ${frames} · ${((frame - 1) / rate).toFixed(2)} s`;
    slider.setAttribute("aria-valuetext", words);
    if (clock) clock.textContent = words;
    const x = String(frames > 1 ? ((frame - 1) / (frames - 1)) * 1000 : 0);
    head?.setAttribute("x1", x);
    head?.setAttribute("x2", x);
    const account = accounts[frame - 1];
    if (told && account) told.textContent = ["the plate's own", "filled", "blended", "rendered"].map((name, i) => `${(100 * (account[i] ?? 0)).toFixed(1)} % ${name}`).join(", ");
  };
  /** Stands still at a frame, both pictures in its middle: rounding in the container cannot lead to a neighbour. */
  const stand = (number: number): void => {
    after.pause();
    before?.pause();
    show(number);
    after.currentTime = middle(frame);
    if (before) before.currentTime = Math.min(middle(frame + offset), Math.max(0, (before.duration || Infinity) - 0.5 / rate));
  };
  const run = (): void => {
    if (!after.paused) return stand(frame);
    if (frame >= frames) stand(1);
    void Promise.all([after.play(), before?.play()]).catch(() => undefined);
  };
  const tick = (at: number): void => {
    show(Math.floor(at * rate + 1e-3) + 1);
    const there = at + offset / rate;
    if (before && !before.paused && Math.abs(before.currentTime - there) > 0.75 / rate) before.currentTime = there;
  };
  const presented = (_: number, data: { mediaTime: number }): void => {
    if (!after.paused) tick(data.mediaTime);
    if (!stopping.signal.aborted) after.requestVideoFrameCallback(presented);
  };
  after.requestVideoFrameCallback(presented);

  play?.addEventListener("click", run, on);
  for (const [name, by] of [["back", -1], ["forward", 1]] as const) root.querySelector(`[data-step=${name}]`)?.addEventListener("click", () => stand(frame + by), on);
  slider.addEventListener("input", () => stand(Number(slider.value)), on);
  for (const name of ["play", "pause", "ended"]) after.addEventListener(name, () => play?.setAttribute("aria-pressed", String(!after.paused)), on);
  after.addEventListener("ended", () => { if (root.querySelector<HTMLInputElement>("[data-loop]")?.checked) { stand(1); run(); } }, on);
  const point = (event: PointerEvent): void => {
    const box = (chart as SVGSVGElement).getBoundingClientRect();
    stand(1 + ((event.clientX - box.left) / box.width) * (frames - 1));
  };
  chart?.addEventListener("pointerdown", (event) => { chart.setPointerCapture(event.pointerId); point(event); }, on);
  chart?.addEventListener("pointermove", (event) => { if (chart.hasPointerCapture(event.pointerId)) point(event); }, on);
  root.addEventListener("keydown", (event) => {
    if (event.target instanceof HTMLButtonElement || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "," || event.key === ".") stand(frame + (event.key === "." ? 1 : -1));
    else if (event.key === " " || event.key.toLowerCase() === "k") run();
    else return;
    event.preventDefault();
  }, on);
  const start = Number(root.dataset["start"]) || 1;
  if (after.readyState >= 1) stand(start);
  else after.addEventListener("loadedmetadata", () => stand(start), { once: true, signal: stopping.signal });
  before?.addEventListener("loadedmetadata", () => { if (after.paused) stand(frame); }, { once: true, signal: stopping.signal });
  return () => stopping.abort();
}
