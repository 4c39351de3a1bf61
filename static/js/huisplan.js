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
