// What tables add where JavaScript runs: ticks that last from page to page, ticking a whole
// page, counting what is ticked, and the focus that stays where it was when the rows are
// drawn anew.
import { tell } from "./focus.js";
import { keep, ticked } from "./ticks.js";

const results = () => document.getElementById("results");
const idOf = (box) => box.value.split(" ", 1)[0];
const boxesOf = (form) => [...form.querySelectorAll('input[name="pick"]')];
// The select named "action" hides the property of that name.
const rootOf = (form) => form.getAttribute("action");

function show(form) {
  const boxes = boxesOf(form);
  const rows = ticked(rootOf(form));
  const here = new Set(boxes.map(idOf));
  const away = [...rows].filter(([id]) => !here.has(id));
  const every = form.querySelector('input[name="every"]')?.checked ?? false;
  const all = form.querySelector("[data-tick-page]");
  all.textContent = boxes.every((box) => box.checked) ? "Tick none on this page" : "Tick all on this page";
  const number = every ? "all" : rows.size;
  form.querySelector('.ju-bulk [type="submit"]').textContent = number ? `Continue with ${number}` : "Continue";
  const elsewhere = form.querySelector("[data-elsewhere]");
  elsewhere.hidden = every || away.length === 0;
  elsewhere.firstElementChild.textContent = `${away.length} of them not on this page`;
  form.elements.namedItem("chosen").value = away.map(([, sent]) => sent).join("\n");
}

// The boxes as they are kept; what somebody saw last of a row is what they decide on.
function recall(form) {
  const rows = ticked(rootOf(form));
  for (const box of boxesOf(form)) {
    box.checked = rows.has(idOf(box));
    if (box.checked) rows.set(idOf(box), box.value);
  }
  keep(rootOf(form), rows);
  show(form);
}

function tickPage(form, tick) {
  const rows = ticked(rootOf(form));
  for (const box of boxesOf(form)) {
    if (tick) rows.set(idOf(box), box.value);
    else rows.delete(idOf(box));
  }
  keep(rootOf(form), rows);
  recall(form);
  tell(`${rows.size} ticked`);
}

function tickOne(form, box) {
  const rows = ticked(rootOf(form));
  if (box.checked) rows.set(idOf(box), box.value);
  else rows.delete(idOf(box));
  keep(rootOf(form), rows);
  show(form);
}

function untickElsewhere(form) {
  const rows = ticked(rootOf(form));
  const here = boxesOf(form).filter((box) => box.checked);
  keep(rootOf(form), new Map(here.map((box) => [idOf(box), rows.get(idOf(box))])));
  show(form);
  form.querySelector("[data-tick-page]").focus();
  tell(`${here.length} ticked`);
}

function prepare() {
  const form = document.querySelector("[data-bulk]");
  const all = form?.querySelector("[data-tick-page]");
  if (!all?.hidden) return;
  all.hidden = false;
  all.addEventListener("click", () => tickPage(form, boxesOf(form).some((box) => !box.checked)));
  form.querySelector("[data-elsewhere] button").addEventListener("click", () => untickElsewhere(form));
  form.addEventListener("change", (event) => {
    if (event.target.name === "pick") tickOne(form, event.target);
    else show(form);
  });
  recall(form);
}

// A browser that goes back sets boxes by its own memory, after everything else.
addEventListener("pageshow", () => {
  const form = document.querySelector("[data-bulk]");
  if (form?.querySelector("[data-tick-page]")) recall(form);
});

// A saved view keeps what is looked at now, not what was when the page was opened.
document.addEventListener("submit", (event) => {
  if (!event.target.closest(".ju-views")) return;
  const now = results()?.querySelector("[data-query]");
  const kept = event.target.elements.namedItem("query");
  if (now && kept) kept.value = now.value;
}, true);

let focused = "";
document.addEventListener("focusin", (event) => {
  focused = event.target.classList?.contains("ju-sort") ? event.target.id : "";
});
new MutationObserver(() => {
  prepare();
  if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus();
}).observe(document.getElementById("main-content"), { childList: true, subtree: true });
prepare();
