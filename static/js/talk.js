// Saves a talk while somebody types, so that nothing is lost when a browser or a server stops. Everything works without this
// file: then the button saves. Nothing is kept in the browser: what people say at their table does not stay on a laptop.
(() => {
  const form = document.querySelector("form[data-talk]");
  if (!form) return;
  const PAUSE = 800, LATEST = 2500, AGAIN = 3000, PATIENCE = 10_000;  // milliseconds
  const waiting = new Set();  // places with words that the server does not have yet
  let timer = 0, since = 0, busy = null, leaving = false;

  const line = form.querySelector("[data-saving]");
  const say = (what) => { for (const one of line.querySelectorAll("[data-when]")) one.hidden = one.dataset.when !== what; };
  const box = (place) => form.querySelector(`[data-place="${place}"]`);
  const field = (place) => form.elements[place];
  const version = (place) => form.elements[`versie-${place}`];
  const changed = (place) => {
    const here = field(place);
    return here.matches("select") ? ![...here.options].find((one) => one.selected)?.defaultSelected : here.value !== here.defaultValue;
  };
  const settled = (place, value) => {
    const here = field(place);
    if (here.matches("select")) for (const one of here.options) one.defaultSelected = one.value === value;
    else here.defaultValue = value;
  };

  // ---- saving

  const plan = (wait = PAUSE) => {
    clearTimeout(timer);
    since ||= Date.now();
    timer = setTimeout(save, Math.max(0, Math.min(wait, since + LATEST - Date.now())));
  };
  const later = (places, why) => {
    for (const place of places) waiting.add(place);
    say(why);
    since = 0;
    clearTimeout(timer);
    timer = setTimeout(save, AGAIN);
  };

  const save = async (options = {}) => {
    if (busy) return busy;
    const places = [...waiting].filter((place) => !box(place).querySelector("[data-choose]"));
    if (!places.length) return;
    waiting.clear();
    since = 0;
    busy = send(places, options).finally(() => { busy = null; });
    await busy;
    if (waiting.size && !timer) plan();
  };

  const send = async (places, options) => {
    timer = 0;
    say("busy");
    form.elements.beurt.value = Number(form.elements.beurt.value) + 1;
    const body = new FormData(), sent = new Map();
    for (const name of ["csrfmiddlewaretoken", "venster", "beurt"]) body.append(name, form.elements[name].value);
    for (const place of places) {
      sent.set(place, field(place).value);
      body.append(place, field(place).value);
      body.append(`versie-${place}`, version(place).value);
    }
    // Seen by nobody: the session does not go on by itself because of it, typing does that.
    const headers = { "X-Saves-Itself": "1", "X-By-Itself": "1" };
    const limit = new AbortController(), patience = setTimeout(() => limit.abort(), PATIENCE);
    try {
      const answer = await fetch(location.href, { method: "POST", body, headers, redirect: "manual", signal: limit.signal, ...options });
      if (answer.status === 200) return done(sent, await answer.json());
      if (answer.status === 422) return wrong((await answer.json()).wrong, places);
      later(places, [400, 413].includes(answer.status) ? "wrong" : "lost");
    } catch {
      later(places, "lost");
    } finally {
      clearTimeout(patience);
    }
  };

  const done = (sent, { versions = {}, clashes = {}, wrong: refused = {}, opens }) => {
    for (const [place, number] of Object.entries(versions)) {
      version(place).value = number;
      settled(place, sent.get(place));
      quiet(place);
    }
    for (const [place, theirs] of Object.entries(clashes)) clash(place, theirs);
    const others = Object.keys(refused).length || Object.keys(clashes).length;
    if (Object.keys(refused).length) wrong(refused, []);
    if (!others) say(waiting.size ? "busy" : "saved");
    if (opens) open();
  };

  // ---- what was not saved

  const quiet = (place) => { for (const one of box(place).querySelectorAll("[data-said]")) one.remove(); };
  const tell = (place, element) => {
    quiet(place);
    element.dataset.said = "";
    box(place).append(element);
  };
  const copy = (name) => form.querySelector(`template[data-${name}]`).content.firstElementChild.cloneNode(true);

  const wrong = (reasons, places) => {
    for (const [place, why] of Object.entries(reasons)) {
      const element = copy("wrong");
      element.querySelector("span").textContent = why;
      if (place && box(place)) tell(place, element);
      else line.after(element);
    }
    for (const place of places) if (!(place in reasons) && !("" in reasons)) waiting.add(place);
    say("wrong");
  };

  const clash = (place, theirs) => {
    const element = copy("clash");
    element.querySelector("[data-who]").textContent = theirs.who;
    element.querySelector("[data-theirs]").textContent = theirs.text || "–";
    if (field(place).matches("select")) element.querySelector('[data-choose="both"]').remove();
    element.addEventListener("click", ({ target }) => {
      const choice = target.closest("[data-choose]")?.dataset.choose, here = field(place);
      if (!choice) return;
      if (choice === "theirs") here.value = theirs.value;
      if (choice === "both") here.value = `${here.value}\n\n${theirs.value}`;
      version(place).value = theirs.version;
      quiet(place);
      here.focus();
      waiting.add(place);
      say("busy");
      plan(0);
    });
    tell(place, element);
    say("clash");
  };

  // Own words were saved: the page is asked again, and what can help opens.
  const open = async () => {
    const closed = form.querySelector("[data-closed]");
    if (!closed) return;
    const page = await fetch(location.href).then((answer) => answer.ok ? answer.text() : "").catch(() => "");
    const fresh = new DOMParser().parseFromString(page, "text/html").getElementById("oplossingen");
    if (fresh && !("closed" in fresh.dataset)) closed.replaceWith(fresh);
  };

  // ---- typing

  const typed = ({ target }) => {
    const place = target.closest("[data-place]")?.dataset.place;
    if (!place || target.name !== place) return;
    waiting.add(place);
    say("busy");
    if (!busy) plan();
  };
  const hurry = () => { if (waiting.size && !busy) save({ keepalive: true }); };

  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (leaving || !busy) return void (form.elements.beurt.value = Number(form.elements.beurt.value) + 1);
    event.preventDefault();  // what is on its way first, so that this window does not clash with itself
    await busy;
    leaving = true;
    form.requestSubmit();
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) hurry(); });
  addEventListener("pagehide", hurry);
  for (const one of form.querySelectorAll("[data-place]")) if (changed(one.dataset.place)) waiting.add(one.dataset.place);
  if (waiting.size) plan();
})();
