"""Two households that turn out to be one: somebody proposes it, somebody else agrees."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from desk.forms.merging import MINE, AgreeForm, DeclineMergingForm, ProposeMergingForm
from desk.merging import merge
from households import access, actions
from households.alike import Wanted
from households.apart import other_adults
from households.models import Household, Merging
from partners.models import Professional
from partners.requests import TeamRequest

MERGINGS = Merging.objects.select_related(
    "mine__team", "mine__coordinator", "theirs__team", "theirs__coordinator", "theirs__deputy", "asked_by"
)


@require_http_methods(["GET", "POST"])
def propose_merging(request: TeamRequest, number: str) -> HttpResponse:
    """Which other household is this one, and who goes on?"""
    household = access.work_on_household(request, number, event="household")
    asked = household.mergings_proposed.select_related("theirs__coordinator").first()
    if asked and "take_back" in request.POST:
        try:
            actions.take_back_merging(merging=asked, by=request.user)
            messages.success(request, _("Taken back. It stays as it was."))
        except actions.NotYoursToAgree:
            messages.warning(request, _("This has changed in the meantime."))
        return redirect("desk:propose_merging", number=number)
    form = ProposeMergingForm(
        request.POST or None, household=household, by=request.user, initial={"number": request.GET.get("met", "")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.propose_merging(
                mine=household,
                theirs=form.cleaned_data["number"],
                keeps_mine=form.cleaned_data["keeps"] == MINE,
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        except actions.MustStayApart:
            form.add_error("number", stay_apart(form.cleaned_data["number"], request.user))
        except actions.NotYoursToAgree:
            form.add_error(None, _("You asked this already, and wait for an answer."))
        else:
            messages.success(request, _("Asked. Nothing changes before somebody else agrees."))
            return redirect("desk:household", number=household.number)
    wanted = Wanted(household.name, household.shown_address)
    alike = access.suggest_households(request.user, wanted, team=household.team) if request.method == "GET" else []
    context = {
        "household": household,
        "form": form,
        "alike": [one for one in alike if one != household][:8],
        "asked": None if asked and asked.taken_back else asked,
    }
    return render(request, "desk/propose_merging.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def answer_merging(request: TeamRequest, pk: int) -> HttpResponse:
    """Read why, and agree or say no. Of the other household no more is shown than its name and number."""
    merging: Merging = access.load(request, MERGINGS, rule="asked_of", event="read merging", pk=pk)
    others = other_adults(merging.mine, merging.theirs)
    says_no = "no" in request.POST
    agree = AgreeForm(request.POST if "yes" in request.POST else None, other_adults=others)
    decline = DeclineMergingForm(request.POST if says_no else None)
    try:
        if decline.is_bound and decline.is_valid():
            actions.decline_merging(merging=merging, reason=decline.cleaned_data["reason"], by=request.user)
            messages.success(request, _("They stay two. %(name)s reads why.") % {"name": merging.asked_by})
            return redirect("desk:my_day")
        if agree.is_bound and agree.is_valid():
            kept = merge(merging=merging, by=request.user)
            messages.success(
                request, _("Put together. The number %(number)s leads to it too.") % {"number": merging.other.number}
            )
            return (
                redirect("desk:household", number=kept.number)
                if kept.coordinator == request.user
                else redirect("desk:my_day")
            )
    except actions.MustStayApart:
        agree.add_error(None, stay_apart(merging.mine, request.user))
    except actions.NotYoursToAgree:
        messages.warning(request, _("This has changed in the meantime."))
        return redirect("desk:my_day")
    context = {"merging": merging, "agree_form": agree, "decline_form": decline, "other_adults": others}
    refused = request.method == "POST"
    return render(request, "desk/answer_merging.html", context, status=422 if refused else 200)


def stay_apart(other: Household, professional: Professional) -> str:
    if other.coordinator == professional:
        return _("These two are not put together: perhaps the people live apart on purpose.")
    return _(
        "These two are not put together: perhaps the people live apart on purpose. Talk about it with %(name)s, %(phone)s."
    ) % {"name": other.coordinator, "phone": other.coordinator.phone or other.team.phone}
