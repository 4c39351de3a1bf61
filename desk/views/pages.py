"""Pages that combine the rooms: my day, the households, one household, search, the figures. And the pages for when something is wrong."""

import csv

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Case, OuterRef, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from config import mail
from config.forms import SearchForm
from config.limits import too_many
from config.listing import UpTo, keys_and_rows, number_of, part_of, shown
from config.prepared import Prepared
from desk.day import day_of, only_manages, only_totals
from desk.forms.log import LogForm
from desk.loop import loops
from desk.periods import Period, closed_periods
from desk.totals import totals
from households import access, talks
from households.models import AccessLogEntry, Household, LogHead, Story
from partners.models import Professional
from partners.permissions import Permission
from partners.requests import TeamRequest, needs
from plans.models import SupportPlan
from plans.views.agreement import agreement_card
from plans.views.own_plan_card import waits_of
from plans.whole import clashes_at_a_glance, put_together, with_parts
from signals.models import Signal
from signals.workflow import Status

ON_A_PAGE = 50
SHOWN = 10  # signals on the page of a household; the timeline has them all


@require_GET
def my_day(request: TeamRequest) -> HttpResponse:
    """What needs this person today. Who is in a circle and in no team has one page, with the own families."""
    if request.user.role_names == "PROFESSIONAL":
        return redirect("desk:my_families")
    if only_totals(request.user):
        return redirect("desk:figures")
    if only_manages(request.user):
        return redirect("desk:people")
    day = day_of(request.user)
    request.waiting = day.signals  # type: ignore[attr-defined]  # the menu says it too
    return render(request, "desk/my_day.html", {"day": day, "now": timezone.localtime()})


@require_GET
@needs(Permission.COORDINATE)
def households(request: TeamRequest) -> HttpResponse:
    """The households of this coordinator: open, or the closed ones."""
    closed, page = request.GET.get("stand") == "afgesloten", number_of(request.GET.get("blad", ""))
    found = my_list(request.user, closed=closed, page=page)
    [total] = found["total"]
    context = {
        "part": part_of(found["keys"], found["lines"], page=page, on_a_page=ON_A_PAGE),
        "total": total,
        "shown": shown(total),
        "closed": closed,
        "today": timezone.localdate(),
    }
    return render(request, "desk/households.html", context)


@Prepared
def my_list(professional: Professional, *, closed: bool, page: int) -> dict[str, QuerySet]:
    mine = (access.my_closed_households if closed else access.my_households)(professional)
    signals = Signal.objects.filter(household=OuterRef("pk")).open()
    plans = SupportPlan.objects.filter(household=OuterRef("pk")).open()
    keys, on_this_page = keys_and_rows(mine, page=page, on_a_page=ON_A_PAGE)
    lines = Household.objects.filter(pk__in=on_this_page).select_related("coordinator")
    return {
        "total": Professional.objects.filter(pk=professional.pk).values_list(UpTo(mine), flat=True),
        "keys": keys,
        "lines": lines.order_by().annotate(
            signals_open=UpTo(signals),
            # Not EXISTS, for which all plans there are would be read.
            has_plan=UpTo(plans.filter(light=False), most=1),
            is_light=UpTo(plans.filter(light=True), most=1),
        ),
    }


@require_GET
def household(request: TeamRequest, number: str) -> HttpResponse:
    """Everything of one household on one page."""
    household = access.load_household(request, number, event="household")
    if household.number != number:  # it became a part of this one
        return redirect("desk:household", number=household.number)
    cards = cards_of(request.user, household)
    plan = put_together(cards)
    story, closing = (next(iter(cards[name]), None) for name in ("stories", "closings"))
    context = cards | {"household": household, "story": story, "plan": plan, "closing": closing}
    context |= {"signals": cards["signals"][:SHOWN], "more_signals": len(cards["signals"]) > SHOWN}
    context |= {
        "agreement": agreement_card(household, plan),
        "waits": cards["waits_of"][0],
        "today": timezone.localdate(),
    }
    request.waiting = len(cards["waiting"])  # type: ignore[attr-defined]  # the menu says it too
    return render(request, "desk/household.html", context)


@Prepared
def cards_of(professional: Professional, household: Household) -> dict[str, QuerySet]:
    signals = Signal.objects.visible_to(professional).filter(household=household).without_words().with_answers()
    open_first = Case(When(status=Status.CLOSED, then=1), default=0)
    return {
        "members": household.members.for_card(),
        "network": household.network.current(),
        "stories": Story.objects.filter(household=household).current(),
        "talks": talks.newest(household),
        "notes": household.notes.current()[:3],
        "clashes": clashes_at_a_glance(household),
        "waits_of": waits_of(household),
        "closings": household.closings.none() if household.is_open else household.closings.standing().in_full(),
        "signals": signals.select_related("organisation", "telling").order_by(open_first, "-received_at")[: SHOWN + 1],
        "observations": household.observations.select_related("asked__organisation")[:5],
        "circle": household.circle.active().select_related("professional__organisation").order_by("pk"),
        "waiting": Signal.objects.in_menu_of(professional),
    } | with_parts((household.plans.open() if household.is_open else household.plans.order_by("-pk"))[:1])


@require_GET
def log(request: TeamRequest, number: str) -> HttpResponse:
    """Who looked, changed or was refused, newest first; of a period or of one kind, when asked."""
    household = access.load_household(request, number, event="access log")
    form = LogForm(request.GET or None)
    lines = AccessLogEntry.objects.about(household)
    if form.is_bound:
        lines = form.chosen(lines) if form.is_valid() else lines.none()
    context = {
        "household": household,
        "form": form,
        "page": Paginator(lines, 50).get_page(request.GET.get("blad")),
        "members": household.members.select_related("resident"),
        "begins": LogHead.objects.begins(household),
    }
    return render(request, "desk/log.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.KNOW_HOUSEHOLDS)
def search(request: TeamRequest) -> HttpResponse:
    """Households of the team by name, address, number or phone, also while somebody types. What is in them stays with
    their coordinator.

    The words come by POST, so that no name ever stands in an address."""
    words = SearchForm.words(request.POST)
    typing = bool(request.htmx)
    too_fast = bool(words) and too_many(request, what="search", rate=settings.SEARCHES, of=str(request.user.pk))
    most = 10 if typing else 20
    found = [] if too_fast else access.search_team(request.user, words, most=most)
    context = {"q": words, "found": found, "full": len(found) == most, "too_fast": too_fast, "typing": typing}
    return render(request, "desk/search.html#hits" if typing else "desk/search.html", context)


@require_GET
@needs(Permission.READ_TOTALS)
def figures(request: TeamRequest) -> HttpResponse:
    """Totals of a quarter or a year that is over: what was reached first. No household can be reached from here."""
    periods, period = chosen_period(request)
    context = {"periods": periods, "period": period, "tables": totals(period), "loops": loops(period)}
    return render(request, "desk/figures.html", context)


@require_GET
@needs(Permission.READ_TEAM_TOTALS)
def team_figures(request: TeamRequest) -> HttpResponse:
    """How well the loop of the own team closes. About organisations and districts, never about colleagues."""
    periods, period = chosen_period(request)
    teams = request.user.teams_with(Permission.READ_TEAM_TOTALS)
    context = {"periods": periods, "period": period, "loops": loops(period, teams=teams)}
    return render(request, "desk/team_figures.html", context)


@require_GET
@needs(Permission.READ_TOTALS)
def figures_csv(request: TeamRequest) -> HttpResponse:
    """The same totals, for a spreadsheet: what is not shown is not in the file either."""
    _periods, period = chosen_period(request)
    access.record(action=access.Action.EXPORT, event="download totals", by=request.user)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="cijfers-{period.code}.csv"'
    response.write("\ufeff")  # without it a spreadsheet takes the letters for another alphabet
    lines = csv.writer(response, delimiter=";")
    lines.writerow([_("Period"), _("Subject"), _("What"), _("Number")])
    for table in totals(period):
        lines.writerows([str(period), table.title, row.label, row.plain] for row in table.every)
    for loop in loops(period):
        for one in loop.rows:
            lines.writerows([str(period), loop.title, f"{one.label}: {what}", value] for what, value in one.plain)
    return response


def chosen_period(request: TeamRequest) -> tuple[list[Period], Period]:
    """All that can be chosen, and what was: the newest quarter when nothing sensible was asked."""
    periods = closed_periods(timezone.localdate())
    asked = request.GET.get("periode")
    newest = next(period for period in periods if period.quarter)
    return periods, next((period for period in periods if period.code == asked), newest)


@login_not_required
@require_GET
def mailbox(request: HttpRequest) -> HttpResponse:
    """Only in the demonstration: the mails that left, as their readers see them."""
    return render(request, "desk/mailbox.html", {"mails": mail.sent()})


# ---- when something is wrong


def not_yours(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: it exists and belongs to a colleague, or it is not for this role. What the gate refused is in the log already."""
    household = getattr(exception, "household", None)
    if not isinstance(exception, access.NotYours) and request.user.is_authenticated and request.resolver_match:
        access.record(action=access.Action.DENIED, event=request.resolver_match.view_name, by=request.user)
    context: dict = {"household": household}
    if household is not None and request.user.is_authenticated:
        team, opened = household.team_id, Household.objects.visible_to(request.user).filter(pk=household.pk).exists()
        context |= {
            "coordinates": request.user.pk in household.coordinated_today,
            "reading_only": opened,
            "can_break_glass": not opened and team in request.user.team_keys(household.opened_with),
            "can_hand_over": team in request.user.team_keys(Permission.HAND_OVER),
        }
    return render(request, "desk/not_yours.html", context, status=403)


def not_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, the same for what does not exist and for what may not be known."""
    return render(request, "desk/not_here.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the page was open too long, or cookies are off. Going back keeps what was typed."""
    return render(request, "desk/csrf.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """500: needs no database and no login."""
    return render(None, "desk/broken.html", status=500)
