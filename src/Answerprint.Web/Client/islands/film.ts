import { report } from "../events";
import { followed } from "../impressions";

const beatMs = 10_000;

interface Clip { url: string; ms: number; poster?: string; subtitles?: string; button: HTMLElement; startMs: number }

/** A film of several shots in one player: goes from shot to shot, resumes, and puts plays on record. */
export default function film(root: HTMLElement): void | (() => void) {
  const video = root.querySelector("video");
  const title = root.dataset["title"];
  if (!video || !title) return;
  let start = 0;
  const clips = [...root.querySelectorAll<HTMLElement>("[data-clip]")].map((button): Clip => {
    const { clip, ms, poster, subtitles } = button.dataset;
    const made = { url: clip ?? "", ms: Number(ms), button, startMs: start, ...(poster ? { poster } : {}), ...(subtitles ? { subtitles } : {}) };
    start += made.ms;
    return made;
  });
  if (clips.length === 0) return;
  const totalMs = start;
  let now = 0;

  const show = (index: number, play: boolean, fromMs = 0): void => {
    const clip = clips[index];
    if (!clip) return;
    const turned = index !== now;
    now = index;
    clips.forEach((other, i) => other.button.toggleAttribute("aria-current", i === index));
    const begin = (): void => {
      if (fromMs > 0) video.currentTime = fromMs / 1000;
      if (play) void video.play().catch(() => undefined);
    };
    if (!turned && video.readyState >= HTMLMediaElement.HAVE_METADATA) return begin();
    video.addEventListener("loadedmetadata", begin, { once: true });
    if (!turned) return;
    if (clip.poster) video.poster = clip.poster;
    const track = video.querySelector("track");
    if (track && clip.subtitles) track.src = clip.subtitles;
    video.src = clip.url;
  };

  clips.forEach((clip, index) => clip.button.addEventListener("click", () => show(index, true)));
  const stopRecord = record(video, title, () => Math.round((clips[now]?.startMs ?? 0) + video.currentTime * 1000), () => now === clips.length - 1);
  const onEnded = (): void => { if (now < clips.length - 1) show(now + 1, true); };
  video.addEventListener("ended", onEnded);

  const resume = Math.min(Number(root.dataset["resume"]) || 0, totalMs - 1);
  if (resume > 0) {
    const index = clips.findLastIndex((clip) => clip.startMs <= resume);
    show(Math.max(0, index), false, resume - (clips[index]?.startMs ?? 0));
  }
  return () => {
    video.removeEventListener("ended", onEnded);
    stopRecord();
  };
}

/** One play from the first start to the end or the page's: where it stands at the start, every ten seconds, at a pause and at the end. */
function record(video: HTMLVideoElement, title: string, position: () => number, isLast: () => boolean): () => void {
  let id = "";
  let watchedMs = 0;
  let since = 0;
  const tick = (): void => {
    const at = performance.now();
    if (since > 0) watchedMs += at - since;
    since = video.paused || video.ended ? 0 : at;
  };
  const send = (finished = false): void => {
    if (!id) return;
    tick();
    const impressionId = followed(title);
    void report("plays", { id, titleId: title, positionMs: position(), watchedMs: Math.round(watchedMs), finished, ...(impressionId ? { impressionId } : {}) });
  };
  const onPlay = (): void => {
    since = performance.now();
    if (id) return;
    id = crypto.randomUUID();
    watchedMs = 0;
    send();
  };
  const onPause = (): void => { if (!video.ended) send(); };
  const onEnd = (): void => {
    send(isLast());
    if (isLast()) id = "";
  };
  const onHide = (): void => { if (document.visibilityState === "hidden") send(); };
  video.addEventListener("play", onPlay);
  video.addEventListener("pause", onPause);
  video.addEventListener("ended", onEnd);
  document.addEventListener("visibilitychange", onHide);
  // A page that is left is not always hidden first.
  const onLeave = (): void => send();
  window.addEventListener("pagehide", onLeave);
  const timer = window.setInterval(() => { if (!video.paused) send(); }, beatMs);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", onHide);
    window.removeEventListener("pagehide", onLeave);
    send();
  };
}
