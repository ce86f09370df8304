// A button beside each text that is there to be copied; without JavaScript it is selected.
const said = document.getElementById("told");

for (const box of document.querySelectorAll("[data-copy]")) {
  const text = box.querySelector("code");
  if (!text || !navigator.clipboard) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button ju-button ju-button--quiet ju-copy__button";
  button.textContent = "Copy";
  const name = document.createElement("span");
  name.className = "govuk-visually-hidden";
  name.textContent = `: ${box.querySelector("pre").getAttribute("aria-label")}`;
  button.append(name);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.textContent);
    button.firstChild.textContent = "Copied";
    if (said) said.textContent = "Copied";
    setTimeout(() => {
      button.firstChild.textContent = "Copy";
      if (said) said.textContent = "";
    }, 4000);
  });
  box.append(button);
}
