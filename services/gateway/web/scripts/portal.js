// What the portal adds where JavaScript runs; every page works without it.
import { Button, ErrorSummary, NotificationBanner, SkipLink, createAll } from "./govuk-frontend.js";
import "./focus.js";
import "./forms.js";
import "./keys.js";
import "./search.js";
import "./switcher.js";
import "./live.js";
import "./ticks.js";
import "./copy.js";

// The components look for this class before they start.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(Button, { preventDoubleClick: true });
createAll(ErrorSummary);
createAll(NotificationBanner);
createAll(SkipLink);
