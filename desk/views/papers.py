"""Printing: which paper, what it asks, a look at its first page, and the paper itself."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from config import printing
from config.fragments import show
from desk.forms.papers import PaperForm
from desk.papers import PAPERS, Kind, NoPlan, for_a_worker, running
from desk.views.prints import begin, to_wait_for
from households import access, actions
from households.models import Household, Print
from partners.requests import TeamRequest
from plans.models import SupportPlan
from plans.paper_code import plan_key


@require_GET
def papers(request: TeamRequest, number: str) -> HttpResponse:
    """Everything that can be printed here, with the first page of what was chosen beside it."""
    household = access.load_household(request, number, event="papers")
    has_plan = running(household).exists()
    first = Kind.KITCHEN if has_plan else Kind.GUIDE
    form = PaperForm(request.GET if "soort" in request.GET else {"soort": first}, household=household)
    lacks_plan = form.paper.of_plan and not has_plan
    begun = "soort" in request.GET and any(field.data for field in form.asked)
    ready = form.is_valid() and not lacks_plan
    if not begun:  # nothing is wrong yet
        for field in form.asked:
            form.errors.pop(field.name, None)
    context = {
        "household": household,
        "form": form,
        "has_plan": has_plan,
        "lacks_plan": lacks_plan,
        "begun": begun,
        "ready": ready,
        "for_a_worker": for_a_worker(household, form.kind),
    }
    return show(request, "desk/papers.html", context, status=200)


@require_GET
def paper(request: TeamRequest, number: str, kind: str) -> HttpResponse:
    """The paper. What is wrong in the choice is said on the page where it was made."""
    if kind not in Kind.values:
        raise Http404
    household = access.load_household(request, number, action=access.Action.PRINT, event=PAPERS[kind].event)
    if for_a_worker(household, kind):
        asked = Print.objects.just_asked(household, by=request.user).first() or actions.ask_print(
            kind=Print.Kind.PLAN, households=[household], by=request.user, make=begin
        )
        return to_wait_for(request, asked)
    file = made(request, household, kind)
    if file is None:
        return back(request, household, kind)
    return printing.answer(file, f"{kind}-{household.number}")


@require_GET
def preview(request: TeamRequest, number: str, kind: str) -> HttpResponse:
    """The first page as a picture."""
    if kind not in Kind.values:
        raise Http404
    household = access.load_household(request, number, event="look at paper")
    file = None if for_a_worker(household, kind) else made(request, household, kind)
    if file is None:
        raise Http404
    return HttpResponse(printing.first_page(file), content_type="image/png")


@require_GET
def by_code(request: TeamRequest, code: str) -> HttpResponse:
    """From the code on a printed plan to the page where what was written on it goes back. It opens nothing by itself."""
    plans = SupportPlan.objects.select_related("household")
    plan = access.load(request, plans, rule="changeable_by", event="from paper", pk=plan_key(code) or 0)
    return redirect("plans:from_paper", plan.household.number)


# ---- what the views share


def made(request: TeamRequest, household: Household, kind: str) -> bytes | None:
    """None when something that it needs is not there."""
    form = PaperForm(request.GET.dict() | {"soort": kind}, household=household)
    if not form.is_valid():
        return None
    try:
        return PAPERS[kind].make(household, form.cleaned_data)
    except NoPlan:
        return None


def back(request: TeamRequest, household: Household, kind: str) -> HttpResponse:
    chosen = {name: value for name, value in request.GET.items() if name != "soort"}
    return redirect(f"{reverse('desk:papers', args=[household.number])}?{urlencode({'soort': kind} | chosen)}")
