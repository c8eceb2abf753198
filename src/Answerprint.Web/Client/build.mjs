// Bundles the styles, the scripts, the fonts and the icon sprite into wwwroot/lib under content-hashed names, and
// writes manifest.json last: it is the stamp that the build compares with, and the map from logical to hashed names.
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { icons } from "./icons.mjs";

const client = dirname(fileURLToPath(import.meta.url));
const project = dirname(client);
const lib = join(project, "wwwroot", "lib");

// Only the subsets and axes that we set; a font-face whose file is not listed here is never shipped.
const preloaded = { "inter-latin-wght-normal": "font-text", "archivo-latin-wdth-normal": "font-grotesk", "gloock-latin-400-normal": "font-serif" };

async function bundle() {
  await rm(lib, { recursive: true, force: true });
  await mkdir(lib, { recursive: true });
  const result = await build({
    absWorkingDir: project,
    entryPoints: { app: join(client, "app.ts"), style: join(client, "styles", "style.css"), studio: join(client, "styles", "studio.css") },
    outdir: lib,
    bundle: true,
    splitting: true,
    format: "esm",
    target: ["es2022", "chrome120", "firefox121", "safari17.2"],
    minify: true,
    metafile: true,
    legalComments: "none",
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    loader: { ".woff2": "file", ".woff": "empty", ".png": "file" },
    external: [],
    logLevel: "warning",
  });
  const manifest = {};
  for (const [file, output] of Object.entries(result.metafile.outputs)) {
    const url = "/" + relative("wwwroot", file).replaceAll("\\", "/");
    if (output.entryPoint?.endsWith("app.ts")) manifest["app.js"] = url;
    for (const sheet of ["style.css", "studio.css"]) if (output.entryPoint?.endsWith(`/${sheet}`)) manifest[sheet] = url;
    for (const [name, logical] of Object.entries(preloaded)) {
      if (url.includes(`/${name}-`)) manifest[logical] = url;
    }
  }
  return manifest;
}

/** One sprite, so that a page names an icon in 60 bytes and the browser keeps the drawings. */
async function sprite() {
  const symbols = [];
  for (const [name, source] of Object.entries(icons)) {
    const svg = await readFile(join(project, "node_modules", "lucide-static", "icons", `${source}.svg`), "utf8");
    const inner = svg.replace(/<!--.*?-->/gs, "").replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\s*\n\s*/g, "");
    symbols.push(`<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">${inner}</symbol>`);
  }
  const text = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase();
  await writeFile(join(lib, `icons-${hash}.svg`), text);
  return `/lib/icons-${hash}.svg`;
}

const manifest = await bundle();
manifest["icons.svg"] = await sprite();
for (const name of ["app.js", "style.css", ...Object.values(preloaded)]) {
  if (!manifest[name]) throw new Error(`The bundle lacks ${name}.`);
}
await writeFile(join(lib, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");
