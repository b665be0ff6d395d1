// Bundles the client: app.js (module, lazy chunks), head.js (blocking, tiny), app.css with its font, icons.svg.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { sprite } from "./icons.mjs";

const release = process.argv.includes("Release");
const outdir = "../wwwroot/dist";
const common = { bundle: true, minify: release, target: "es2022", logLevel: "warning", legalComments: "linked" };

// Turbo writes its progress bar's rules into a <style>, which our content security policy forbids; they are in css/layout.css.
const turboWithoutStyle = {
  name: "turbo-without-style",
  setup(b) {
    b.onLoad({ filter: /turbo\.es2017-esm\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const contents = text.replace("this.installStylesheetElement();", "");
      if (contents === text) throw new Error("Turbo changed: its progress bar would write a <style> again.");
      return { contents, loader: "js" };
    });
  },
};

await mkdir(outdir, { recursive: true });
const { metafile } = await build({
  ...common, entryPoints: ["ts/app.ts"], outdir, format: "esm", splitting: true,
  chunkNames: "chunks/[name]-[hash]", plugins: [turboWithoutStyle], metafile: true,
});
const app = `${outdir}/app.js`;
const imported = new Set([app]);
for (const file of imported) for (const { path, kind } of metafile.outputs[file].imports) if (kind === "import-statement") imported.add(path);
imported.delete(app);

await Promise.all([
  build({
    ...common, entryPoints: ["ts/head.ts"], outdir, format: "iife",
    define: { imported: JSON.stringify([...imported].map(path => path.replace(`${outdir}/`, ""))) },
  }),
  build({ ...common, entryPoints: ["css/app.css"], outdir, loader: { ".woff2": "file" }, assetNames: "[name]-[hash]" }),
  sprite().then(svg => writeFile(`${outdir}/icons.svg`, svg)),
]);
