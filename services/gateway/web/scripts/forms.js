// What has been typed is not lost: not by a click elsewhere, nor by a session that ended.
const KEPT = "joinedup-typed";
const forms = [...document.querySelectorAll("form.ju-form[method=post]")];
let changed = false;

const fields = (form) =>
  [...form.elements].filter((field) => field.name && !["hidden", "submit", "file"].includes(field.type));

const read = (form) =>
  fields(form)
    .filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked)
    .map((field) => [field.name, field.value]);

function write(form, values) {
  for (const field of fields(form)) {
    const given = values.filter(([name]) => name === field.name).map(([, value]) => value);
    if (["radio", "checkbox"].includes(field.type)) field.checked = given.includes(field.value);
    else if (given.length) field.value = given[0];
  }
}

function keep(form) {
  changed = false;
  sessionStorage.setItem(KEPT, JSON.stringify({ path: location.pathname, values: read(form) }));
}

function say(form) {
  const told = document.createElement("p");
  told.className = "ju-restored govuk-body";
  told.setAttribute("role", "status");
  told.textContent = "Your session had ended before this was sent. What you typed is back: check it and send it again.";
  form.before(told);
}

// A page that asks to sign in again keeps what was sent to it; any other lets it go.
function settle() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  if (!kept || document.querySelector("[data-sign-in-again]")) return;
  sessionStorage.removeItem(KEPT);
  const again = new URLSearchParams(location.search).has("again");
  if (!again || kept.path !== location.pathname || forms.length !== 1) return;
  write(forms[0], kept.values);
  changed = true;
  say(forms[0]);
}

for (const form of forms) {
  form.addEventListener("input", () => (changed = true));
  form.addEventListener("submit", () => keep(form));
}
window.addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});
settle();
