/** Passkeys (WebAuthn): passes a form's options to the browser, and the browser's answer to the form. */

/** Shows a form for a passkey, if the browser knows passkeys. */
export function offerPasskey(form) {
  if (!window.PublicKeyCredential) return;
  form.hidden = false;
  document.querySelectorAll("[data-passkey-unavailable]").forEach((part) => { part.hidden = true; });
  const answer = form.querySelector("[data-passkey-answer]");
  const problem = form.querySelector("[data-passkey-problem]");
  form.addEventListener("submit", async (event) => {
    if (answer.value) return;
    event.preventDefault();
    problem.hidden = true;
    try {
      answer.value = JSON.stringify(await ask(form.dataset.passkey, JSON.parse(form.dataset.options)));
      form.submit();
    } catch {
      // Cancelled, timed out, or the browser refuses this host. It does not say which, for privacy.
      problem.hidden = false;
    }
  });
}

async function ask(kind, options) {
  const publicKey = { ...options, challenge: bytes(options.challenge) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (options[list]) publicKey[list] = options[list].map((one) => ({ ...one, id: bytes(one.id) }));
  }
  if (kind === "create") {
    publicKey.user = { ...options.user, id: bytes(options.user.id) };
    return created(await navigator.credentials.create({ publicKey }));
  }
  return found(await navigator.credentials.get({ publicKey }));
}

function created(credential) {
  const { attestationObject, clientDataJSON } = credential.response;
  return common(credential, {
    attestationObject: text(attestationObject),
    clientDataJSON: text(clientDataJSON),
    transports: credential.response.getTransports?.() ?? [],
  });
}

function found(credential) {
  const { authenticatorData, clientDataJSON, signature, userHandle } = credential.response;
  return common(credential, {
    authenticatorData: text(authenticatorData),
    clientDataJSON: text(clientDataJSON),
    signature: text(signature),
    userHandle: userHandle ? text(userHandle) : null,
  });
}

function common(credential, response) {
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response };
}

/** Decodes base64url. */
function bytes(encoded) {
  const base64 = encoded.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}

/** Encodes as base64url. */
function text(buffer) {
  const signs = Array.from(new Uint8Array(buffer), (number) => String.fromCharCode(number)).join("");
  return btoa(signs).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
