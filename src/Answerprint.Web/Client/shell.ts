import { isTyping } from "./dom";
import { showShortcuts } from "./shortcuts";

/** The rail on a phone, menus, dialogs, the search key, and the focus after a failed form. */
export function startShell(): void {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  document.querySelector<HTMLElement>("[data-autofocus]")?.focus();
  document.body.addEventListener("htmx:after:swap", () => document.querySelector<HTMLElement>("[data-autofocus]")?.focus());
}

function onClick(event: MouseEvent): void {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return;
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]")) {
    if (!menu.contains(target)) menu.open = false;
  }
  const opener = target.closest<HTMLElement>("[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset["dialog"] ?? "");
    if (dialog instanceof HTMLDialogElement) dialog.showModal();
  }
  if (target.closest("[data-dialog-close]")) target.closest("dialog")?.close();
  // A press on the backdrop lands on the dialog element itself.
  if (target instanceof HTMLDialogElement && target.classList.contains("dialog") && isOutside(target, event)) target.close();
  if (target.closest("[data-shortcuts]")) showShortcuts();
  const rail = document.getElementById("rail");
  const toggle = target.closest("[data-rail-toggle]");
  if (toggle) setRail(!rail?.classList.contains("open"));
  else if (rail?.classList.contains("open") && !rail.contains(target)) setRail(false);
}

function onKey(event: KeyboardEvent): void {
  if (event.key === "Escape") {
    setRail(false);
    const menu = document.querySelector<HTMLDetailsElement>("details[data-menu][open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "/") {
    const search = document.querySelector<HTMLInputElement>("[data-search]");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
  if (event.key === "?") showShortcuts();
}

function setRail(open: boolean): void {
  const rail = document.getElementById("rail");
  const toggle = document.querySelector<HTMLElement>("[data-rail-toggle]");
  if (!rail || !toggle || rail.classList.contains("open") === open) return;
  rail.classList.toggle("open", open);
  toggle.setAttribute("aria-expanded", String(open));
  if (open) rail.querySelector<HTMLElement>("a")?.focus();
  else toggle.focus();
}

function isOutside(dialog: HTMLDialogElement, event: MouseEvent): boolean {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
