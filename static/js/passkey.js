// Passkeys: the browser makes or uses one, and the form takes what it says to the server. A browser that has none, or no
// JavaScript, never sees these forms; there is always another way in.

for (const place of document.querySelectorAll("[data-passkey]")) {
  if (!window.webauthnJSON.supported()) break;
  place.hidden = false;
  document.querySelectorAll("[data-passkey-less]").forEach((instead) => { instead.hidden = true; });
  const form = place.querySelector("form"), trouble = place.querySelector("[data-trouble]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.hidden = true;
    try {
      const { creation_options, request_options } = await options(place);
      const answer = creation_options
        ? await window.webauthnJSON.create(creation_options)
        : await window.webauthnJSON.get(request_options);
      form.elements.credential.value = JSON.stringify(answer);
      form.submit();
    } catch {
      trouble.hidden = false;
      trouble.tabIndex = -1;
      trouble.focus();
    }
  });
}

async function options(place) {
  if (!place.dataset.options) return JSON.parse(document.getElementById("passkey-options").textContent);
  const answer = await fetch(place.dataset.options, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("No options");
  return answer.json();
}
