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

// The form controls carry every state twice: as a pseudo-class and as a class for demonstration pages. We never write
// the demonstration classes, so they go.
const unusedSymbols = ["textbox", "textarea", "select", "radio-button", "checkbox", "custom-checkbox"].flatMap((name) =>
  ["hover", "focus", "focus-visible", "active", "disabled", "checked", "indeterminate", "read-only"].map(
    (state) => `utrecht-${name}--${state}`,
  ),
);
// Kinds that no page of ours has. Take a name out to use it.
const unusedKinds = {
  "nl-button--": ["positive", "negative", "busy", "disabled", "pressed", "secondary", "icon-only"],
  "utrecht-breadcrumb-nav--": ["arrows"],
  "utrecht-breadcrumb-nav__link--": ["first", "focus", "disabled"],
  "utrecht-status-badge--": ["active", "inactive", "error", "invalid", "success", "valid"],
  "utrecht-table--": ["alternate-row-color", "busy", "fixed", "oneline", "row-focus-within", "row-hover"],
  "utrecht-table__row--": ["alternate-even", "alternate-odd", "selected"],
  "utrecht-table__header-cell--": ["selected", "sticky-block", "sticky-inline"],
  "utrecht-textbox--": [
    "house-addition-size", "house-letter-size", "house-number-size", "iban-nl-size", "iban-size",
    "postal-code-nl-size", "tel-nl-size", "tel-size", "voorvoegsel-size",
  ],
};
for (const [kind, names] of Object.entries(unusedKinds)) unusedSymbols.push(...names.map((name) => kind + name));
const targets = { chrome: 111 << 16, firefox: 113 << 16, safari: (16 << 16) | (4 << 8) };
const write = (name, code) => {
  writeFileSync(join(dist, name), code);
  console.log(`${name}: ${code.length} bytes, ${gzipSync(code, { level: 9 }).length} compressed`);
};

write("huisplan.css", bundle({ filename: join(src, "huisplan.css"), minify: true, targets, unusedSymbols }).code);
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
