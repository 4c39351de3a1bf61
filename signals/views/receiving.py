"""Where another organisation reads what was passed on, and takes it over or gives it back. No account: an own address, and
a code by mail."""

from functools import partial

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from config import reading
from config.crypto import normal_token
from config.forms import CodeForm
from config.limits import too_many
from households import access
from signals import actions
from signals.forms import ReturnForm
from signals.forwarding import names_people
from signals.models import Forward

READING = "forwarded"  # in the session: what this browser reads


@login_not_required
@require_http_methods(["GET", "POST"])
def forwarded(request: HttpRequest, token: str) -> HttpResponse:
    """What was passed on, after a one-time code. Before that: the door, and nothing about the signal."""
    asked = passed_on(token)
    if asked is None:
        return no_address(request)
    if may_read(request, asked):
        return page(request, asked)
    form = CodeForm(request.POST or None)
    if reading.comes_in(request, READING, asked, form, opens=partial(actions.open_forward, forward=asked)):
        return redirect("signals:forwarded", token=token)
    return door(request, asked, form, status=422 if form.errors else 200)


@login_not_required
@require_POST
def forwarded_code(request: HttpRequest, token: str) -> HttpResponse:
    """Mail a code to the address that the team wrote down."""
    asked = passed_on(token)
    if asked is None:
        return no_address(request)
    if too_many(request, what="forwarded", rate="3/m", of=str(asked.pk)):
        return door(request, asked, CodeForm(), slow_down=True, status=429)
    actions.send_forward_code(forward=asked)
    return reading.mailed(reverse("signals:forwarded", args=[token]))


@login_not_required
@require_POST
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """We take this over."""
    asked = passed_on(token)
    if asked is None:
        return no_address(request)
    if may_read(request, asked) and asked.waits:
        try:
            actions.accept_forward(forward=asked)
        except actions.NotAsked:
            return no_address(request)
    return redirect("signals:forwarded", token=token)


@login_not_required
@require_POST
def give_back(request: HttpRequest, token: str) -> HttpResponse:
    """We do not take this over, and why. After that there is nothing to read any more."""
    asked = passed_on(token)
    if asked is None:
        return no_address(request)
    if not may_read(request, asked):
        reading.keep(request, READING, asked.pk, "because")
        return redirect("signals:forwarded", token=token)
    if not asked.waits:
        return redirect("signals:forwarded", token=token)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return page(request, asked, form)
    try:
        actions.return_forward(forward=asked, because=form.cleaned_data["because"])
    except actions.NotAsked:
        return no_address(request)
    reading.leave(request, READING)
    return render(request, "signals/given_back.html", {"team": asked.signal.team, "colleague": asked.forwarded_by})


@login_not_required
@require_POST
def leave_forwarded(request: HttpRequest, token: str) -> HttpResponse:
    """Done reading: who comes after at this browser has to prove who it is."""
    reading.leave(request, READING)
    return redirect("signals:forwarded", token=token)


# ---- what the views share


def passed_on(token: str) -> Forward | None:
    found = Forward.objects.by_token(normal_token(token))
    return found.select_related("signal__team", "signal__household", "organisation", "forwarded_by").first()


def may_read(request: HttpRequest, asked: Forward) -> bool:
    return reading.goes_on(request, READING, asked.pk)


def door(request: HttpRequest, asked: Forward, form: CodeForm, *, status: int = 200, **said: bool) -> HttpResponse:
    """`said`: that it comes too fast, `slow_down`."""
    context = {
        "sent": reading.MAILED in request.GET,
        "asked": asked,
        "team": asked.signal.team,
        "form": form,
        "locked": asked.is_locked,
        "kept": reading.keeps(request, READING, asked.pk),
    } | said
    return render(request, "signals/forwarded_door.html", context, status=status)


def page(request: HttpRequest, asked: Forward, form: ReturnForm | None = None) -> HttpResponse:
    """What was passed on. Names only as long as somebody agrees to that."""
    access.record(
        action=access.Action.VIEW,
        event="read forward",
        about=asked.signal,
        by=None,
        role=access.RECEIVER,
        organisation=asked.organisation,
        basis=asked.ground,
    )
    named = names_people(asked)
    kept = reading.kept(request, READING, asked.pk)
    context = {
        "asked": asked,
        "signal": asked.signal,
        "team": asked.signal.team,
        "colleague": asked.forwarded_by,
        "phone": asked.forwarded_by.phone or asked.signal.team.phone,
        "named": named,
        "taken_back": asked.what == Forward.What.WITH_NAMES and not named,
        "kept": kept,
        "form": form or ReturnForm(initial=kept),
        "safe_home": settings.SAFE_HOME_PHONE,
    }
    return render(request, "signals/forwarded.html", context, status=422 if form else 200)


def no_address(request: HttpRequest) -> HttpResponse:
    """One and the same page for an address that is unknown, over, answered or taken back."""
    return render(request, "signals/no_forwarded.html", {"phone": settings.PHONE}, status=404)
