"""Somebody who stands in a household twice."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from households import access, actions
from households.forms.people import JoinForm
from households.views.cards import member_of
from partners.requests import TeamRequest


@require_http_methods(["GET", "POST"])
def join_resident(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """Who else of this household is this very person?"""
    household = access.work_on_household(request, number, event="people")
    member = member_of(household, pk)
    form = JoinForm(request.POST or None, member=member)
    if request.method == "POST" and form.is_valid():
        try:
            actions.join_residents(
                household=household, keep=member.resident, double=form.cleaned_data["double"], by=request.user
            )
        except actions.NotTheSame:
            form.add_error(
                "double",
                _("They can not be one: born on other days, or one decides about the other. Look at both first."),
            )
        else:
            messages.success(request, _("%(name)s stands here once now.") % {"name": member.resident.first_name})
            return redirect(f"{reverse('desk:household', args=[number])}#bewoners")
    context = {"household": household, "member": member, "form": form}
    return render(request, "households/join.html", context, status=422 if form.errors else 200)
