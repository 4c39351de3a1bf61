"""Looking back, in one form: each goal, what they give it, what stays and what changes, and when again."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText
from config.workdays import add_workdays, months_after
from households.models import Resident
from plans.models import GoalResult, SupportPlan

REFUSED = "no"
MARKS = [("", _("Not asked")), *((str(one), str(one)) for one in range(10, 0, -1)), (REFUSED, _("Does not want to give one"))]  # fmt: skip


class EvaluationForm(forms.Form):
    held_on = DayField(label=_("When did you look back?"), error_messages={"required": _("Choose a day.")})
    present = forms.CharField(
        label=_("Who were there?"),
        max_length=300,
        error_messages={"required": _("Write who were there.")},
    )
    keep = LongText(label=_("What do we keep?"), required=False, rows=2)
    change = LongText(label=_("What do we change?"), required=False, rows=2)
    next_on = DayField(label=_("When do you look back again?"), required=False)
    last = forms.BooleanField(
        label=_("This was the last time: we are going to close"),
        required=False,
    )

    def __init__(self, *args, plan: SupportPlan, residents: list[Resident], **kwargs):
        today = timezone.localdate()
        following = add_workdays(months_after(today, settings.EVALUATE_EVERY_MONTHS), 0)
        kwargs.setdefault("initial", {"held_on": today, "next_on": following})
        super().__init__(*args, **kwargs)
        self.plan, self.goals, self.residents = plan, list(plan.goals.all()), residents
        for goal in self.goals:
            self.fields[f"result-{goal.pk}"] = forms.ChoiceField(
                label=_("Reached?"),
                choices=GoalResult.Result.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose how far this goal has come.")},
            )
            self.fields[f"words-{goal.pk}"] = LongText(label=_("In their own words"), required=False, rows=2)
        for resident in residents:
            self.fields[f"mark-{resident.pk}"] = forms.ChoiceField(
                label=_("Mark of %(name)s") % {"name": resident.first_name}, choices=MARKS, required=False
            )
            self.fields[f"said-{resident.pk}"] = forms.CharField(
                label=_("What does %(name)s say?") % {"name": resident.first_name}, max_length=500, required=False
            )

    @property
    def of_goals(self) -> list[tuple]:
        return [(goal, self[f"result-{goal.pk}"], self[f"words-{goal.pk}"]) for goal in self.goals]

    @property
    def of_residents(self) -> list[tuple]:
        return [(self[f"mark-{one.pk}"], self[f"said-{one.pk}"]) for one in self.residents]

    def clean_held_on(self):
        day, began = self.cleaned_data["held_on"], timezone.localdate(self.plan.made_at)
        if not began <= day <= timezone.localdate():
            raise ValidationError(_("Choose a day from the beginning of the plan until today."))
        return day

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        asked = [cleaned.get(f"mark-{one.pk}") for one in self.residents]
        if self.residents and not any(asked):
            self.add_error(
                f"mark-{self.residents[0].pk}",
                _("Ask at least one of them for a mark. Who does not want to give one may say so."),
            )
        following, held_on = cleaned.get("next_on"), cleaned.get("held_on")
        if not cleaned.get("last") and "next_on" not in self.errors:
            if following is None:
                self.add_error("next_on", _("Choose the day of the next time, or tick that this was the last time."))
            elif following <= max(held_on or following, timezone.localdate()):
                self.add_error("next_on", _("Choose a day after today."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        given = {one: cleaned[f"mark-{one.pk}"] for one in self.residents if cleaned[f"mark-{one.pk}"]}
        return {name: cleaned[name] for name in ("held_on", "present", "keep", "change")} | {
            "next_on": None if cleaned["last"] else cleaned["next_on"],
            "results": {goal: (cleaned[f"result-{goal.pk}"], cleaned[f"words-{goal.pk}"]) for goal in self.goals},
            "marks": {
                one: (None if mark == REFUSED else int(mark), cleaned[f"said-{one.pk}"]) for one, mark in given.items()
            },
        }
