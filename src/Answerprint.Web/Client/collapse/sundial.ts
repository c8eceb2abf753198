import { announce, clamp } from "../dom";

const middle = 50, rim = 42;

/** The sun as seen from above, the camera at the foot of the dial: around the rim its direction, towards the middle its height. */
export class Sundial {
  private readonly dot: SVGCircleElement | null;
  private readonly beam: SVGLineElement | null;

  constructor(private readonly svg: SVGSVGElement, private readonly light: () => { azimuth: number; elevation: number }, before: () => void, after: (isDragging: boolean) => void, signal: AbortSignal) {
    this.dot = svg.querySelector("[data-sun]");
    this.beam = svg.querySelector("[data-beam]");
    const on = { signal };
    svg.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      svg.setPointerCapture(event.pointerId);
      svg.focus({ preventScroll: true });
      before();
      this.point(event);
      after(true);
    }, on);
    svg.addEventListener("pointermove", (event) => { if (svg.hasPointerCapture(event.pointerId)) { this.point(event); after(true); } }, on);
    svg.addEventListener("pointerup", () => after(false), on);
    svg.addEventListener("keydown", (event) => {
      const way = ({ ArrowLeft: [-5, 0], ArrowRight: [5, 0], ArrowUp: [0, 5], ArrowDown: [0, -5] } as Record<string, [number, number]>)[event.key];
      if (!way) return;
      event.preventDefault();
      before();
      const now = this.light();
      this.set(now.azimuth + way[0], now.elevation + way[1]);
      after(false);
      announce(`Sun ${Math.round(this.light().azimuth)} degrees from the view, ${Math.round(this.light().elevation)} high`);
    }, on);
  }

  show(): void {
    const { azimuth, elevation } = this.light(), angle = (azimuth * Math.PI) / 180, far = rim * (1 - elevation / 90), x = middle + far * Math.sin(angle), y = middle - far * Math.cos(angle);
    this.dot?.setAttribute("cx", x.toFixed(2));
    this.dot?.setAttribute("cy", y.toFixed(2));
    this.beam?.setAttribute("x2", x.toFixed(2));
    this.beam?.setAttribute("y2", y.toFixed(2));
    this.svg.setAttribute("aria-valuetext", `${Math.round(azimuth)} degrees from the view, ${Math.round(elevation)} high`);
  }

  private point(event: PointerEvent): void {
    const box = this.svg.getBoundingClientRect(), x = ((event.clientX - box.left) / box.width) * 100 - middle, y = ((event.clientY - box.top) / box.height) * 100 - middle;
    this.set((Math.atan2(x, -y) * 180) / Math.PI, 90 * (1 - Math.min(1, Math.hypot(x, y) / rim)));
  }

  private set(azimuth: number, elevation: number): void {
    const light = this.light();
    light.azimuth = Math.round(((((azimuth + 180) % 360) + 360) % 360) - 180);
    light.elevation = Math.round(clamp(elevation, 2, 90));
  }
}
