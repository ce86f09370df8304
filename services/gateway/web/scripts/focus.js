// What changes on the page without a new one is told; what had the focus keeps it.
export const tell = (words) => {
  const told = document.getElementById("told");
  if (told) told.textContent = words;
};

let held = "";

document.addEventListener("htmx:before:swap", () => {
  held = document.activeElement?.id ?? "";
});

document.addEventListener("htmx:after:swap", () => {
  const lost = document.activeElement === document.body;
  if (lost && held) document.getElementById(held)?.focus({ preventScroll: true });
  const words = document.querySelector(".ju-results [role=status]")?.textContent;
  if (words) tell(words.replace(/\s+/g, " ").trim());
});
