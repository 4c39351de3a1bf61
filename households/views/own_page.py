"""The coordinator gives a resident an own page, and closes it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from households import access, actions
from households.forms.people import OwnPageForm
from households.views.cards import member_of
from partners.requests import TeamRequest


@require_http_methods(["GET", "POST"])
def own_page(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """Whether this resident has an own page, and the form to give one."""
    household = access.work_on_household(request, number, event="people")
    member = member_of(household, pk)
    form = OwnPageForm(request.POST or None, name=member.resident.first_name)
    if form.is_valid():
        try:
            actions.give_own_page(member=member, by=request.user)
            messages.success(request, _("The mail is on its way."))
        except actions.CanNotHaveOwnPage:
            messages.warning(request, _("This has changed in the meantime."))
        return redirect("households:own_page", number=number, pk=pk)
    context = {"household": household, "member": member, "form": form, "own_page": member.own_pages.open().first()}
    return render(request, "households/own_page.html", context, status=422 if form.errors else 200)


@require_POST
def end_own_page(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    household = access.work_on_household(request, number, event="people")
    actions.end_own_page(member=member_of(household, pk), by=request.user)
    messages.success(request, _("Closed. Nobody reads with this address any more."))
    return redirect("households:own_page", number=number, pk=pk)
