"""What the privacy officer (FG) reads: who looked, what was refused, and whether the log is whole. Never what is in a
household: that has a number here, and nothing else. Each look at this is in the log itself."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from desk.forms.log import RegisterForm
from households import access, register
from households.models import LogHead
from partners.permissions import Permission
from partners.requests import TeamRequest, needs

# The registers that stand on the page whoever is asked about, each with its own template, which gets `register`.
SECTIONS: list[tuple[str, Callable[[], Any]]] = [
    ("desk/privacy/chain.html", register.last_check),
    ("desk/privacy/emergencies.html", register.emergencies),
    ("desk/privacy/overrides.html", register.overrides),
    ("desk/privacy/refusals.html", register.refusals),
    ("desk/privacy/totals.html", register.totals),
]


@require_http_methods(["GET", "POST"])
@needs(Permission.READ_REGISTERS)
def privacy(request: TeamRequest) -> HttpResponse:
    """The registers, and the log of one household when its number was sent."""
    form = RegisterForm(request.POST or None)
    household = page = None
    if form.is_valid():
        household = register.household_with(form.cleaned_data["number"])
        if household is None:
            form.add_error("number", _("There is no household with this number."))
        else:
            lines = register.lines_of(household, since=form.cleaned_data["van"], until=form.cleaned_data["tot"])
            page = Paginator(lines, 50).get_page(request.POST.get("blad"))
    access.record(
        action=access.Action.VIEW, event="privacy register", household=household, by=request.user, basis="OVERSIGHT"
    )
    context = {
        "form": form,
        "page": page,
        "number": household.number if household else "",
        "begins": LogHead.objects.begins(household) if household else None,
        "sections": [(template, read()) for template, read in SECTIONS],
    }
    return render(request, "desk/privacy.html", context, status=422 if form.errors else 200)
