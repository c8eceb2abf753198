// Our names for the icons that pages use, and the lucide drawing behind each (ISC licence).
export const icons = {
  home: "house", production: "clapperboard", library: "library", make: "wand-sparkles", clearance: "shield-check", audience: "users-round",
  system: "sliders-horizontal", jobs: "activity", people: "user-round", watch: "tv", verify: "file-check", search: "search", close: "x", menu: "menu",
  check: "check", plus: "plus", minus: "minus", arrow: "arrow-right", left: "chevron-left", right: "chevron-right", down: "chevron-down",
  play: "play", pause: "pause", back: "rotate-ccw", forward: "rotate-cw", fullscreen: "maximize", window: "minimize", captions: "captions",
  volume: "volume-2", muted: "volume-x", upload: "upload", folder: "folder-up", file: "file", image: "image", film: "film", pencil: "pencil",
  undo: "undo-2", trash: "trash-2", more: "ellipsis", info: "info", warning: "triangle-alert", error: "circle-alert", success: "circle-check",
  refuse: "ban", escalate: "user-round-check", conditions: "list-checks", exact: "equal", pinned: "pin", recorded: "disc", credential: "badge-check",
  key: "key-round", signout: "log-out", clock: "clock", download: "download", retry: "refresh-cw", keyboard: "keyboard", compare: "columns-2",
  box: "box", note: "message-square", stack: "layers", lock: "lock", settings: "settings", profile: "circle-user-round", external: "external-link", filter: "list-filter",
  brush: "brush", lasso: "lasso", polygon: "pentagon", fill: "paint-bucket", eraser: "eraser", variations: "shuffle", repair: "bandage", collapse: "building-2",
};
