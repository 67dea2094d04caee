// Passkeys: hands a page's question to the browser, and the browser's answer to the page's form. Nothing else on
// this server runs script on a page of ours, and nothing but passkeys needs it.
(() => {
  "use strict";

  const toBytes = (text) => {
    const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  };

  const toText = (buffer) => {
    const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte));
    return btoa(letters.join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  };

  const withBytes = (keys) => (keys || []).map((key) => ({ ...key, id: toBytes(key.id) }));

  const create = async (question) => {
    const made = await navigator.credentials.create({
      publicKey: {
        ...question,
        challenge: toBytes(question.challenge),
        user: { ...question.user, id: toBytes(question.user.id) },
        excludeCredentials: withBytes(question.excludeCredentials),
      },
    });
    const { response } = made;
    return {
      id: made.id,
      rawId: toText(made.rawId),
      type: made.type,
      response: {
        attestationObject: toText(response.attestationObject),
        clientDataJSON: toText(response.clientDataJSON),
      },
    };
  };

  const get = async (question) => {
    const shown = await navigator.credentials.get({
      publicKey: {
        ...question,
        challenge: toBytes(question.challenge),
        allowCredentials: withBytes(question.allowCredentials),
      },
    });
    const { response } = shown;
    return {
      id: shown.id,
      rawId: toText(shown.rawId),
      type: shown.type,
      response: {
        authenticatorData: toText(response.authenticatorData),
        clientDataJSON: toText(response.clientDataJSON),
        signature: toText(response.signature),
        userHandle: response.userHandle ? toText(response.userHandle) : null,
      },
    };
  };

  const ask = async (form) => {
    const problem = form.querySelector(".problem");
    problem.hidden = true;
    try {
      const question = JSON.parse(form.dataset.question);
      const answer = form.dataset.passkey === "create" ? await create(question) : await get(question);
      form.elements.answer.value = JSON.stringify(answer);
      form.submit();
    } catch (error) {
      // InvalidStateError: the device has one of this member's keys already.
      problem.textContent = error.name === "InvalidStateError" ? problem.dataset.known : problem.dataset.failed;
      problem.hidden = false;
    }
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) {
      const problem = form.querySelector(".problem");
      problem.textContent = problem.dataset.none;
      problem.hidden = false;
      continue;
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form);
    });
    if (form.dataset.passkeyAtOnce !== undefined) {
      ask(form);
    }
  }
})();
