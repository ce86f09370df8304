// "Change school" without leaving the page: the page of schools, in a dialogue.
const link = document.querySelector("[data-switch]");

async function open(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const answer = await fetch(link.href, { headers: { accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const content = page.getElementById("main-content");
  if (!answer.ok || answer.redirected || !content) {
    location.assign(link.href);
    return;
  }
  show(content);
}

function show(content) {
  const dialog = document.createElement("dialog");
  dialog.className = "ju-dialog";
  dialog.setAttribute("aria-label", "Choose a school");
  const done = document.createElement("button");
  done.type = "button";
  done.className = "ju-dialog__close";
  done.textContent = "Close";
  done.addEventListener("click", () => dialog.close());
  dialog.append(done, ...unique(content).childNodes);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  window.htmx?.process(dialog);
  dialog.showModal();
  dialog.querySelector("input, .ju-links a")?.focus();
}

// The page below has ids of its own; results are found by class within the dialogue.
function unique(content) {
  for (const part of content.querySelectorAll("[id]")) part.id = `switch-${part.id}`;
  for (const name of ["for", "aria-labelledby", "aria-describedby"]) {
    for (const part of content.querySelectorAll(`[${name}]`)) {
      part.setAttribute(name, `switch-${part.getAttribute(name)}`);
    }
  }
  for (const form of content.querySelectorAll("[hx-get]")) {
    form.setAttribute("hx-target", "#switch-results");
    form.setAttribute("hx-select", "#results > *");
    form.setAttribute("hx-swap", "innerHTML");
  }
  return content;
}

link?.addEventListener("click", (event) => void open(event));
