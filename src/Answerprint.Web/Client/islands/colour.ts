/** A colour that was picked is looked for at once. */
export default function colour(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  form.querySelector<HTMLElement>("button")?.setAttribute("hidden", "");
  form.querySelector("input[type=color]")?.addEventListener("change", () => form.requestSubmit());
}
