// What is ticked in a list stays ticked on its other pages, in another order, under another
// filter and while one looks at a row. It is let go when it has been dealt with, when another
// list is opened, and by signing out; nothing of it outlives its tab.
const KEY = "joinedup-ticked";

/** What is ticked in the list at `root`: from the id of each row to what its box sends. */
export function ticked(root) {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  return new Map(kept?.root === root ? kept.rows : []);
}

export function keep(root, rows) {
  if (rows.size) sessionStorage.setItem(KEY, JSON.stringify({ root, rows: [...rows] }));
  else letGo();
}

function letGo() {
  sessionStorage.removeItem(KEY);
}

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-deals-with-ticked]")) letGo();
});
if (!document.querySelector('form[action="/logout"]')) letGo();
