// The panel of first results below the search box: arrows go through it, Escape closes it.
import { tell } from "./focus.js";

const box = document.getElementById("search");
const panel = document.getElementById("quick");

const links = () => [...panel.querySelectorAll("a")];

function close() {
  panel.replaceChildren();
}

function move(step) {
  const all = links();
  const at = all.indexOf(document.activeElement);
  const next = at + step;
  if (next < 0) box.focus();
  else all[Math.min(next, all.length - 1)]?.focus();
}

function onKey(event) {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in steps && links().length) move(steps[event.key]);
  else if (event.key === "Escape" && panel.childElementCount) {
    close();
    box.focus();
  } else return;
  event.preventDefault();
}

if (box && panel) {
  const form = box.form;
  form.addEventListener("keydown", onKey);
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });
  // A mouse that presses on the panel's own ground must not close it.
  panel.addEventListener("mousedown", (event) => {
    if (!event.target.closest("a")) event.preventDefault();
  });
  document.addEventListener("htmx:after:swap", () => {
    const told = panel.querySelector("[data-told]");
    if (told && form.contains(document.activeElement)) tell(told.dataset.told);
    if (!form.contains(document.activeElement)) close();
  });
}
