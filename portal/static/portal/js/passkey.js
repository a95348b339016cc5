// Passkeys: ask the server for a challenge, let the device answer it, post the answer in the form. Without this script
// or without passkeys in the browser the forms stay hidden and a code does the same.

const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const withBytes = (list) => (list || []).map((one) => ({ ...one, id: toBytes(one.id) }));

async function challengeFrom(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(`no challenge: ${answer.status}`);
  return (await answer.json()).publicKey;
}

async function make(form) {
  const wanted = await challengeFrom(form);
  const made = await navigator.credentials.create({
    publicKey: {
      ...wanted,
      challenge: toBytes(wanted.challenge),
      user: { ...wanted.user, id: toBytes(wanted.user.id) },
      excludeCredentials: withBytes(wanted.excludeCredentials),
    },
  });
  return pack(made, {
    attestationObject: toText(made.response.attestationObject),
    transports: made.response.getTransports ? made.response.getTransports() : [],
  });
}

async function get(form) {
  const wanted = await challengeFrom(form);
  const given = await navigator.credentials.get({
    publicKey: {
      ...wanted,
      challenge: toBytes(wanted.challenge),
      allowCredentials: withBytes(wanted.allowCredentials),
    },
  });
  const { authenticatorData, signature, userHandle } = given.response;
  return pack(given, {
    authenticatorData: toText(authenticatorData),
    signature: toText(signature),
    userHandle: userHandle ? toText(userHandle) : null,
  });
}

const pack = (credential, response) => ({
  id: credential.id,
  rawId: toText(credential.rawId),
  type: credential.type,
  authenticatorAttachment: credential.authenticatorAttachment || null,
  clientExtensionResults: credential.getClientExtensionResults(),
  response: { clientDataJSON: toText(credential.response.clientDataJSON), ...response },
});

const steps = { get, make };

function prepare(form) {
  const trouble = form.querySelector("[role=alert]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await steps[form.dataset.passkey](form));
      form.submit();
    } catch {
      trouble.hidden = false;
    }
  });
}

if (window.PublicKeyCredential) {
  for (const none of document.querySelectorAll("[data-without-passkey]")) none.hidden = true;
  for (const form of document.querySelectorAll("form[data-passkey]")) prepare(form);
}
