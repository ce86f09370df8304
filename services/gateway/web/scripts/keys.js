// Single keys: "/" goes to the search box, "?" lists the keys, "g" and a letter goes to a
// page. They can be switched off on the page that lists them (WCAG 2.1.4).
const OFF = "joinedup-keys-off";
const NEXT_MS = 1500;
const PLACES = { h: "home", a: "assets", t: "tickets", c: "comparison", s: "schools" };
// When "g" was pressed; a page begins its clock at 0, so that is no "never".
let waiting = -Infinity;

const areOff = () => localStorage.getItem(OFF) === "yes";

const typing = (element) =>
  element instanceof HTMLElement &&
  (element.isContentEditable || ["INPUT", "SELECT", "TEXTAREA"].includes(element.tagName));

function toSearch() {
  const box = document.getElementById("search") ?? document.querySelector("[data-search-box]");
  box?.focus();
  box?.select();
  return Boolean(box);
}

const inNav = (key) => document.querySelector(`.ju-nav__wide [data-key="${key}"]`);

function goTo(letter) {
  if (letter === "w") return press("[data-switch]");
  const link = inNav(PLACES[letter]) ?? inNav(`all-${PLACES[letter]}`);
  if (link) location.assign(link.href);
  return Boolean(link);
}

function press(selector) {
  const found = document.querySelector(selector);
  found?.click();
  return Boolean(found);
}

document.addEventListener("keydown", (event) => {
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  if (modified || event.defaultPrevented || typing(event.target) || areOff()) return;
  const second = event.timeStamp - waiting < NEXT_MS;
  waiting = event.key === "g" && !second ? event.timeStamp : -Infinity;
  let done = false;
  if (second) done = goTo(event.key);
  else if (event.key === "/") done = toSearch();
  else if (event.key === "?") {
    location.assign("/keyboard");
    done = true;
  }
  if (done) event.preventDefault();
});

// The switch stands only where it works: on the page of keys, with scripts.
for (const box of document.querySelectorAll("[data-keys-switch]")) {
  box.closest("[hidden]")?.removeAttribute("hidden");
  box.checked = !areOff();
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "yes");
  });
}
