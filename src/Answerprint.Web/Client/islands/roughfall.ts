import { Frame } from "../collapse/frame";
import { RubbleView } from "../collapse/rubbleview";
import { stageOf, workOf, type Plate, type Scene } from "../collapse/work";

const longest = 24;

/** While nothing has been rendered yet: the rough fall that the page of the plate shows, once and again when it is wished. */
export default function roughfall(root: HTMLElement): void | (() => void) {
  const canvas = root.querySelector("canvas"), picture = root.querySelector("img"), note = root.querySelector<HTMLElement>("figcaption"), again = root.querySelector<HTMLButtonElement>("[data-again]");
  if (!canvas || !picture || !note || !again) return;
  const number = (name: string): number => Number(root.dataset[name]) || 0, plate: Plate = { width: number("width"), height: number("height"), rate: number("rate"), frames: number("frames") };
  const work = workOf(plate, JSON.parse(root.dataset["scene"] ?? "{}") as Partial<Scene>), { scene } = work, stage = scene.failure.kind === "remove" ? null : stageOf(work, plate), stopping = new AbortController(), on = { signal: stopping.signal };
  if (!stage) return;
  const view = new RubbleView(canvas, plate), frame = new Frame(plate.width, plate.height);
  if (!view.works) return;
  let timer = 0;

  const draw = (seconds: number): void => {
    const box = canvas.getBoundingClientRect();
    frame.size(box.width, box.height);
    view.draw(Math.max(0, seconds), frame, null);
  };
  const stop = (): void => { window.clearInterval(timer); timer = 0; };
  const play = (): void => {
    stop();
    const from = performance.now(), last = (scene.frames - scene.failure.start) / scene.rate;
    timer = window.setInterval(() => {
      const seconds = (performance.now() - from) / 1000 - 0.5;
      draw(Math.min(last, seconds));
      // Frames have come, and nobody sees it any more.
      if (seconds >= last || canvas.offsetParent === null) stop();
    }, 1000 / Math.min(longest, scene.rate));
  };
  const begin = (): void => {
    canvas.style.aspectRatio = `${plate.width} / ${plate.height}`;
    canvas.hidden = note.hidden = false;
    picture.hidden = true;
    view.set(scene, stage, picture, "plate");
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) draw(Math.min(1, (scene.frames - scene.failure.start) / scene.rate));
    else play();
  };
  again.addEventListener("click", play, on);
  if (picture.complete && picture.naturalWidth > 0) begin();
  else picture.addEventListener("load", begin, { once: true, signal: stopping.signal });
  return () => { stop(); stopping.abort(); };
}
