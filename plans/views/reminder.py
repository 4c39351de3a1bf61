"""Reminding somebody by hand: a resident or somebody close, in the way this person wants."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from households import access
from partners.requests import TeamRequest
from plans import actions
from plans.models import Action

ACTIONS = Action.objects.with_owner().select_related("goal__plan__household__team")


@require_http_methods(["GET", "POST"])
def remind(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """How to reach who does this; and that a colleague did."""
    action = access.load(
        request, ACTIONS, rule="changeable_by", pk=pk, goal__plan__household__number=number, event="remind"
    )
    if action.owner_professional_id:
        raise Http404  # a professional is mailed, or sees it on the first page
    if request.method == "POST":
        actions.remind_by_hand(action=action, by=request.user)
        messages.success(request, _("Written down that %(name)s was reminded.") % {"name": action.owner_name})
        return redirect("desk:my_day")
    household = action.household
    member = household.members.select_related("resident").filter(resident=action.owner_resident_id).first()
    context = {
        "household": household,
        "action": action,
        "member": member,
        "phone": (member.phone if member else "") or getattr(action.owner, "phone", ""),
        "heard": action.reminders.filter(due_on=action.due_on).select_related("told_by").first(),
    }
    return render(request, "plans/remind.html", context)
