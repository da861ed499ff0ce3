// A form with data-passkey="create" or "get" asks the device for a passkey before it is sent.
// data-options holds what is asked (bytes as base64url); the answer goes into the hidden fields.
// Where passkeys cannot work, [data-passkey-off] stays shown and [data-passkey-on] hidden.
const decode = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const listed = (credentials) => (credentials ?? []).map((one) => ({ ...one, id: decode(one.id) }));

function optionsOf(form) {
  const told = JSON.parse(form.dataset.options);
  const options = told.publicKey ?? told;
  options.challenge = decode(options.challenge);
  if (options.user) options.user.id = decode(options.user.id);
  if (options.allowCredentials) options.allowCredentials = listed(options.allowCredentials);
  if (options.excludeCredentials) options.excludeCredentials = listed(options.excludeCredentials);
  return options;
}

async function create(form) {
  const made = await navigator.credentials.create({ publicKey: optionsOf(form) });
  const credential = {
    id: made.id,
    rawId: encode(made.rawId),
    type: made.type,
    authenticatorAttachment: made.authenticatorAttachment,
    clientExtensionResults: made.getClientExtensionResults(),
    response: {
      clientDataJSON: encode(made.response.clientDataJSON),
      attestationObject: encode(made.response.attestationObject),
      transports: made.response.getTransports?.() ?? [],
    },
  };
  form.elements.credential.value = JSON.stringify(credential);
}

async function sign(form) {
  const signed = await navigator.credentials.get({ publicKey: optionsOf(form) });
  form.elements.credential.value = encode(signed.rawId);
  form.elements.authenticator_data.value = encode(signed.response.authenticatorData);
  form.elements.client_data.value = encode(signed.response.clientDataJSON);
  form.elements.signature.value = encode(signed.response.signature);
}

const ceremonies = { create, get: sign };

function prepare(form) {
  let done = false;
  const trouble = form.querySelector("[data-passkey-trouble]");
  form.addEventListener("submit", async (event) => {
    if (done) return;
    event.preventDefault();
    if (form.dataset.asking) return;
    form.dataset.asking = "yes";
    trouble.hidden = true;
    try {
      await ceremonies[form.dataset.passkey](form);
      done = true;
    } catch {
      trouble.hidden = false; // cancelled, timed out, or no key of this device fits
      trouble.focus();
    }
    delete form.dataset.asking;
    if (done) form.requestSubmit();
  });
}

if (window.PublicKeyCredential && window.isSecureContext) {
  document.querySelectorAll("[data-passkey-on]").forEach((part) => (part.hidden = false));
  document.querySelectorAll("[data-passkey-off]").forEach((part) => (part.hidden = true));
  document.querySelectorAll("form[data-passkey]").forEach(prepare);
}
