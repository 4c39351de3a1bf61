// Keeps what a reporter types on this phone until it is sent, and says so when the line is gone. Everything works without
// this file. Whoever holds the phone can read what is kept. So it is there for twelve hours at most, the page says that
// it is there, one tap wipes it, what was sent is wiped, and nothing in it leads to the address of the link.
(() => {
  const PREFIX = "huisplan-klad-";
  const LASTS = 12 * 60 * 60 * 1000;
  const PATIENCE = 30_000;  // a slow line is not a dead one
  let sending = false, gone = false;

  const forget = (key) => { try { localStorage.removeItem(PREFIX + key); } catch { /* nothing was kept either */ } };
  const read = (key) => { try { return JSON.parse(localStorage.getItem(PREFIX + key)); } catch { return null; } };
  const write = (key, draft) => {
    try { localStorage.setItem(PREFIX + key, JSON.stringify(draft)); return true; } catch { return false; }
  };
  const forgetOld = () => {
    try {
      for (const name of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
        const draft = read(name.slice(PREFIX.length));
        if (!(Date.now() - draft?.at < LASTS)) localStorage.removeItem(name);
      }
    } catch { /* a browser that keeps nothing */ }
  };

  const form = () => document.querySelector("form[data-draft]");
  const filledIn = (fields) => fields.some(([name, value]) => name !== "submission" && value.trim() !== "");
  const say = (what) => {
    for (const line of document.querySelectorAll("#klad [data-when]")) line.hidden = line.dataset.when !== what;
  };

  // ---- keeping

  const keep = () => {
    const here = form();
    if (!here || gone) return;
    const fields = [...new FormData(here)];
    if (filledIn(fields) && write(here.dataset.draft, { at: Date.now(), fields })) say("kept");
  };

  const put = (here, fields) => {
    for (const field of here.elements) {
      if (!field.name) continue;
      const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
      if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
      else field.value = values[0] ?? "";
    }
    for (const folded of here.querySelectorAll("details")) {
      const used = [...folded.querySelectorAll("input, textarea")].some(
        (field) => (field.type === "checkbox" || field.type === "radio" ? field.checked : field.value) && field.value);
      folded.open ||= used;
    }
  };

  // Only on a page that was not filled in yet: what the server sends back with a mistake in it is newer.
  const restore = () => {
    const here = form(), draft = here && read(here.dataset.draft);
    if (!here || !draft) return;
    if ("fresh" in here.dataset) {
      put(here, draft.fields);
      document.getElementById("klad-terug").hidden = false;
    }
    say("kept");
  };

  const wipe = () => {
    const here = form();
    forget(here.dataset.draft);
    const kept = new FormData(here).get("submission");
    put(here, [["submission", kept], ["names_because", ""], ["family_may_know", ""]]);
    document.getElementById("klad-terug").hidden = true;
    say("wiped");
    here.querySelector("input:not([type=hidden])").focus();
  };

  // ---- sending

  const busy = (on) => {
    const button = form().querySelector("[type=submit]"), label = button.querySelector(".nl-button__label");
    sending = on;
    button.setAttribute("aria-disabled", on);
    if (on) button.dataset.label ??= label.textContent;
    label.textContent = on ? button.dataset.busy : button.dataset.label;
  };

  const notSent = (why) => {
    const box = document.getElementById("niet-verstuurd"), button = form().querySelector("[type=submit]");
    for (const line of box.querySelectorAll("[data-when]")) line.hidden = line.dataset.when !== why;
    box.hidden = false;
    button.querySelector(".nl-button__label").textContent = button.dataset.again;
    box.scrollIntoView({ block: "center" });
  };

  const show = (page) => {
    document.querySelector("main").replaceWith(page.querySelector("main"));
    document.title = page.title;
    restore();
    const first = document.querySelector("main [role=alert]:not([hidden])");
    if (!first) return;
    first.tabIndex = -1;
    first.focus();
  };

  const wipeSent = () => {
    const sent = document.querySelector("[data-draft-sent]");
    if (sent) forget(sent.dataset.draftSent);
  };

  // The receipt stands in the place of the form: what was typed is not one step back.
  const received = (page, address) => {
    gone = true;
    history.replaceState(null, "", address);
    show(page);
    wipeSent();
    const heading = document.querySelector("main h1");
    heading.tabIndex = -1;
    heading.focus();
  };

  // The form holds a number of its own: sent once more after a lost answer, it is the same signal.
  const send = async (event) => {
    const here = event.target;
    if (!here.matches("form[data-draft]")) return;
    event.preventDefault();
    if (sending) return;
    keep();
    document.getElementById("niet-verstuurd").hidden = true;
    busy(true);
    try {
      const limit = new AbortController();
      const timer = setTimeout(() => limit.abort(), PATIENCE);
      const body = new URLSearchParams(new FormData(here));
      const answer = await fetch(location.href, { method: "POST", body, signal: limit.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      clearTimeout(timer);
      busy(false);
      if (answer.redirected && page.querySelector("[data-draft-sent]")) received(page, answer.url);
      else if ([422, 429].includes(answer.status)) show(page);
      else notSent("refused");
    } catch {
      busy(false);
      notSent("offline");
    }
  };

  forgetOld();
  wipeSent();
  restore();
  document.addEventListener("input", keep);
  document.addEventListener("change", keep);
  document.addEventListener("submit", send);
  document.addEventListener("click", (event) => { if (event.target.closest("[data-wipe]")) wipe(); });
})();
