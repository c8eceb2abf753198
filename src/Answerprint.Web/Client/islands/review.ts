import { announce, clock } from "../dom";

/** Review of a version: notes lead to their frame and show what was drawn on it; the frame on screen can be drawn on. */
export default function review(root: HTMLElement): void | (() => void) {
  const video = root.querySelector("video");
  const fps = Number(root.dataset["fps"]) || 24;
  const drawings = [...root.querySelectorAll<SVGElement>("[data-drawing]")];
  const board = root.querySelector<HTMLElement>("[data-board]");
  const field = root.querySelector<HTMLInputElement>("[data-frame-field]");
  const label = root.querySelector<HTMLElement>("[data-frame-label]");
  let picture = "";

  const hide = (): void => drawings.forEach((each) => each.setAttribute("hidden", ""));
  const show = (id: string): void => {
    hide();
    drawings.find((each) => each.dataset["drawing"] === id)?.removeAttribute("hidden");
  };
  const onClick = (event: MouseEvent): void => {
    const target = event.target instanceof Element ? event.target : null;
    const note = target?.closest<HTMLElement>("[data-note]");
    if (note) {
      const frame = Number(note.dataset["frame"]);
      if (video) {
        video.pause();
        // The middle of the frame: rounding in the container cannot lead to its neighbour.
        video.currentTime = (frame + 0.5) / fps;
      }
      show(note.dataset["note"] ?? "");
      root.querySelector(".review-stage")?.scrollIntoView({ block: "nearest", behavior: "smooth" });
      announce(`Frame ${frame}`);
    }
    if (target?.closest("[data-capture]")) capture();
  };

  // What is on screen becomes the ground of the board, at the size of the proxy.
  const capture = (): void => {
    const ground = board?.querySelector("img");
    if (!board || !ground) return;
    if (video && video.videoWidth > 0) {
      video.pause();
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
      canvas.getContext("2d")?.drawImage(video, 0, 0);
      const frame = Math.floor(video.currentTime * fps + 1e-6);
      if (field) field.value = String(frame);
      if (label) label.textContent = `Frame ${frame} · ${clock(video.currentTime)}`;
      canvas.toBlob((blob) => {
        if (!blob) return;
        URL.revokeObjectURL(picture);
        picture = URL.createObjectURL(blob);
        ground.src = picture;
      }, "image/jpeg", 0.9);
    } else if (field) {
      field.value = "0";
    }
    board.hidden = false;
    board.querySelector("canvas")?.focus({ preventScroll: true });
  };

  root.addEventListener("click", onClick);
  video?.addEventListener("play", hide);
  video?.addEventListener("seeking", () => { if (!video.paused) hide(); });
  return () => {
    root.removeEventListener("click", onClick);
    URL.revokeObjectURL(picture);
  };
}
