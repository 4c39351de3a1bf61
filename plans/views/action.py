"""The actions on the card of a goal."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from config.fragments import done, show
from households import access
from partners.requests import TeamRequest
from plans import actions, workflow
from plans.forms.action import ActionForm
from plans.models import Action
from plans.views.shared import GOALS, card, place

ACTIONS = Action.objects.with_owner().select_related("goal__plan__household__coordinator")


@require_http_methods(["GET", "POST"])
def add_action(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    goal = access.load(
        request, GOALS, rule="changeable_by", pk=pk, plan__household__number=number, event="goal", often=True
    )
    form = ActionForm(request.POST or None, household=goal.household, auto_id=f"actie-{goal.pk}-%s")
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            action = actions.add_action(goal=goal, owner=form.chosen_owner(), by=request.user, **written(form))
        return written_down(request, action)
    return show(request, "plans/goal.html", card(goal) | {"action_form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change_action(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    action = access.load(
        request, ACTIONS, rule="changeable_by", pk=pk, goal__plan__household__number=number, event="goal", often=True
    )
    form = ActionForm(
        request.POST or None, household=action.household, action=action, auto_id=f"actie-{action.goal_id}-%s"
    )
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                actions.change_action(
                    action=action,
                    owner=form.chosen_owner(),
                    by=request.user,
                    goal=form.cleaned_data["goal"],
                    seen=form.cleaned_data["seen"],
                    **written(form),
                )
            return written_down(request, action)
        except actions.NotTogether:
            form.add_error("waits_for", _("That action waits for this one already. Choose another one."))
        except actions.WrittenMeanwhile as meanwhile:
            form.show_theirs(meanwhile, fields={"appointment": "weekday"})
    context = card(action.goal) | {"action_form": form, "changing": action}
    return show(request, "plans/goal.html", context, status=422 if form.errors else 200)


@require_POST
def move_action(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """One step further: accepted, done, dropped, or back."""
    action = access.load(
        request, ACTIONS, rule="changeable_by", pk=pk, goal__plan__household__number=number, event="goal", often=True
    )
    try:
        actions.move_action(action=action, to=Action.Status(request.POST.get("to", "")), by=request.user)
    except (workflow.NotAllowed, ValueError):
        messages.warning(request, _("This action has changed in the meantime."))
    return written_down(request, action)


def written_down(request: TeamRequest, action: Action) -> HttpResponse:
    """The card of its goal; and when it does not fit with something else, that is said at once."""
    context = card(action.goal)
    if action.pk in context["clashing"]:
        messages.warning(request, _("This does not fit with something else in the plan. Look at it before you go on."))
    return done(request, "plans/goal.html", context, back_to=place(action.goal))


def written(form: ActionForm) -> dict[str, Any]:
    names = ("what", "due_on", "rhythm", "practical", "tier", "frame", "waits_for")
    facts = {name: form.cleaned_data[name] for name in names}
    return facts | {"aim": form.cleaned_data.get("aim"), "appointment": form.appointment()}
