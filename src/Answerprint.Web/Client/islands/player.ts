import { announce, clamp, clock, icon, isTyping } from "../dom";
import { beacon } from "../requests";

const idleMs = 2600;
const reportEveryMs = 10_000;

/** Controls of our own over a native video: everything has a key, a name and a focus ring. */
export default function player(root: HTMLElement): void | (() => void) {
  const video = root.querySelector("video");
  const controls = root.querySelector<HTMLElement>("[data-controls]");
  const seek = root.querySelector<HTMLInputElement>("[data-seek]");
  const volume = root.querySelector<HTMLInputElement>("[data-volume]");
  if (!video || !controls || !seek) return;
  const frame = 1 / (Number(root.dataset["fps"]) || 24);
  const say = root.querySelector<HTMLElement>("[data-say]");
  const button = (name: string): HTMLButtonElement | null => root.querySelector(`[data-do="${name}"]`);
  let idle = 0;
  let said = 0;
  video.controls = false;
  controls.hidden = false;

  const tell = (words: string): void => {
    if (!say) return;
    say.textContent = words;
    say.classList.add("on");
    clearTimeout(said);
    said = window.setTimeout(() => say.classList.remove("on"), 900);
  };
  const wake = (): void => {
    root.classList.remove("idle");
    clearTimeout(idle);
    if (!video.paused) idle = window.setTimeout(() => root.classList.add("idle"), idleMs);
  };
  const toggle = (): void => void (video.paused ? video.play().catch(() => tell("This film cannot be played here")) : video.pause());
  const to = (seconds: number): void => { video.currentTime = clamp(seconds, 0, video.duration || 0); };
  const by = (seconds: number): void => { to(video.currentTime + seconds); tell(`${seconds > 0 ? "+" : "−"}${Math.abs(seconds)} s`); };
  const step = (frames: number): void => { video.pause(); to(video.currentTime + frames * frame); tell(frames > 0 ? "+1 frame" : "−1 frame"); };
  const louder = (change: number): void => { video.muted = false; video.volume = clamp(video.volume + change, 0, 1); tell(`Sound ${Math.round(video.volume * 100)} %`); };
  const mute = (): void => { video.muted = !video.muted; tell(video.muted ? "Sound off" : "Sound on"); };
  const captions = (): void => {
    const tracks = [...video.textTracks];
    if (tracks.length === 0) return tell("No subtitles");
    // Off, then each language in turn.
    const showing = tracks.findIndex((t) => t.mode === "showing");
    tracks.forEach((t, i) => { t.mode = i === showing + 1 ? "showing" : "disabled"; });
    const next = tracks[showing + 1];
    tell(next ? `Subtitles: ${next.label || next.language}` : "Subtitles off");
    button("captions")?.setAttribute("aria-pressed", String(next !== undefined));
  };
  const fullscreen = (): void => void (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.());

  const actions: Record<string, () => void> = { play: toggle, back: () => by(-10), forward: () => by(10), "frame-back": () => step(-1), "frame-forward": () => step(1), mute, captions, fullscreen };
  const keys: Record<string, () => void> = {
    " ": toggle, k: toggle, j: () => by(-10), l: () => by(10), ArrowLeft: () => by(-5), ArrowRight: () => by(5), ",": () => step(-1), ".": () => step(1),
    ArrowUp: () => louder(0.1), ArrowDown: () => louder(-0.1), m: mute, c: captions, f: fullscreen, Home: () => to(0), End: () => to(video.duration),
  };

  const swap = (name: string, drawing: string, label: string): void => {
    const element = button(name);
    element?.replaceChildren(icon(drawing));
    element?.setAttribute("aria-label", label);
  };
  const shown = (): void => {
    const at = video.duration ? (video.currentTime / video.duration) * 100 : 0;
    seek.value = String(at);
    seek.style.setProperty("--at", `${at}%`);
    seek.setAttribute("aria-valuetext", `${clock(video.currentTime)} of ${clock(video.duration)}`);
    const now = root.querySelector("[data-now]");
    const total = root.querySelector("[data-total]");
    if (now) now.textContent = clock(video.currentTime);
    if (total) total.textContent = clock(video.duration);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const inside = event.target instanceof Node && root.contains(event.target);
    // Outside the player only where nothing else has the focus; a focused button keeps its own space and arrows.
    if (!inside && event.target !== document.body) return;
    if (event.target instanceof HTMLButtonElement && event.key === " ") return;
    if (event.target === volume && event.key.startsWith("Arrow")) return;
    const digit = /^[0-9]$/.test(event.key) ? Number(event.key) : -1;
    const action = digit >= 0 ? () => to((video.duration || 0) * digit / 10) : keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action) return;
    event.preventDefault();
    action();
    wake();
  };

  controls.addEventListener("click", (event) => {
    const name = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-do]")?.dataset["do"] : undefined;
    if (name) actions[name]?.();
  });
  seek.addEventListener("input", () => to((Number(seek.value) / 100) * (video.duration || 0)));
  volume?.addEventListener("input", () => { video.muted = false; video.volume = Number(volume.value) / 100; });
  video.addEventListener("click", toggle);
  video.addEventListener("dblclick", fullscreen);
  root.addEventListener("pointermove", wake);
  root.addEventListener("focusin", wake);
  video.addEventListener("play", () => { swap("play", "pause", "Pause (K)"); wake(); });
  video.addEventListener("pause", () => { swap("play", "play", "Play (K)"); wake(); });
  video.addEventListener("volumechange", () => {
    swap("mute", video.muted || video.volume === 0 ? "muted" : "volume", video.muted ? "Sound on (M)" : "Sound off (M)");
    if (!volume) return;
    volume.value = String(video.muted ? 0 : video.volume * 100);
    volume.style.setProperty("--at", `${volume.value}%`);
  });
  for (const name of ["timeupdate", "loadedmetadata", "durationchange", "seeked"]) video.addEventListener(name, shown);
  video.addEventListener("error", () => { tell("This film cannot be played here"); announce("This film cannot be played here"); });
  document.addEventListener("keydown", onKey);
  const start = Number(root.dataset["start"]);
  if (start > 0) video.addEventListener("loadedmetadata", () => to(start), { once: true });
  const stopReports = report(root, video);
  shown();
  return () => {
    document.removeEventListener("keydown", onKey);
    stopReports();
  };
}

/** Plays go on record: start, where it stands every ten seconds, pause, end. */
function report(root: HTMLElement, video: HTMLVideoElement): () => void {
  const url = root.dataset["plays"];
  if (!url) return () => undefined;
  const send = (event: string): void => {
    const play = { title: root.dataset["title"] ?? "", event, seconds: Math.round(video.currentTime * 1000) / 1000, duration: video.duration || 0, at: new Date().toISOString() };
    beacon(url, play);
  };
  let started = false;
  video.addEventListener("play", () => { if (!started) send("start"); started = true; });
  video.addEventListener("pause", () => { if (!video.ended) send("pause"); });
  video.addEventListener("ended", () => { send("end"); started = false; });
  const timer = window.setInterval(() => { if (!video.paused) send("progress"); }, reportEveryMs);
  return () => clearInterval(timer);
}
