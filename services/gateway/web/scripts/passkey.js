// Passkeys on Keycloak's pages: what the page's form tells is asked of the browser, and
// its answer is sent in the same form. Nothing is sent where somebody stops.

const UNSAID = "not specified";

function bytes(text) {
  const plain = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(plain), (each) => each.charCodeAt(0));
}

function text(buffer) {
  const plain = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return plain.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function credentials(list) {
  const ids = list ? list.split(",") : [];
  return ids.map((id) => ({ id: bytes(id), type: "public-key" }));
}

function said(value) {
  return value && value !== UNSAID ? value : undefined;
}

// Zero leaves the time to the browser.
function milliseconds(seconds) {
  return Number(seconds) * 1000 || undefined;
}

function creation({ dataset: told }) {
  return {
    challenge: bytes(told.challenge),
    rp: { id: told.rpId, name: told.rpName },
    user: { id: bytes(told.userId), name: told.username, displayName: told.username },
    pubKeyCredParams: told.algorithms
      .split(",")
      .map((alg) => ({ type: "public-key", alg: Number(alg) })),
    attestation: said(told.attestation),
    authenticatorSelection: {
      authenticatorAttachment: said(told.attachment),
      residentKey: said(told.resident),
      requireResidentKey: told.resident === "required",
      userVerification: said(told.verification),
    },
    excludeCredentials: credentials(told.excluded),
    timeout: milliseconds(told.timeout),
  };
}

function request({ dataset: told }) {
  return {
    challenge: bytes(told.challenge),
    rpId: told.rpId,
    userVerification: said(told.verification),
    allowCredentials: credentials(told.allowed),
    timeout: milliseconds(told.timeout),
  };
}

function made(credential) {
  const { response } = credential;
  return {
    clientDataJSON: text(response.clientDataJSON),
    attestationObject: text(response.attestationObject),
    publicKeyCredentialId: text(credential.rawId),
    transports: response.getTransports?.().join() ?? "",
    authenticatorAttachment: credential.authenticatorAttachment ?? "",
  };
}

function given(credential) {
  const { response } = credential;
  return {
    clientDataJSON: text(response.clientDataJSON),
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
    credentialId: credential.id,
    userHandle: response.userHandle ? text(response.userHandle) : "",
  };
}

async function ask(form) {
  const answer =
    form.dataset.passkey === "create"
      ? made(await navigator.credentials.create({ publicKey: creation(form) }))
      : given(await navigator.credentials.get({ publicKey: request(form) }));
  for (const [name, value] of Object.entries(answer)) form.elements[name].value = value;
  const label = form.elements.authenticatorLabel;
  if (label && !label.value.trim()) label.value = "Passkey";
  form.requestSubmit();
}

export function passkey(form) {
  if (!form || !window.PublicKeyCredential) return;
  const button = form.querySelector("#passkey");
  const warning = form.querySelector("[role=alert]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    warning.hidden = true;
    button.disabled = true;
    try {
      await ask(form);
    } catch {
      warning.hidden = false;
      button.disabled = false;
    }
  });
}
