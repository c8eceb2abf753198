import { announce } from "../dom";
import type { Island } from "../islands";

/** A button marked data-copy copies the value of the field beside it. */
const copy: Island = (element) => {
  const button = element.querySelector<HTMLButtonElement>("[data-copy]");
  const field = element.querySelector<HTMLInputElement>("input[readonly]");
  if (!button || !field) return;
  field.addEventListener("focus", () => field.select());
  if (!window.isSecureContext) return;
  button.hidden = false;
  const words = button.textContent;
  button.addEventListener("click", () => {
    void navigator.clipboard.writeText(field.value).then(() => {
      button.textContent = "Copied";
      announce("Copied");
      setTimeout(() => (button.textContent = words), 2000);
    });
  });
};

export default copy;
