"""python -m trials.bench.papers      what printing costs, in a process of its own, as a worker does it

Tells, as JSON: seconds of the plan for the kitchen table and of a bare document of four pages, in turn; seconds with 50 and with
200 actions; and kilobytes of memory after 20 and after 200 prints. Seconds are those of the processor."""

import json
import time
from collections.abc import Callable
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

import django

django.setup()

from django.utils import timezone
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from config import printing
from config.memory import keep_what_is_loaded
from desk.papers import plan_of
from households import actions as households
from households.domains import LifeDomain
from partners.models import Professional, Team
from plans import actions as plans
from plans import pdf
from plans.models import SupportPlan

ROUNDS, FEW, MANY = 5, 20, 200
WORDS = "Wij tellen samen tot tien, en dan nog een keer van voren af aan."
DOMAINS = [domain for domain in LifeDomain.values if domain != LifeDomain.SAFETY_JUSTICE]


def main() -> None:
    plan, long, longer = family(goals=6, actions=3), family(goals=5, actions=10), family(goals=5, actions=40)
    keep_what_is_loaded()
    bare, ours = list[float](), list[float]()
    for number in range(ROUNDS + 1):
        pair = [(bare, four_pages), (ours, lambda: pdf.kitchen_table(plan))]
        for seconds, make in pair if number % 2 else reversed(pair):
            seconds.append(took(make))
    told = {
        "bare": bare[1:],
        "ours": ours[1:],
        "fifty": min(took(lambda: pdf.kitchen_table(long)) for _ in range(3)),
        "two_hundred": min(took(lambda: pdf.kitchen_table(longer)) for _ in range(3)),
    }
    memory = []
    for number in range(1, MANY + 1):
        pdf.kitchen_table(plan)
        if number in (FEW, MANY):
            memory.append(resident())
    print(json.dumps(told | {"memory": memory}))


def family(*, goals: int, actions: int) -> SupportPlan:
    """With their story, and so many actions to each goal."""
    team = Team.objects.get(name="Sociaal team Telstad")
    by, today = Professional.objects.get(email="anna@telstad.example"), timezone.localdate()
    home = households.make_household(name="Familie Papier", team=team, coordinator=by, by=by)
    households.change_household(
        household=home, by=by, request_in_own_words="Wij willen rust.", strengths="\n".join([WORDS[:40]] * 4)
    )
    households.tell_story(household=home, text=WORDS * 2, told_by="Bewoner", told_on=today, by=by)
    people = [
        households.add_resident(household=home, by=by, first_name=f"Bewoner {number}", birth_date=date(1980, 1, number))
        for number in range(1, 4)
    ]
    plan, owners = plans.make_plan(household=home, by=by), cycle([*people, by])
    for domain, _ in zip(cycle(DOMAINS), range(goals), strict=False):
        goal = plans.add_goal(plan=plan, by=by, domain=domain, title=WORDS, about=people[:2], how_we_see_it=WORDS[:30])
        for _ in range(actions):
            plans.add_action(goal=goal, what=WORDS[:40], owner=next(owners), due_on=today + timedelta(days=7), by=by)
    home.refresh_from_db()
    return plan_of(home) or plan


def four_pages() -> None:
    """The library by itself: the same fonts, words, lists and tables, tagged as ours."""
    rows = f"<tr><th scope='row'>Bewoner</th><td>{WORDS[:40]}</td><td>vóór 7 december</td></tr>" * 12
    table = f"<table><thead><tr><th>Wie</th><th>Wat</th><th>Wanneer</th></tr></thead><tbody>{rows}</tbody></table>"
    page = f"<section><h2>Ons plan</h2><p>{WORDS * 2}</p><ul>{f'<li>{WORDS}</li>' * 6}</ul>{table}</section>"
    style = (
        "@page { size: A4 } section { break-after: page } section:last-child { break-after: auto } td { width: 40% }"
    )
    html = f"<html lang='nl'><title>Ons plan</title><style>{style}</style><body>{page * 4}</body></html>"
    fonts, files = FontConfiguration(), printing.OwnFiles()
    own = CSS(string=printing.faces(html), font_config=fonts, url_fetcher=files)
    document = HTML(string=html, url_fetcher=files).render(font_config=fonts, stylesheets=[own], **printing.VARIANT)
    assert len(document.pages) == 4, len(document.pages)
    document.write_pdf(**printing.VARIANT)


def took(make: Callable[[], object]) -> float:
    began = time.process_time()
    make()
    return time.process_time() - began


def resident() -> int:
    return int(next(line for line in Path("/proc/self/status").read_text().splitlines() if "VmRSS" in line).split()[1])


if __name__ == "__main__":
    main()
