// The few things that neither HTML nor htmx does. Everything works without this file.

// After a fragment is swapped in, the focus goes to what went wrong, else to the form that opened, else to the fresh
// card when the button that was pressed is gone: a keyboard or a screen reader is never sent back to the top.
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.matches("[data-quiet], [role=status]")) return;  // came in by itself: nobody pressed anything
  const lost = !document.activeElement || document.activeElement === document.body;
  const next = target.querySelector("[role=alert]") || target.querySelector("[autofocus]") || (lost && target);
  if (!next) return;
  if (!next.hasAttribute("autofocus")) next.tabIndex = -1;
  next.focus();
});

// A form that is on its way is not sent once more: on a slow line people press twice. Forms of htmx wait by themselves.
(() => {
  const PATIENCE = 10_000;
  let sent = new WeakMap();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (Date.now() - (sent.get(form) ?? -PATIENCE) < PATIENCE) event.preventDefault();
    else sent.set(form, Date.now());
  });
  addEventListener("pageshow", () => { sent = new WeakMap(); });  // came back to it
})();

// What is found while typing goes away with Escape, and comes back with the next letter.
document.addEventListener("keydown", (event) => {
  const form = event.key === "Escape" && event.target.closest(".hp-bar__search");
  if (!form) return;
  form.querySelector(".hp-found").replaceChildren();
  form.querySelector("input[type=search]").focus();
});

// Says in time that the session ends, and hides what is on the screen when it has. The server decides; this only tells.
// In the browser nothing is kept but the moment of the last use, so that several windows know it of each other.
(() => {
  const { idle, day, who } = document.body.dataset;
  if (!idle) return;
  const SEEN = "huisplan-gezien";
  const idleFor = idle * 1000;
  const warnFor = Math.min(120_000, idleFor / 4);
  const title = document.title;
  const [almost, lastOfDay, over] = ["bijna", "dag", "voorbij"].map((name) => document.getElementById(`sessie-${name}`));
  let seen, dayEnds, warnedOfDay, typedAt = 0;

  const used = () => {
    seen = Date.now();
    try { localStorage.setItem(SEEN, seen); } catch { /* each window then counts for itself */ }
  };
  const lastUse = () => {
    try { return Math.max(seen, Number(localStorage.getItem(SEEN))); } catch { return seen; }
  };
  const startDay = (seconds) => { dayEnds = Date.now() + seconds * 1000; warnedOfDay = false; };
  const post = (address, body) => fetch(address, { method: "POST", body, redirect: "manual" }).catch(() => null);

  const stay = async (event) => {
    event?.preventDefault();
    typedAt = 0;
    const form = almost.querySelector("form");
    const answer = await post(form.action, new FormData(form));
    if (answer?.status === 204) used();
    else if (answer) return hide();  // just too late
    almost.close();
  };

  const look = () => {
    if (over.open) return;
    const now = Date.now(), idleLeft = lastUse() + idleFor - now, dayLeft = dayEnds - now;
    if (Math.min(idleLeft, dayLeft) <= 0) hide();
    else if (dayLeft <= warnFor) {
      almost.close();
      if (!warnedOfDay) lastOfDay.showModal();
      warnedOfDay = true;
    } else if (idleLeft > warnFor) almost.close();
    else if (now - typedAt < warnFor) stay();  // in the middle of a sentence nobody is away
    else if (!almost.open) almost.showModal();
  };

  // ---- when it is over

  const hide = () => {
    for (const open of document.querySelectorAll("dialog[open]")) open.close();
    document.body.classList.add("hp-away");
    document.title = over.querySelector("h2").textContent;
    over.showModal();
  };

  // Logged in again in another window: this one goes on where it was, with the new token in its forms.
  const comeBack = (page) => {
    if (page.body.dataset.who !== who) return location.assign("/");
    const token = page.querySelector("[name=csrfmiddlewaretoken]").value;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    startDay(page.body.dataset.day);
    used();
    document.title = title;
    document.body.classList.remove("hp-away");
    over.close();
  };

  // A form in which something was typed since the server made it, or that the server sent back.
  const typedIn = (form) => form.method === "post" && !form.closest("dialog, [role=search]")
    && (form.querySelector("[aria-invalid], [role=alert]")
      || [...form.querySelectorAll("textarea, input:not([type=password])")].some((field) => field.value !== field.defaultValue));

  const keep = async (form) => {
    const fields = new FormData(form);
    fields.append("alleen-bewaren", who);  // so that half a sentence is never sent by itself
    return (await post(form.getAttribute("action") || location.href, fields))?.status === 204;
  };

  const goOn = async () => {
    const [offline, notKept] = ["geen-verbinding", "niet-bewaard"].map((name) => document.getElementById(`sessie-${name}`));
    offline.hidden = notKept.hidden = true;
    const page = await fetch(over.dataset.kept, { redirect: "manual" }).catch(() => null);
    if (!page) return void (offline.hidden = false);
    if (page.ok) return comeBack(new DOMParser().parseFromString(await page.text(), "text/html"));
    const forms = [...document.forms].filter(typedIn);
    for (const form of forms) if (!(await keep(form))) return void (notKept.hidden = false);
    location.assign(forms.length ? over.dataset.kept : location.pathname + location.search);
  };

  almost.addEventListener("submit", stay);
  almost.addEventListener("cancel", stay);
  over.addEventListener("cancel", (event) => event.preventDefault());
  over.querySelector("button").addEventListener("click", goOn);
  document.addEventListener("input", () => { typedAt = Date.now(); });
  document.addEventListener("visibilitychange", look);
  document.addEventListener("htmx:afterRequest", ({ detail }) => { if (!detail.elt.matches("[data-quiet]")) used(); });
  startDay(day);
  used();
  setInterval(look, Math.min(1000, idleFor / 20));
})();

// The inbox: lines come in by themselves, and can be walked through with j and k.
(() => {
  const quiet = (element) => element?.matches?.("[data-quiet]");
  const lines = () => [...document.querySelectorAll("[data-rows] tbody th a")];
  const hint = document.querySelector("[data-keys]");
  if (!hint) return;
  hint.hidden = false;

  // Only while a line has the focus, so that no other key of a reader or a browser is taken (WCAG 2.1.4).
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !["j", "k"].includes(event.key)) return;
    const all = lines(), here = all.indexOf(event.target.closest?.("tr")?.querySelector("th a"));
    if (here < 0) return;
    event.preventDefault();
    all[Math.min(all.length - 1, Math.max(0, here + (event.key === "j" ? 1 : -1)))].focus();
  });

  // Nobody looks, or the session is over: then nothing is asked.
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (quiet(event.target) && (document.hidden || document.body.classList.contains("hp-away"))) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) htmx.trigger("#lijst", "look"); });

  // New lines above must not push away what is being read.
  let seen, top;
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (!quiet(detail.target)) return;
    seen = lines().find((line) => line.getBoundingClientRect().top >= 0);
    top = seen?.getBoundingClientRect().top;
  });
  document.addEventListener("htmx:afterSwap", () => {
    const again = seen && document.getElementById(seen.id);
    if (again && scrollY) scrollBy(0, again.getBoundingClientRect().top - top);
    seen = undefined;
  });
})();
