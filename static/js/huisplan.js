// The few things that neither HTML nor htmx does. Everything works without this file.

// After a fragment is swapped in, a form that was refused takes the focus, so that a keyboard or a screen reader is there.
document.addEventListener("htmx:afterSettle", (event) => {
  const target = event.detail.target;
  const first = target.querySelector("[role=alert]") || target.querySelector("[autofocus]");
  if (!first) return;
  if (!first.hasAttribute("autofocus")) first.tabIndex = -1;
  first.focus();
});
