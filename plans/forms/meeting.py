"""A meeting is planned, and what was decided is written down."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText, choices_of
from households.models import Household
from plans.actions import Owner
from plans.forms.people import key
from plans.models import DecisionVoice, Goal, Invitee, Meeting, SupportPlan

Says = DecisionVoice.Says


def people_of(household: Household) -> dict[str, dict[str, Owner]]:
    """Who can sit at the table, by group: they themselves first. Of those who help only who is in the circle: nobody else
    knows of this household."""
    residents = [member.resident for member in household.members.select_related("resident")]
    contacts = list(household.network.current())
    circle = household.circle.active().select_related("professional__organisation").order_by("pk")
    helpers = [household.coordinator, *(one.professional for one in circle)]
    return {
        str(name): {key(one): one for one in group}
        for name, group in (
            (_("The household"), residents),
            (_("People close to them"), contacts),
            (_("Those who help"), helpers),
        )
    }


def named(person: Owner) -> str:
    return getattr(person, "full_name", "") or str(person)


class MeetingForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What kind of meeting is it?"),
        choices=Meeting.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what kind of meeting it is.")},
    )
    day = DayField(label=_("On which day?"), error_messages={"required": _("Choose a day.")})
    at = forms.TimeField(
        label=_("At what time?"),
        widget=forms.TimeInput(attrs={"type": "time"}),
        error_messages={"required": _("Fill in when it starts."), "invalid": _("Write the time as 14.30 or 14:30.")},
        input_formats=["%H:%M", "%H.%M"],
    )
    place = forms.CharField(label=_("Where?"), max_length=120, required=False)
    purpose = LongText(
        label=_("What must be clear at the end?"),
        rows=2,
        max_length=500,
        error_messages={"required": _("Write what must be clear at the end.")},
    )
    people = forms.MultipleChoiceField(
        label=_("Who are asked?"),
        help_text=_("The household first. Ask them whom they want to bring."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose who are asked."),
            "invalid_choice": _("Choose somebody from the list."),
        },
    )
    without_household_because = LongText(
        label=_("A round table without the household: why?"), required=False, rows=2, max_length=1000
    )
    points = LongText(
        label=_("What else do you want to talk about?"),
        help_text=_("Each on a line. What is open in the plan comes on the agenda by itself."),
        required=False,
        rows=3,
    )

    def __init__(self, *args, household: Household, **kwargs):
        super().__init__(*args, **kwargs)
        groups = people_of(household)
        self.everybody = {one: person for group in groups.values() for one, person in group.items()}
        choices_of(self, "people").choices = [(one, named(person)) for one, person in self.everybody.items()]

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise ValidationError(_("Choose today or a later day."))
        return day

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        nobody = not any(one.startswith("resident-") for one in cleaned.get("people", []))
        reason = cleaned.get("without_household_because")
        if cleaned.get("kind") == Meeting.Kind.ROUND_TABLE and "people" in cleaned and nobody and not reason:
            self.add_error(
                "without_household_because",
                _("A round table is with the household. Ask one of them, or write why that can not be."),
            )
        return cleaned

    def facts(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        at: time = cleaned["at"]
        names = ("kind", "place", "purpose", "without_household_because", "points")
        return {name: cleaned[name] for name in names} | {
            "starts_at": timezone.make_aware(datetime.combine(cleaned["day"], at)),
            "people": [self.everybody[one] for one in cleaned["people"]],
        }


class DecisionForm(forms.Form):
    """What was decided, what each thinks of it, and whether it becomes an action."""

    what = LongText(
        label=_("What was decided?"),
        rows=2,
        max_length=500,
        error_messages={"required": _("Write what was decided.")},
    )
    interests = LongText(
        label=_("What was at stake for whom?"),
        help_text=_("Be honest about it. It helps when you look back."),
        required=False,
        rows=2,
        max_length=1000,
    )
    owner = forms.ChoiceField(
        label=_("Who does this?"),
        required=False,
        error_messages={"invalid_choice": _("Choose somebody from the list.")},
    )
    goal = forms.ModelChoiceField(
        Goal.objects.none(),
        label=_("Under which goal?"),
        required=False,
        empty_label=_("Choose a goal"),
        error_messages={"invalid_choice": _("Choose a goal of this plan.")},
    )
    due_on = DayField(label=_("Before which day?"), required=False)

    def __init__(self, *args, meeting: Meeting, plan: SupportPlan | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.invitees: list[Invitee] = [one for one in meeting.invitees.all() if one.attended is not False]
        for one in self.invitees:
            self.fields[f"says-{one.pk}"] = forms.ChoiceField(
                label=_("What does %(name)s think?") % {"name": one.name},
                choices=[("", _("Not asked")), *Says.choices],
                required=False,
            )
            self.fields[f"remark-{one.pk}"] = forms.CharField(
                label=_("Remark of %(name)s") % {"name": one.name}, max_length=500, required=False
            )
        groups = people_of(meeting.household)
        self.everybody = {one: person for group in groups.values() for one, person in group.items()}
        choices_of(self, "owner").choices = [
            ("", _("Nobody, it is no action")),
            *(
                (name, [(one, named(person)) for one, person in group.items()])
                for name, group in groups.items()
                if group
            ),
        ]
        if plan:
            goals = Goal.objects.filter(plan=plan)
            choices_of(self, "goal").queryset = goals
            choices_of(self, "goal").choices = [("", _("Choose a goal")), *((one.pk, f"{one.rank}. {one.title}") for one in goals)]  # fmt: skip

    @property
    def of_invitees(self) -> list[tuple]:
        return [(self[f"says-{one.pk}"], self[f"remark-{one.pk}"]) for one in self.invitees]

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day and day < timezone.localdate():
            raise ValidationError(_("Choose today or a later day."))
        return day

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("owner"):
            for name, missing in (("goal", _("Choose under which goal it comes.")), ("due_on", _("Choose a day."))):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, missing)
        for one in self.invitees:
            says, remark = cleaned.get(f"says-{one.pk}"), cleaned.get(f"remark-{one.pk}")
            if says == Says.REMARK and not remark and f"remark-{one.pk}" not in self.errors:
                self.add_error(f"remark-{one.pk}", _("Write the remark."))
            if remark and not says and f"says-{one.pk}" not in self.errors:
                self.add_error(f"says-{one.pk}", _("Choose what this person thinks."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        said = {one: cleaned[f"says-{one.pk}"] for one in self.invitees if cleaned[f"says-{one.pk}"]}
        return {
            "what": cleaned["what"],
            "interests": cleaned["interests"],
            "owner": self.everybody.get(cleaned["owner"]),
            "goal": cleaned["goal"],
            "due_on": cleaned["due_on"],
            "voices": {one: (says, cleaned[f"remark-{one.pk}"]) for one, says in said.items()},
        }
