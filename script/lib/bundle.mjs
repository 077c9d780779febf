/* Bundles stylesheets, scripts and icon of each side of intake/static/bundles.json, named after their contents and compressed.
   Usage: node bundle.mjs STATIC OUT SOURCES. STATIC is intake/static, OUT an empty folder, SOURCES the hash of the sources.
   manifest.json is written last: the pages use a bundle only if it is there. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const [folder, out, sources] = process.argv.slice(2);
const root = resolve(folder);
const files = {};
const names = [];

/** Writes one file and its compressed forms. */
function put(name, contents) {
  const bytes = Buffer.from(contents);
  const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  names.push(name);
  writeFileSync(join(out, name), bytes);
  writeFileSync(join(out, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  writeFileSync(join(out, `${name}.br`), brotliCompressSync(bytes, { params: quality }));
  return name;
}

function hashed(name, contents) {
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 16);
  return put(name.replace(".", `-${hash}.`), contents);
}

const OPTIONS = { bundle: true, minify: true, charset: "utf8", legalComments: "none", logLevel: "error", write: false };

async function stylesheet(sheets) {
  const contents = sheets.map((name) => `@import "./css/${name}.css";`).join("\n");
  const { outputFiles } = await build({ ...OPTIONS, stdin: { contents, loader: "css", resolveDir: root } });
  return outputFiles[0].contents;
}

/** Bundles a script. Modules that it imports dynamically become files of their own, which it names itself. */
async function script(side) {
  const { outputFiles } = await build({
    ...OPTIONS, absWorkingDir: root, entryPoints: [`js/${side}.js`], outdir: "out", format: "esm", target: "es2022",
    splitting: true, entryNames: "[name]-[hash]", chunkNames: "[name]-[hash]",
  });
  const written = outputFiles.map((file) => put(basename(file.path), file.contents));
  return written.find((name) => name.startsWith(`${side}-`));
}

for (const [side, sheets] of Object.entries(JSON.parse(readFileSync(join(root, "bundles.json"))))) {
  files[`${side}.css`] = hashed(`${side}.css`, await stylesheet(sheets));
  files[`${side}.js`] = await script(side);
}
files["favicon.svg"] = hashed("favicon.svg", readFileSync(join(root, "img", "favicon.svg")));
writeFileSync(join(out, "manifest.json"), `${JSON.stringify({ sources, files, names }, null, 2)}\n`);
