from itertools import groupby

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from config.forms import choices_of
from households.domains import LifeDomain
from households.models import Household
from plans.actions import Owner
from plans.models import Action, Aim, Goal
from plans.models.action import Frame, Tier, tier_of
from plans.workflow import OPEN


class PlaceInPlan(forms.Form):
    """What kind of help an action is, and how it stands to the rest of the plan. All of it may stay empty."""

    tier = forms.ChoiceField(
        label=_("What kind of help is it?"),
        choices=[("", _("As it follows from who does it")), *Tier.choices],
        required=False,
    )
    frame = forms.ChoiceField(label=_("Under which law?"), choices=[("", _("None")), *Frame.choices], required=False)
    aim = forms.ModelChoiceField(
        Aim.objects.none(),
        label=_("What is it aimed at?"),
        required=False,
        error_messages={"invalid_choice": _("Choose something from the list.")},
        help_text=_("From the list of the team. So it shows when two actions work against each other."),
    )
    waits_for = forms.ModelChoiceField(
        Action.objects.none(),
        label=_("Does it wait for another action?"),
        required=False,
        empty_label=_("No, it can begin"),
        error_messages={"invalid_choice": _("Choose an action of this plan.")},
    )
    goal = forms.ModelChoiceField(
        Goal.objects.none(),
        label=_("Under which goal?"),
        required=False,
        empty_label=None,
        error_messages={"invalid_choice": _("Choose a goal of this plan.")},
    )

    def put_in_place(self, household: Household, action: Action | None) -> None:
        """Only what is of this plan and this team can be chosen."""
        aims = list(Aim.objects.filter(team=household.team_id))
        if aims:
            choices_of(self, "aim").queryset = Aim.objects.filter(team=household.team_id)
            choices_of(self, "aim").choices = [
                ("", _("Nothing of the list")),
                *(
                    (LifeDomain(domain).label, [(aim.pk, aim.words) for aim in of_domain])
                    for domain, of_domain in groupby(aims, key=lambda aim: aim.domain)
                ),
            ]
        else:
            del self.fields["aim"]
        others = Action.objects.filter(goal__plan__household=household).exclude(goal__plan__status="CLOSED")
        if action:
            others = others.filter(goal__plan=action.goal.plan_id).exclude(pk=action.pk)
        choices_of(self, "waits_for").queryset = others
        choices_of(self, "waits_for").choices = lambda: [("", _("No, it can begin")), *to_wait_for(others, action)]
        if action:
            goals = Goal.objects.filter(plan=action.goal.plan_id)
            choices_of(self, "goal").queryset = goals
            choices_of(self, "goal").choices = lambda: [
                (key, f"{rank}. {title}") for key, rank, title in goals.values_list("pk", "rank", "title")
            ]
        else:
            del self.fields["goal"]

    def check_tier(self, owner: Owner | None) -> None:
        """`owner` is None for somebody who is written down right here: a professional."""
        tier = self.cleaned_data.get("tier", "")
        fits = {Tier.PROFESSIONAL, Tier.VOLUNTEER} if owner is None else kinds_of(owner)
        if tier and tier not in fits | {Tier.GENERAL, Tier.TAILORED}:
            self.add_error(
                "tier", ValidationError(_("This does not fit who does it. Choose another kind, or nothing."))
            )


def to_wait_for(others: QuerySet[Action], action: Action | None) -> list[tuple[int, str]]:
    """The open ones, and what it waits for already. Asked only where they are shown."""
    awaited = Q(pk=action.waits_for_id) if action else Q(pk=None)
    rows = others.filter(Q(status__in=OPEN) | awaited).order_by("goal__rank", "rank", "due_on", "pk")
    return [(key, f"{rank}. {what}") for key, rank, what in rows.values_list("pk", "goal__rank", "what")]


def kinds_of(owner: Owner) -> set[Tier]:
    tier = tier_of(owner)
    return {Tier.PROFESSIONAL, Tier.VOLUNTEER} if tier in (Tier.PROFESSIONAL, Tier.VOLUNTEER) else {tier}


def known_place(action: Action) -> dict:
    return {
        "tier": action.tier,
        "frame": action.frame,
        "aim": action.aim_id,
        "waits_for": action.waits_for_id,
        "goal": action.goal_id,
    }
