import { detail, tokenHeaders } from "../requests";
import type { Camera, Point, Scene } from "./scene";
import type { View } from "./view";

/** A form from Blender, as the server tells it. */
export interface Form { id: string; name: string; triangles: number; parts: { name: string; region: string; position: Point; size: Point; hasCoordinates: boolean; positions: string }[]; camera: Partial<Camera> | null; sun: Record<string, number> | null }

/** Hands a file in; what is wrong with it comes back in words. */
export async function handIn(production: string, file: File): Promise<Form | string> {
  const query = new URLSearchParams({ production, name: file.name });
  const answer = await fetch(`/api/v1/looks/models?${query}`, { method: "POST", body: file, headers: { "Content-Type": "application/octet-stream", ...tokenHeaders() } }).catch(() => null);
  if (answer?.ok) return (await answer.json()) as Form;
  return answer ? detail(await answer.text()) ?? `The server answered ${answer.status}.` : "The server could not be reached.";
}

/** Its parts become objects, its camera and sun the scene's. */
export function place(scene: Scene, form: Form): void {
  for (const [part, one] of form.parts.entries()) {
    let n = 1;
    while (scene.objects.some((thing) => thing.id === `mesh${n}`)) n++;
    scene.objects.push({ id: `mesh${n}`, name: one.name, kind: "mesh", region: one.region, position: [...one.position] as Point, size: [...one.size] as Point, model: form.id, part });
  }
  if (form.camera) Object.assign(scene.camera, form.camera);
  if (form.sun) Object.assign(scene.light, form.sun);
}

/** Gives a view the triangles of a form. */
export function shape(view: View, form: Form): void {
  for (const [part, one] of form.parts.entries()) {
    const bytes = Uint8Array.from(atob(one.positions), (c) => c.charCodeAt(0));
    view.shapes.set(`${form.id}:${part}`, { positions: new Float32Array(bytes.buffer), foot: one.position, size: one.size });
  }
}

/** Fetches the forms that a scene is made of and that a view does not have yet; says whether any came. */
export async function shapesOf(view: View, scene: Scene): Promise<boolean> {
  const wanted = new Set(scene.objects.filter((thing) => thing.kind === "mesh" && !view.shapes.has(`${thing.model ?? ""}:${thing.part ?? 0}`)).map((thing) => thing.model ?? ""));
  for (const id of wanted) {
    const answer = await fetch(`/api/v1/looks/models/${id}`).catch(() => null);
    if (answer?.ok) shape(view, (await answer.json()) as Form);
  }
  return wanted.size > 0;
}
