const kept = "answerprint:asked";

/** A picture chosen, pasted, or dropped anywhere on the page is looked for at once. It is shown again beside the answer from this tab's own memory. */
export default function likeness(element: HTMLElement): () => void {
  const form = element as HTMLFormElement;
  const input = form.querySelector<HTMLInputElement>("input[type=file]");
  if (!input) return () => undefined;
  form.querySelector<HTMLElement>("button")?.setAttribute("hidden", "");
  const shown = document.querySelector<HTMLElement>("[data-asked]");
  const small = sessionStorage.getItem(kept);
  if (shown && small) {
    const picture = document.createElement("img");
    picture.src = small;
    picture.alt = "Your picture";
    shown.append(picture);
  }
  const send = (files: FileList | null | undefined): void => {
    if (!files || files.length === 0) return;
    if (input.files !== files) input.files = files;
    void remember(files[0]).finally(() => form.requestSubmit());
  };
  const over = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  };
  const leave = (event: DragEvent): void => { if (event.relatedTarget === null) document.body.classList.remove("dropping"); };
  const drop = (event: DragEvent): void => {
    document.body.classList.remove("dropping");
    if (!event.dataTransfer || event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    send(event.dataTransfer.files);
  };
  const paste = (event: ClipboardEvent): void => send(event.clipboardData?.files);
  input.addEventListener("change", () => send(input.files));
  document.addEventListener("dragover", over);
  document.addEventListener("dragleave", leave);
  document.addEventListener("drop", drop);
  document.addEventListener("paste", paste);
  return () => {
    document.removeEventListener("dragover", over);
    document.removeEventListener("dragleave", leave);
    document.removeEventListener("drop", drop);
    document.removeEventListener("paste", paste);
  };
}

async function remember(file: File | undefined): Promise<void> {
  sessionStorage.removeItem(kept);
  if (!file) return;
  try {
    const bitmap = await createImageBitmap(file, { resizeHeight: 144 });
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
    sessionStorage.setItem(kept, canvas.toDataURL("image/jpeg", 0.8));
  } catch {
    // A kind that browsers do not show, such as EXR; the server reads it.
  }
}
