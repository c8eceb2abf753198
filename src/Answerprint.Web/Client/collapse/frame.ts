import { clamp } from "../dom";
import type { Place } from "./geometry";

const margin = 28, most = 24;

/** Which part of the plate is on screen, and how large: pixels of the plate to pixels of the screen and back. */
export class Frame {
  zoom = 1;
  private middle: Place;
  private wide = 1;
  private high = 1;

  constructor(readonly width: number, readonly height: number) {
    this.middle = [width / 2, height / 2];
  }

  /** The whole plate fits with a margin, so that points beyond its edges can be set too. */
  private get fit(): number {
    return Math.max(0.01, Math.min((this.wide - 2 * this.edge) / this.width, (this.high - 2 * this.edge) / this.height));
  }

  private get edge(): number {
    return Math.min(margin, this.wide / 24);
  }

  get scale(): number {
    return this.fit * this.zoom;
  }

  get left(): number {
    return this.wide / 2 - this.middle[0] * this.scale;
  }

  get top(): number {
    return this.high / 2 - this.middle[1] * this.scale;
  }

  size(wide: number, high: number): void {
    [this.wide, this.high] = [wide, high];
  }

  toScreen([x, y]: Place): Place {
    return [this.left + x * this.scale, this.top + y * this.scale];
  }

  toPlate([x, y]: Place): Place {
    return [(x - this.left) / this.scale, (y - this.top) / this.scale];
  }

  pan(x: number, y: number): void {
    this.middle = [clamp(this.middle[0] - x / this.scale, -this.width / 2, 1.5 * this.width), clamp(this.middle[1] - y / this.scale, -this.height / 2, 1.5 * this.height)];
  }

  /** Nearer or farther; what is under the place stays there. A factor of 0 shows the whole plate. */
  magnify(factor: number, around: Place = [this.wide / 2, this.high / 2]): void {
    if (factor === 0) {
      this.zoom = 1;
      this.middle = [this.width / 2, this.height / 2];
      return;
    }
    const held = this.toPlate(around);
    this.zoom = clamp(this.zoom * factor, 0.5, most);
    const now = this.toScreen(held);
    this.pan(around[0] - now[0], around[1] - now[1]);
  }
}
