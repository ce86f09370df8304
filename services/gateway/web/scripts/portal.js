// What the portal adds where JavaScript runs; every page works without it.
import { Button, ErrorSummary, NotificationBanner, SkipLink, createAll } from "./govuk-frontend.js";

// The components look for this class before they start.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(Button, { preventDoubleClick: true });
createAll(ErrorSummary);
createAll(NotificationBanner);
createAll(SkipLink);

const typing = (element) =>
  element instanceof HTMLElement &&
  (element.isContentEditable || ["INPUT", "SELECT", "TEXTAREA"].includes(element.tagName));

// "/" goes to the page's search box.
document.addEventListener("keydown", (event) => {
  const box = document.querySelector("[data-search-box]");
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  if (event.key !== "/" || modified || !box || typing(event.target)) return;
  event.preventDefault();
  box.focus();
  box.select();
});
