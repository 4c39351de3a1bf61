"""The actions of a plan by who does them."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from households import access
from partners.requests import TeamRequest
from plans.actions import Owner
from plans.forms.listed import ChooseActions
from plans.models import Action
from plans.views.shared import home
from plans.whole import open_plan


@dataclass
class OfOwner:
    owner: Owner
    kind: str
    actions: list[Action]


@require_GET
def actions(request: TeamRequest, number: str) -> HttpResponse:
    """Whoever can be asked for something sees at once what that person does already."""
    household = access.load_household(request, number, event="household")
    the_plan = open_plan(household)
    if the_plan is None:
        return redirect(f"{home(household)}#plan")
    rows = [action for goal in the_plan.goals.all() for action in goal.actions.all()]
    form = ChooseActions(request.GET, actions=rows)
    context = {
        "household": household,
        "form": form,
        "groups": by_owner(form.found()),
        "chosen": any(request.GET.values()),
    }
    return render(request, "plans/listed.html", context, status=422 if form.errors else 200)


def by_owner(actions: list[Action]) -> list[OfOwner]:
    """The household first, then who is close, then professionals; of each what is due first stands first."""
    groups: dict[Owner, OfOwner] = {}
    for action in sorted(actions, key=lambda one: (Action.Kind.values.index(one.kind), one.due_on, one.pk)):
        groups.setdefault(action.owner, OfOwner(action.owner, action.kind, [])).actions.append(action)
    return sorted(groups.values(), key=lambda one: (Action.Kind.values.index(one.kind), str(one.owner)))
