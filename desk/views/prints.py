"""Large papers: asking for one, waiting for it without a browser that hangs, and fetching it."""

import logging

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from kombu.exceptions import OperationalError

from config import printing
from config.fragments import show
from desk.awaited import awaited, wait_for, wait_no_more
from desk.forms.prints import DossierForm, RequestForm, basis_of
from desk.tasks import make_print
from desk.week import households_this_week
from households import access, actions
from households.models import Household, HouseholdMember, Print, Resident
from partners.permissions import Permission
from partners.requests import TeamRequest, needs

log = logging.getLogger(__name__)
STOP_ASKING = 286  # to htmx


@require_GET
def prints(request: TeamRequest) -> HttpResponse:
    """What this person asked for in the last day."""
    asked = Print.objects.visible_to(request.user).select_related("resident").defer("file", "to_check")
    context = {"prints": asked, "coordinates": request.user.can(Permission.COORDINATE)}
    return render(request, "desk/prints.html", context)


@require_POST
@needs(Permission.COORDINATE)
def week(request: TeamRequest) -> HttpResponse:
    """All own plans in which something is due this week, in one file."""
    households = households_this_week(request.user)
    if not households:
        messages.warning(request, _("In none of your households something is due this week."))
        return redirect("desk:prints")
    asked = actions.ask_print(kind=Print.Kind.WEEK, households=households, by=request.user, make=begin)
    return to_wait_for(request, asked)


@require_http_methods(["GET", "POST"])
def dossier(request: TeamRequest, number: str) -> HttpResponse:
    """What we know of one resident, for that resident: by the coordinator, also when the household is closed."""
    household = access.load_household(request, number, rule="coordinated_by", event="dossier")
    form = DossierForm(request.POST or None, household=household)
    if request.method == "POST" and form.is_valid():
        return started(request, form.cleaned_data["member"], basis_of(form.cleaned_data["asked_on"]))
    context = {"household": household, "form": form}
    return render(request, "desk/dossier_ask.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.READ_REGISTERS)
def request_of(request: TeamRequest) -> HttpResponse:
    """The same by the privacy officer, who sees no household: who knows number and name of who asks, has the request."""
    form = RequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.member:
        return started(request, form.member, basis_of(form.cleaned_data["asked_on"]))
    return render(request, "desk/dossier_ask.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def print_(request: TeamRequest, pk: int) -> HttpResponse:
    """How far it is. The page looks again by itself where there is a script, and that is a look when it is ready; where there
    is none, by a link."""
    asked = access.looks_again(request, Print.objects.waiting().defer("file"), pk=pk)
    asked = asked or mine(request, pk, event="print")
    if not asked.waits:
        wait_no_more(request, asked)
    return show(request, "desk/print.html", {"asked": asked})


@require_GET
def ready(request: TeamRequest) -> HttpResponse:
    """What a page asks by itself while somebody waits: nothing new, or the notice, after which it need not ask again."""
    if not request.htmx:
        return redirect("desk:prints")
    waited = awaited(request)
    if any(one.waits for one in waited):
        return HttpResponse(status=204)
    return render(request, "desk/prints_ready.html", {"awaited": waited}, status=STOP_ASKING)


@require_GET
def file(request: TeamRequest, pk: int) -> HttpResponse:
    asked = mine(request, pk, event="print", with_file=True)
    if not asked.is_ready:
        return redirect("desk:print", pk)
    wait_no_more(request, asked)
    return printing.answer(
        actions.fetch_print(asked=asked, by=request.user), f"{asked.kind.lower()}-{asked.pk}", to_keep=True
    )


# ---- what the views share


def started(request: TeamRequest, member: HouseholdMember, basis: str) -> HttpResponse:
    resident: Resident = member.resident
    household: Household = member.household
    asked = actions.ask_print(
        kind=Print.Kind.DOSSIER, households=[household], resident=resident, by=request.user, make=begin, basis=basis
    )
    return to_wait_for(request, asked)


def to_wait_for(request: TeamRequest, asked: Print) -> HttpResponse:
    """To the page that says how far it is; on any other page comes a notice when it is ready."""
    wait_for(request, asked)
    return redirect("desk:print", asked.pk)


def begin(key: int) -> None:
    """Ask a worker. With a dead broker the paper waits: beat asks again."""
    try:
        make_print.delay(key)
    except OperationalError:
        log.warning("The broker is away; a print waits")


def mine(request: TeamRequest, pk: int, *, event: str, with_file: bool = False) -> Print:
    """Raises Http404 for the paper of somebody else, one that is gone, or one with a household that is not theirs any more."""
    prints = Print.objects.select_related("resident")
    return access.load(request, prints if with_file else prints.defer("file"), event=event, pk=pk)
