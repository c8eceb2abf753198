import { announce, icon, make } from "../dom";
import { Upload, type UploadReport } from "../tus";
import { dropped, type Incoming } from "../folders";

const together = 2;

/**
 * Files and folders, chosen or dropped, sent so that they can be resumed. Each that arrives adds a hidden field with its
 * address and fires answerprint:uploaded; when none is left, answerprint:all-uploaded.
 */
export default function uploads(root: HTMLElement): void {
  const input = root.querySelector<HTMLInputElement>("input[type=file]");
  const drop = root.querySelector<HTMLElement>("[data-drop]");
  const list = root.querySelector<HTMLElement>("[data-list]");
  const url = root.dataset["url"];
  const field = root.dataset["name"] ?? "upload";
  if (!input || !drop || !list || !url) return;
  // The form sends addresses of what has been uploaded, not the bytes once more.
  input.removeAttribute("name");
  const queue: Upload[] = [];
  let running = 0;

  const pump = (): void => {
    while (running < together) {
      const next = queue.find((u) => u.state === "waiting");
      if (!next) break;
      running += 1;
      void next.run().finally(() => { running -= 1; pump(); });
    }
    if (running === 0 && queue.length > 0 && queue.every((u) => u.state === "done")) {
      root.dispatchEvent(new CustomEvent("answerprint:all-uploaded", { bubbles: true }));
      announce("All files have arrived");
    }
  };

  const add = ({ file, path }: Incoming): void => {
    const row = line(path, file.size);
    const metadata = { ...pairs(root.dataset["metadata"] ?? ""), filename: file.name, relativePath: path, filetype: file.type };
    const upload = new Upload(file, path, url, metadata, (report) => {
      row.show(report);
      if (report.state !== "done") return;
      root.append(make("input", { type: "hidden", name: field, value: upload.location ?? "" }));
      root.dispatchEvent(new CustomEvent("answerprint:uploaded", { bubbles: true, detail: { url: upload.location, name: path, bytes: file.size } }));
    });
    row.pause.addEventListener("click", () => {
      if (upload.state === "sending" || upload.state === "retrying" || upload.state === "waiting") upload.pause();
      else upload.resume();
      pump();
    });
    row.remove.addEventListener("click", () => {
      void upload.cancel();
      queue.splice(queue.indexOf(upload), 1);
      row.element.remove();
      pump();
    });
    list.append(row.element);
    queue.push(upload);
    pump();
  };

  input.addEventListener("change", () => {
    for (const file of input.files ?? []) add({ file, path: file.webkitRelativePath || file.name });
    input.value = "";
  });
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer) void dropped(event.dataTransfer).then((files) => files.forEach(add));
  });
  window.addEventListener("beforeunload", (event) => { if (running > 0 && root.isConnected) event.preventDefault(); });
}

function line(name: string, bytes: number): { element: HTMLElement; pause: HTMLButtonElement; remove: HTMLButtonElement; show: (report: UploadReport) => void } {
  const command = (drawing: string, label: string): HTMLButtonElement => make("button", { type: "button", class: "button ghost small square", "aria-label": `${label} ${name}` }, icon(drawing));
  const state = make("span", { class: "state" });
  const pause = command("pause", "Pause");
  const remove = command("close", "Remove");
  const bar = make("progress", { max: Math.max(1, bytes), value: 0, "aria-label": name });
  const commands = make("span", { class: "commands" }, pause, remove);
  const words = make("span", { class: "truncate" }, make("span", { class: "name" }, name), " ", state);
  const element = make("div", { class: "upload", role: "listitem" }, icon("file"), words, commands, bar);
  const show = (report: UploadReport): void => {
    element.dataset["state"] = report.state;
    bar.value = report.state === "done" ? bar.max : report.sent;
    const share = `${size(report.sent)} of ${size(bytes)}`;
    state.textContent = { waiting: "waits", sending: share, paused: `paused at ${share}`, retrying: "connection lost, trying again", done: size(bytes), failed: report.message ?? "failed" }[report.state];
    const running = report.state === "sending" || report.state === "retrying" || report.state === "waiting";
    pause.hidden = report.state === "done";
    pause.replaceChildren(icon(running ? "pause" : "retry"));
    pause.setAttribute("aria-label", `${running ? "Pause" : "Go on with"} ${name}`);
    if (report.state === "failed") announce(`${name}: ${report.message ?? "failed"}`);
  };
  return { element, pause, remove, show };
}

function size(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}

/** "key value,key value" as an object. */
function pairs(text: string): Record<string, string> {
  return Object.fromEntries(text.split(",").map((p) => p.trim()).filter(Boolean).map((p) => {
    const at = p.indexOf(" ");
    return at < 0 ? [p, ""] : [p.slice(0, at), p.slice(at + 1)];
  }));
}
