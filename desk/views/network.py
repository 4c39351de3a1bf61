"""The network of a household: the picture, the table, and both on paper."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from config import printing
from desk import network as networks
from desk.forms.network import NetworkForm
from households import access
from partners.requests import TeamRequest


@require_GET
def network(request: TeamRequest, number: str) -> HttpResponse:
    """On one day, or two days beside each other."""
    household = access.load_household(request, number, event="network")
    form = NetworkForm(request.GET or None)
    context = networks.context_of(household, form.days) | {"form": form}
    return render(request, "desk/network.html", context, status=422 if form.errors else 200)


@require_GET
def network_pdf(request: TeamRequest, number: str) -> HttpResponse:
    household = access.load_household(request, number, action=access.Action.PRINT, event="print network")
    form = NetworkForm(request.GET or None)
    if form.errors:
        return redirect(f"{reverse('desk:network', args=[number])}?{request.GET.urlencode()}")
    return printing.answer(networks.on_paper(household, form.days), f"netwerk-{household.number}")
