// Dragging on the page where a plan is put in order: with a mouse, a finger or a pen. The buttons there do the same, and
// everything works without this file. Nothing moves before the server moved it: until then a line shows where it goes.
(() => {
  const EDGE = 72, SPEED = 14;  // near the edge of the screen it scrolls
  let held, form, place, pointer, scrolling;

  const show = (list, before) => {
    for (const line of document.querySelectorAll(".is-above, .is-below, .is-into")) line.classList.remove("is-above", "is-below", "is-into");
    if (!list) return;
    const rows = [...list.children].filter((row) => row.dataset.key);
    if (before) before.classList.add("is-above");
    else (rows.at(-1) ?? list).classList.add(rows.length ? "is-below" : "is-into");
  };

  // The list under the pointer that this can go to, and the row that it comes in front of; none is the end.
  const placeAt = (x, y) => {
    const under = document.elementFromPoint(x, y);
    const list = held.parentElement.dataset.sort === "goal"
      ? held.parentElement
      : (under?.closest("[data-sort=action]") ?? under?.closest("[data-sort=goal] > li")?.querySelector("[data-sort=action]"));
    if (!list?.closest("#volgorde")) return null;
    const before = [...list.children].find((row) => {
      const { top, height } = row.getBoundingClientRect();
      return row.dataset.key && y < top + height / 2;
    });
    return { list, before };
  };

  const follow = () => {
    place = placeAt(pointer.x, pointer.y);
    show(place?.list, place?.before);
  };

  const scroll = () => {
    if (!held) return;
    if (pointer.y < EDGE) scrollBy(0, -SPEED);
    else if (pointer.y > innerHeight - EDGE) scrollBy(0, SPEED);
    follow();
    scrolling = requestAnimationFrame(scroll);
  };

  const letGo = () => {
    cancelAnimationFrame(scrolling);
    show();
    held?.classList.remove("is-held");
    document.getElementById("volgorde")?.classList.remove("is-sorting-goals");
    held = place = undefined;
  };

  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button || held) return;
    event.preventDefault();
    held = grip.closest("li");
    form = held.querySelector("form");
    pointer = event;
    held.classList.add("is-held");
    if (held.parentElement.dataset.sort === "goal") {  // what stands under them would make the way long
      const { top } = held.getBoundingClientRect();
      document.getElementById("volgorde").classList.add("is-sorting-goals");
      scrollBy(0, held.getBoundingClientRect().top - top);
    }
    grip.setPointerCapture(event.pointerId);
    scroll();
  });

  document.addEventListener("pointermove", (event) => { if (held && event.pointerId === pointer.pointerId) pointer = event; });
  document.addEventListener("pointercancel", letGo);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") letGo(); });

  document.addEventListener("pointerup", (event) => {
    if (!held || event.pointerId !== pointer.pointerId) return;
    pointer = event;
    follow();
    const [row, found] = [held, place];
    letGo();
    if (!found || found.before === row || (found.before ?? null) === row.nextElementSibling && found.list === row.parentElement) return;
    form.querySelector("button").focus({ preventScroll: true });  // after the answer the focus is there again
    const values = { before: found.before?.dataset.key ?? "", goal: found.list.dataset.goal ?? "" };
    htmx.ajax("POST", form.getAttribute("action"), { source: form, target: "#volgorde", swap: "outerHTML", values });
  });
})();
