// What Keycloak's pages add where JavaScript runs; each of them works without it.
import {
  Button,
  ErrorSummary,
  PasswordInput,
  SkipLink,
  createAll,
} from "./govuk-frontend.js";
import { passkey } from "./passkey.js";
import { checkAuthSession, startSessionPolling } from "./js/authChecker.js";

const { authSession, signedInElsewhere } = document.body.dataset;

// The components look for this class before they start.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(Button, { preventDoubleClick: true });
createAll(ErrorSummary);
createAll(PasswordInput);
createAll(SkipLink);

passkey(document.querySelector("[data-passkey]"));

// Who has signed in on another tab needs not do it again on this one.
if (signedInElsewhere) startSessionPolling(signedInElsewhere);
if (authSession) checkAuthSession(authSession);
