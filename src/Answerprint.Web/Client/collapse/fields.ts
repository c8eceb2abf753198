import type { Scene } from "./work";

type Control = HTMLInputElement | HTMLSelectElement;

/** The fields of the form that say something of the scene: each names the member it speaks of, and by how much what it shows is larger. */
export class Fields {
  private readonly all: Control[];

  constructor(form: HTMLFormElement, changed: (path: string) => void, private readonly scene: () => Scene, signal: AbortSignal, before: () => void) {
    this.all = [...form.querySelectorAll<Control>("[data-path]")];
    for (const control of this.all) {
      control.addEventListener("change", () => {
        if (!this.isFit(control)) return this.show();
        before();
        this.take(control);
        changed(control.dataset["path"] ?? "");
      }, { signal });
    }
  }

  /** What somebody changed before the script arrived counts. */
  takeChanged(): string[] {
    const paths: string[] = [];
    for (const control of this.all) {
      const isChanged = control instanceof HTMLSelectElement ? [...control.options].some((option) => option.selected !== option.defaultSelected) : control.type === "radio" ? control.checked && !control.defaultChecked : control.value !== control.defaultValue;
      if (!isChanged || !this.isFit(control)) continue;
      this.take(control);
      paths.push(control.dataset["path"] ?? "");
    }
    return paths;
  }

  /** Shows the scene. */
  show(): void {
    for (const control of this.all) {
      const value = this.read(control.dataset["path"] ?? ""), times = Number(control.dataset["times"] ?? 1);
      if (control instanceof HTMLInputElement && control.type === "radio") control.checked = control.value === value;
      else if (document.activeElement !== control || control instanceof HTMLSelectElement) {
        const text = typeof value === "number" ? String(Math.round(value * times * 1000) / 1000) : String(value ?? "");
        if (control.value !== text) control.value = text;
      }
    }
  }

  focus(path: string): void {
    this.all.find((control) => control.dataset["path"] === path)?.focus();
  }

  private isFit(control: Control): boolean {
    return !(control instanceof HTMLInputElement) || control.type !== "number" || (control.value !== "" && Number.isFinite(control.valueAsNumber) && control.reportValidity());
  }

  private take(control: Control): void {
    if (control instanceof HTMLInputElement && control.type === "radio" && !control.checked) return;
    const numeric = control instanceof HTMLInputElement && (control.type === "number" || control.type === "range");
    this.write(control.dataset["path"] ?? "", numeric ? Number(control.value) / Number(control.dataset["times"] ?? 1) : control.value);
  }

  private read(path: string): unknown {
    return path.split(".").reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], this.scene());
  }

  private write(path: string, value: unknown): void {
    const names = path.split("."), last = names.pop() ?? "";
    const at = names.reduce<Record<string, unknown>>((inside, name) => inside[name] as Record<string, unknown>, this.scene() as unknown as Record<string, unknown>);
    at[last] = value;
  }
}
