"""How it goes, over time: the life domains as they were talked about, and the marks of residents themselves."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from households import access, actions, charts
from households.forms.marks import SaidMarksForm
from households.views.cards import member_of
from partners.requests import TeamRequest


@require_GET
def levels(request: TeamRequest, number: str) -> HttpResponse:
    """A small picture for each life domain and each side of a life, each with its table."""
    household = access.load_household(request, number, event="levels")
    context = {
        "household": household,
        "domains": charts.of_domains(household),
        "own": charts.of_own_marks(household),
        "members": household.members.select_related("resident") if request.user.pk in household.worked_on_by else [],
    }
    return render(request, "households/levels.html", context)


@require_http_methods(["GET", "POST"])
def said_marks(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """The marks that a resident says: not everybody has, or wants, an own page."""
    household = access.work_on_household(request, number, event="levels")
    member = member_of(household, pk)
    form = SaidMarksForm(request.POST or None, auto_id="cijfer-%s")
    if request.method == "POST" and form.is_valid():
        actions.note_own_marks(member=member, marks=form.marks(), said_on=form.cleaned_data["said_on"], by=request.user)
        messages.success(request, _("Saved."))
        return redirect(f"{reverse('households:levels', args=[number])}#zelf")
    context = {"household": household, "member": member, "form": form}
    return render(request, "households/said_marks.html", context, status=422 if form.errors else 200)
