// What tables add where JavaScript runs: ticking a whole page, counting what is ticked,
// and the focus that stays on a heading when the rows under it are drawn anew.

const results = () => document.getElementById("results");

function count(form) {
  const ticked = form.querySelectorAll('input[name="pick"]:checked').length;
  const button = form.querySelector('.ju-bulk [type="submit"]');
  const every = form.querySelector('input[name="every"]');
  if (button && !every?.checked) button.textContent = ticked ? `Continue with ${ticked}` : "Continue";
  else if (button) button.textContent = "Continue with all";
}

function prepare() {
  const form = document.querySelector("[data-bulk]");
  const all = form?.querySelector("[data-tick-page]");
  if (!form || !all || !all.hidden) return;
  all.hidden = false;
  all.addEventListener("click", () => {
    const boxes = [...form.querySelectorAll('input[name="pick"]')];
    const tick = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = tick;
    all.textContent = tick ? "Tick none on this page" : "Tick all on this page";
    count(form);
  });
  form.addEventListener("change", () => count(form));
  count(form);
}

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
