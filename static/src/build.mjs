// Makes static/dist/ from static/src/ and the packages: one minified CSS file, a file per further municipality,
// the fonts of screen and print, and the drawings of the icons we use.
import { bundle, transform } from "lightningcss";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const src = dirname(fileURLToPath(import.meta.url));
const root = join(src, "../..");
const dist = join(root, "static/dist");
const packages = join(root, "node_modules");

rmSync(dist, { recursive: true, force: true });
for (const folder of ["fonts", "print"]) mkdirSync(join(dist, folder), { recursive: true });

// Classes that no template, script or tag of ours names go, and so do tokens that nothing reads. A name that is made on the
// spot, such as hp-task--{{ task.kind }}, keeps all that begin like it.
const ours = ["templates", "static/js", "config/templating"]
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
  .filter((file) => /\.(html|js|py)$/.test(file.name))
  .map((file) => readFileSync(join(file.parentPath, file.name), "utf8")).join("\n");
const words = new Set(ours.match(/[\w-]+/g));
const made = [...ours.matchAll(/([\w-]+--?)\{[{%]|([\w-]+--)\{/g)].map(([, beginning, formatted]) => beginning ?? formatted);
const named = (name) => words.has(name) || made.some((beginning) => name.startsWith(beginning));
const unused = (code) => {
  const classes = [...code.matchAll(/\.([a-z][\w-]*)/g)].map(([, name]) => name).filter((name) => !named(name));
  const read = new Set([...code.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name]) => name));
  const tokens = [...code.matchAll(/(?<=[{;\s])(--[\w-]+)\s*:/g)].map(([, name]) => name).filter((name) => !read.has(name));
  return [...new Set([...classes, ...tokens])];
};
const targets = { chrome: 111 << 16, firefox: 113 << 16, safari: (16 << 16) | (4 << 8) };
const write = (name, code) => {
  writeFileSync(join(dist, name), code);
  console.log(`${name}: ${code.length} bytes, ${gzipSync(code, { level: 9 }).length} compressed`);
};

const lean = (code) => {
  const options = { filename: "huisplan.css", code, minify: true, targets, unusedSymbols: unused(code.toString()) };
  const leaner = transform(options).code;
  return leaner.length < code.length ? lean(leaner) : code;  // a token that went may have been the last to read another
};
write("huisplan.css", lean(bundle({ filename: join(src, "huisplan.css"), minify: true, targets }).code));
for (const file of readdirSync(join(src, "tokens")).filter((name) => name !== "wilgenrade.css")) {
  // Outside the layers, so it wins from the tokens in the main file.
  const code = readFileSync(join(src, "tokens", file));
  write(file, transform({ filename: file, code, minify: true, targets }).code);
}

const font = (family, subset, weight) => `@fontsource/${family}/files/${family}-${subset}-${weight}-normal.woff2`;
const copy = (name, folder) => cpSync(join(packages, name), join(dist, folder, name.split("/").at(-1)));
for (const subset of ["latin", "latin-ext"])
  for (const weight of [400, 600]) copy(font("noto-sans", subset, weight), "fonts");
for (const subset of ["latin", "latin-ext", "cyrillic", "greek", "vietnamese"])
  for (const weight of [400, 700]) copy(font("noto-sans", subset, weight), "print");
for (const weight of [400, 700]) copy(font("noto-sans-arabic", "arabic", weight), "print");
copy(font("noto-emoji", "emoji", 400), "print");

const drawing = (name) => {
  const svg = readFileSync(join(packages, `@tabler/icons/icons/outline/${name}.svg`), "utf8");
  return svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<path stroke="none"[^>]*>/, "").replace(/<\/svg>\s*$/, "")
    .replace(/\s*\n\s*/g, "");
};
const names = JSON.parse(readFileSync(join(src, "icons.json"), "utf8"));
write("icons.json", Buffer.from(JSON.stringify(Object.fromEntries(names.map((name) => [name, drawing(name)])))));
