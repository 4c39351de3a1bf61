// The few things that neither HTML nor htmx does. Everything works without this file.

// After a fragment is swapped in, the focus goes to what went wrong, else to the form that opened, else to the fresh
// card when the button that was pressed is gone: a keyboard or a screen reader is never sent back to the top.
document.addEventListener("htmx:afterSettle", ({ target }) => {
  const lost = !document.activeElement || document.activeElement === document.body;
  const next = target.querySelector("[role=alert]") || target.querySelector("[autofocus]") || (lost && target);
  if (!next) return;
  if (!next.hasAttribute("autofocus")) next.tabIndex = -1;
  next.focus();
});

// Says in time that the session ends, and hides what is on the screen when it has. The server decides; this only tells.
// In the browser nothing is kept but the moment of the last use, so that several windows know it of each other.
(() => {
  const { idle, day } = document.body.dataset;
  if (!idle) return;
  const SEEN = "huisplan-gezien";
  const idleFor = idle * 1000;
  const dayEnds = Date.now() + day * 1000;
  const warnFor = Math.min(120_000, idleFor / 4);
  const almost = document.getElementById("sessie-bijna");
  const over = document.getElementById("sessie-voorbij");
  let typedIn = null;

  const used = () => localStorage.setItem(SEEN, Date.now());
  const endsAt = () => Math.min(Number(localStorage.getItem(SEEN)) + idleFor, dayEnds);

  const stay = async (event) => {
    event.preventDefault();
    const form = almost.querySelector("form");
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" }).catch(() => null);
    if (answer?.status === 204) used();
    almost.close();
  };

  const look = () => {
    if (over.open) return;
    const left = endsAt() - Date.now();
    if (left <= 0) {
      almost.close();
      document.body.classList.add("hp-away");
      over.showModal();
    } else if (left <= warnFor && !almost.open) {
      almost.showModal();
    } else if (left > warnFor && almost.open) {
      almost.close();
    }
  };

  almost.addEventListener("submit", stay);
  almost.addEventListener("cancel", stay);
  over.addEventListener("cancel", (event) => event.preventDefault());
  over.querySelector("button").addEventListener("click", () => {
    if (typedIn?.isConnected) HTMLFormElement.prototype.submit.call(typedIn); // past htmx: a whole new page
    else location.reload();
  });
  document.addEventListener("input", ({ target }) => {
    if (target.form?.method === "post" && !target.closest("dialog")) typedIn = target.form;
  });
  document.addEventListener("htmx:afterRequest", used);
  used();
  setInterval(look, Math.min(1000, idleFor / 20));
})();
