"""Whether everybody can use a page: with a screen reader, with a large thumb, on a small phone, with a keyboard."""

from playwright.sync_api import Page

from tests.stage import PROJECT

WIDE, PHONE, SMALLEST = 1280, 390, 320
AXE = (PROJECT / "node_modules/axe-core/axe.min.js").read_text()
RUN_AXE = "axe.run(document, {rules: {'target-size': {enabled: true}}, resultTypes: ['violations']})"

SIDEWAYS = """() => {
  const page = document.documentElement;
  const wide = [...document.querySelectorAll(".utrecht-table-container")].filter(box => box.scrollWidth > box.clientWidth);
  return [
    ...(page.scrollWidth > page.clientWidth ? [`the page is ${page.scrollWidth} wide`] : []),
    ...wide.map(box => `a table is ${box.scrollWidth} wide in ${box.clientWidth}`),
  ];
}"""

SMALL_TARGETS = """() => [...document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")]
  .filter(target => target.checkVisibility() && !target.closest(".nl-skip-link"))
  .map(target => [target, target.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.width < 24 - 0.1 || box.height < 24 - 0.1))
  .map(([target, box]) => `a target of ${Math.round(box.width)}x${Math.round(box.height)}: ${target.outerHTML.slice(0, 120)}`)"""

FOCUS = """async () => {
  await new Promise(requestAnimationFrame);  // the page scrolls to it first
  const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
  return {
    what: here === document.body ? "" : here.outerHTML.slice(0, 120),
    marked: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none",
    inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


def obstacles(page: Page) -> list[str]:
    """What is in somebody's way on this page, on a desk, on a phone and on the smallest phone."""
    page.wait_for_load_state()  # a click comes back as soon as the next page has begun
    found: list[str] = []
    for width in (WIDE, PHONE, SMALLEST):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"at {width}: {what}" for what in page.evaluate(SIDEWAYS) + page.evaluate(SMALL_TARGETS)]
        if width != SMALLEST:
            found += [f"at {width}: {what}" for what in axe(page)]
    return found


def axe(page: Page) -> list[str]:
    page.evaluate(AXE)
    return [
        f"{rule['id']} ({rule['help']}): {node['html'][:200]}"
        for rule in page.evaluate(RUN_AXE)["violations"]
        for node in rule["nodes"]
    ]


def tab_through(page: Page, *, at_most: int = 200) -> list[dict]:
    """Every stop of the Tab key, from the top of the page until it is round."""
    stops: list[dict] = []
    for _ in range(at_most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if not stop["what"] or (stops and stop["what"] == stops[0]["what"]):
            return stops
        stops.append(stop)
    raise AssertionError(f"Tab never came round; the last stop was {stops[-1]['what']}")
