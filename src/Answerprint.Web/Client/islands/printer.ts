/** Prints the page. */
export default function printer(element: HTMLElement): () => void {
  const print = (): void => window.print();
  element.addEventListener("click", print);
  return () => element.removeEventListener("click", print);
}
