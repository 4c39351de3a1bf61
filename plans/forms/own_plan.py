"""A plan of their own: that it was offered, what they choose, what they made, and what of it becomes a goal."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText, in_our_time, not_to_come
from config.workdays import add_workdays, months_after
from households.domains import LifeDomain
from households.models import Household
from partners.models import Professional
from plans.forms.application import WHICH_DAY
from plans.models import OwnPlan
from plans.own_plan import Choice

MOST_MONTHS = 6
SAY_WITHIN = timedelta(weeks=2)
NO_CHILDREN = _(
    "No family group plan is offered here: that is for a household with children, and nobody younger than 18 is written down."
)


def day_to_come(day):
    """Raises ValidationError on a day before today, or one so far away that help would wait for it."""
    known, today = in_our_time(day), timezone.localdate()
    if known and not today <= known <= months_after(today, MOST_MONTHS):
        raise ValidationError(_("Choose today or a later day, within six months."))
    return known


def since_offered(own_plan: OwnPlan, day: date | None) -> date | None:
    """Raises ValidationError on a day before it was offered, or still to come."""
    known = not_to_come(in_our_time(day))
    if known and own_plan.offered_on and known < own_plan.offered_on:
        raise ValidationError(_("It was offered later than that day."))
    return known


class OfferForm(forms.Form):
    """A family group plan is offered first to a household with children. Only where that would harm the child it is not, and
    then it says why."""

    offered = forms.ChoiceField(
        label=_("Was it offered?"),
        choices=[("yes", _("Yes, they were told")), ("no", _("No, it would harm the child"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it was offered.")},
    )
    offered_on = DayField(label=_("Offered on"), required=False)
    told_by = forms.CharField(label=_("By whom"), max_length=120, required=False)
    until = DayField(label=_("Before which day do they say what they want?"), required=False)
    because = LongText(
        label=_("Why would it harm the child?"),
        help_text=_("Only when it was not offered. It stands on no paper."),
        required=False,
        rows=2,
        max_length=1000,
    )

    def __init__(self, *args, household: Household, by: Professional, **kwargs):
        today = timezone.localdate()
        known = {"offered_on": today, "told_by": str(by), "until": add_workdays(today + SAY_WITHIN, 0)}
        kwargs.setdefault("initial", known)
        super().__init__(*args, **kwargs)
        self.has_children = household.members.children().exists()

    def clean_offered_on(self):
        return not_to_come(in_our_time(self.cleaned_data["offered_on"]))

    def clean_until(self):
        return day_to_come(self.cleaned_data["until"])

    def clean(self):
        super().clean()
        if not self.has_children:
            raise ValidationError(NO_CHILDREN)
        said = self.cleaned_data
        needed = {
            "yes": {
                "offered_on": WHICH_DAY["required"], "told_by": _("Write who told it."), "until": WHICH_DAY["required"],
            },
            "no": {"because": _("Write why it would harm the child.")},
        }.get(said.get("offered", ""), {})  # fmt: skip
        for name, sentence in needed.items():
            if not said.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        return said


class ChoiceForm(forms.Form):
    choice = forms.ChoiceField(
        label=_("What do they want?"),
        choices=[
            (Choice.YES, _("They make a plan of their own")),
            (Choice.NO, _("They rather do not")),
            (Choice.WAITS, _("They do not know yet")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what they want.")},
    )
    they_say = LongText(label=_("In their own words"), required=False, rows=2, max_length=1000)
    chosen_on = DayField(label=_("On which day?"), error_messages=WHICH_DAY)
    until = DayField(
        label=_("Until when does it wait?"),
        help_text=_("When they make one, or do not know yet."),
        required=False,
    )

    def __init__(self, *args, own_plan: OwnPlan, **kwargs):
        known = {"they_say": own_plan.they_say, "chosen_on": timezone.localdate(), "until": own_plan.until}
        if own_plan.chosen_on:
            known["choice"] = own_plan.choice
        kwargs.setdefault("initial", known)
        super().__init__(*args, **kwargs)
        self.own_plan = own_plan

    def clean_chosen_on(self):
        return since_offered(self.own_plan, self.cleaned_data["chosen_on"])

    def clean_until(self):
        day = self.cleaned_data["until"]
        return day if day == self.own_plan.until else day_to_come(day)

    def clean(self):
        super().clean()
        waits = self.cleaned_data.get("choice") in (Choice.YES, Choice.WAITS)
        if waits and not self.cleaned_data.get("until") and "until" not in self.errors:
            self.add_error("until", _("Choose until when it waits."))
        return self.cleaned_data


class HandInForm(forms.Form):
    """In words, as a file, or both."""

    made_by = forms.CharField(
        label=_("Who made it?"),
        help_text=_("The family, and who of those close to them."),
        max_length=300,
        error_messages={"required": _("Write who made it.")},
    )
    made_on = DayField(label=_("On which day did you get it?"), error_messages=WHICH_DAY)
    text = LongText(
        label=_("Their plan, in their own words"),
        help_text=_("What they want to reach, each on a line of its own. Change nothing in it."),
        required=False,
        rows=8,
        max_length=8000,
    )
    file = forms.FileField(
        label=_("Or as they wrote it: a photo or a scan"),
        help_text=_("A picture (JPEG, PNG, WebP) or a PDF, at most 10 MB. Where and when it was made is taken out."),
        required=False,
        error_messages={"empty": _("This file is empty. Choose another one.")},
    )

    def __init__(self, *args, own_plan: OwnPlan, **kwargs):
        known = {name: getattr(own_plan, name) for name in ("made_by", "text")}
        kwargs.setdefault("initial", known | {"made_on": own_plan.made_on or timezone.localdate()})
        super().__init__(*args, **kwargs)
        self.own_plan = own_plan

    def clean_made_on(self):
        return since_offered(self.own_plan, self.cleaned_data["made_on"])

    def clean(self):
        super().clean()
        kept = hasattr(self.own_plan, "paper")
        if not self.errors and not self.cleaned_data.get("text") and not self.cleaned_data.get("file") and not kept:
            self.add_error("text", _("Write down their plan, or choose a photo or a scan."))
        return self.cleaned_data

    def facts(self) -> dict[str, Any]:
        file = self.cleaned_data["file"]
        return self.cleaned_data | {"file": file.read() if file else None}


class TakeOverForm(forms.Form):
    """For each line of their plan the life domain in which it becomes a goal, word for word. Without one it stays a line."""

    def __init__(self, *args, own_plan: OwnPlan, **kwargs):
        super().__init__(*args, **kwargs)
        taken = {goal.title for goal in own_plan.goals.all()}
        self.lines = [line for line in own_plan.lines if line not in taken]
        for number, line in enumerate(self.lines):
            self.fields[f"domain{number}"] = forms.ChoiceField(
                label=line, choices=[("", _("No goal")), *LifeDomain.choices], required=False
            )
        # Lines move when somebody else changes the text or takes one over: who saw other ones is asked again.
        self.fields["seen"] = forms.CharField(required=False, widget=forms.HiddenInput, initial=f"{len(self.lines)}")

    def clean(self):
        super().clean()
        if self.cleaned_data.get("seen") != f"{len(self.lines)}":
            raise ValidationError(_("This has changed in the meantime. Look at it once more."))
        if not self.goals():
            raise ValidationError(_("Choose a life domain for at least one line."))
        return self.cleaned_data

    def goals(self) -> list[tuple[str, str]]:
        chosen = ((line, self.cleaned_data.get(f"domain{number}")) for number, line in enumerate(self.lines))
        return [(line, domain) for line, domain in chosen if domain]
