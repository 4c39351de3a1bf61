"""The side of a resident: the own plan, what the resident agreed to, and who looked. No account: an own address, and a code
by mail each time."""

from collections.abc import Callable
from functools import partial, wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import reading
from config.crypto import normal_token
from config.forms import CodeForm
from config.limits import too_many
from households import access, actions, consent_card, seen
from households.models import OwnPage
from plans.agreeing import own_signature
from plans.models import SafetyPlan
from plans.pdf import content

READING = "own-page"  # in the session: which own pages this browser reads
Behind = Callable[[HttpRequest, OwnPage], HttpResponse]


def behind_the_door(view: Behind) -> Callable[[HttpRequest, str], HttpResponse]:
    """For who typed a code; everybody else comes at the door."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        page = access.own_page(normal_token(token))
        if page is None:
            return no_page(request)
        if not may_read(request, page):
            return redirect("desk:own_page", token=token)
        return view(request, page)

    return guarded


@login_not_required
@require_http_methods(["GET", "POST"])
def own_page(request: HttpRequest, token: str) -> HttpResponse:
    """The plan and the consents, after a one-time code. Before that: the door, and nothing about whom it is."""
    page = access.own_page(normal_token(token))
    if page is None:
        return no_page(request)
    if may_read(request, page):
        return plan(request, page)
    form = CodeForm(request.POST or None)
    if reading.comes_in(request, READING, page, form, opens=partial(actions.open_own_page, page=page)):
        return redirect("desk:own_page", token=token)
    return door(request, page, form, status=422 if form.errors else 200)


@login_not_required
@require_POST
def own_code(request: HttpRequest, token: str) -> HttpResponse:
    """Mail a one-time code to the address that the team knows."""
    page = access.own_page(normal_token(token))
    if page is None:
        return no_page(request)
    if too_many(request, what="own-page", rate="3/m", of=str(page.pk)):
        return door(request, page, CodeForm(), slow_down=True, status=429)
    actions.send_own_code(page=page)
    return reading.mailed(reverse("desk:own_page", args=[token]))


@login_not_required
@require_GET
@behind_the_door
def who_looked(request: HttpRequest, page: OwnPage) -> HttpResponse:
    """Who has seen the details of this resident, newest first."""
    household = access.read_own_page(page, event="own page who looked")
    entries = seen.on_own_page(household, page.member.resident)
    context = context_of(page) | {"page": Paginator(entries, 50).get_page(request.GET.get("blad"))}
    return render(request, "desk/own_page/who_looked.html", context)


@login_not_required
@require_POST
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Done reading: who comes after at this browser has to prove who it is."""
    reading.leave(request, READING)
    return redirect("desk:own_page", token=token)


# ---- what the views share


def may_read(request: HttpRequest, page: OwnPage) -> bool:
    return reading.goes_on(request, READING, page.pk)


def plan(request: HttpRequest, page: OwnPage) -> HttpResponse:
    household = access.read_own_page(page, event="own page")
    plan = household.plans.open().in_full().first()
    context = context_of(page) | {
        "plan": content(plan, reader=page.member.resident) if plan else None,
        "asked": own_signature(plan, page.member.resident),
        "safety": SafetyPlan.objects.read_by(page.member).exists(),
        "agreed": consent_card.agreed(household, of=page.member.resident),
    }
    return render(request, "desk/own_page/plan.html", context)


def door(request: HttpRequest, page: OwnPage, form: CodeForm, *, status: int = 200, **said: bool) -> HttpResponse:
    """`said`: that it comes too fast, `slow_down`."""
    context = {
        "sent": reading.MAILED in request.GET,
        "token": page.token,
        "team": page.member.household.team,
        "form": form,
        "locked": page.is_locked,
    } | said
    return render(request, "desk/own_page/door.html", context, status=status)


def context_of(page: OwnPage) -> dict:
    household = page.member.household
    return {
        "token": page.token,
        "resident": page.member.resident,
        "team": household.team,
        "coordinator": household.coordinator,
        "deputy": household.deputy if household.has_deputy else None,
        "deputy_until": household.deputy_until,
        "phone": household.called_today.phone or household.team.phone,
        "ends_on": page.ends_on,
    }


def no_page(request: HttpRequest) -> HttpResponse:
    """One and the same page for an address that is unknown, over or closed."""
    return render(request, "desk/own_page/no_page.html", {"phone": settings.PHONE}, status=404)
