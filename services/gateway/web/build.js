// Builds the styles and scripts of the portal and of Keycloak's pages into names that
// carry a hash of their content, so that a browser may keep each for a year. The portal
// reads the names from manifest.json, Keycloak's templates from assets.ftl.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const theme = join(here, "../../../deploy/keycloak/themes/joinedup/login");
const portal = folder(join(here, "../src/gateway/portal/static"));
const login = folder(join(theme, "resources"));

function folder(path) {
  mkdirSync(path, { recursive: true });
  return { path, names: {} };
}

function keep(target, name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const extension = extname(name);
  const hashed = `${name.slice(0, -extension.length)}.${hash}${extension}`;
  writeFileSync(join(target.path, hashed), content);
  target.names[name] = hashed;
}

// What did not change is never gone, not even while a server hands it out.
function tidy(target) {
  const kept = Object.values(target.names);
  for (const old of readdirSync(target.path)) {
    if (!kept.includes(old)) rmSync(join(target.path, old));
  }
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
function linked(target, source) {
  return source.replace(/"\.\/([a-z-]+\.js)"/g, (_, name) => `"./${target.names[name]}"`);
}

const components = script(join(modules, "govuk-frontend/dist/govuk/govuk-frontend.min.js"));
const icon = readFileSync(join(here, "images/icon.svg"));

keep(portal, "govuk-frontend.js", components);
keep(portal, "htmx.js", script(join(modules, "htmx.org/dist/htmx.min.js")));
// In the order in which they import each other.
for (const name of ["focus", "forms", "keys", "search", "switcher", "live", "ticks", "copy", "scanning", "scan", "stock-take", "tables", "portal"]) {
  keep(portal, `${name}.js`, linked(portal, script(join(here, `scripts/${name}.js`))));
}
keep(portal, "portal.css", style("portal.scss"));
keep(portal, "icon.svg", icon);
tidy(portal);
writeFileSync(join(portal.path, "manifest.json"), `${JSON.stringify(portal.names, null, 2)}\n`);

keep(login, "govuk-frontend.js", components);
keep(login, "passkey.js", script(join(here, "scripts/passkey.js")));
keep(login, "login.js", linked(login, script(join(here, "scripts/login.js"))));
keep(login, "login.css", style("login.scss"));
keep(login, "icon.svg", icon);
tidy(login);
writeFileSync(join(theme, "assets.ftl"), `<#assign names = ${JSON.stringify(login.names)}>\n`);
