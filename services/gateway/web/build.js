// Builds the portal's styles and scripts into names that carry a hash of their content,
// so that a browser may keep each for a year, and lists them in manifest.json.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const target = join(here, "../src/gateway/portal/static");
const manifest = {};

function keep(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const extension = extname(name);
  const hashed = `${name.slice(0, -extension.length)}.${hash}${extension}`;
  writeFileSync(join(target, hashed), content);
  manifest[name] = hashed;
}

function style(name) {
  return sass.compile(join(here, "styles", name), {
    loadPaths: [modules],
    style: "compressed",
    quietDeps: true,
  }).css;
}

// A source map is not shipped, so the comment that points at one would be a 404.
function script(path) {
  return readFileSync(path, "utf8").replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
}

// The browser resolves an import against the hashed neighbours.
function linked(source) {
  return source.replace(/"\.\/([a-z-]+\.js)"/g, (_, name) => `"./${manifest[name]}"`);
}

mkdirSync(target, { recursive: true });
keep("govuk-frontend.js", script(join(modules, "govuk-frontend/dist/govuk/govuk-frontend.min.js")));
keep("htmx.js", script(join(modules, "htmx.org/dist/htmx.min.js")));
keep("portal.js", linked(script(join(here, "scripts/portal.js"))));
keep("portal.css", style("portal.scss"));
for (const image of ["icon.svg"]) keep(image, readFileSync(join(here, "images", image)));
for (const old of readdirSync(target)) {
  // What did not change is never gone, not even while a gateway serves it.
  if (!Object.values(manifest).includes(old)) rmSync(join(target, old));
}
writeFileSync(join(target, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
