from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText, choices_of
from config.workdays import months_after
from households.models import Household, HouseholdMember, OverrideDisclosure, Participant, Resident
from plans.models import SafetyPlan


class SafetyPlanForm(forms.ModelForm):
    unsafe = LongText(
        label=_("What is not safe?"),
        help_text=_("What happens, where, and when. Facts first."),
        error_messages={"required": _("Write what is not safe.")},
    )
    agreed = LongText(
        label=_("What did we agree?"),
        help_text=_("Things somebody can do or leave, each on a line."),
        error_messages={"required": _("Write what was agreed.")},
    )
    keeps_safe = LongText(
        label=_("Who keeps whom safe?"),
        help_text=_("For example: my sister comes at once when I call."),
        rows=2,
        error_messages={"required": _("Write who keeps whom safe.")},
    )
    early_signs = LongText(label=_("How do we see it coming?"), required=False, rows=2)
    whom_to_call = LongText(
        label=_("Whom do you call, at what moment?"),
        help_text=_("Begin with 112. Then names with a phone number, by day and by night."),
        rows=2,
        error_messages={"required": _("Write whom they call, with a phone number.")},
    )
    if_broken = LongText(label=_("What do we do when somebody does not keep to it?"), required=False, rows=2)
    check_on = DayField(
        label=_("When do you look whether it still works?"), error_messages={"required": _("Choose a day.")}
    )

    class Meta:
        model = SafetyPlan
        fields = ("about", "unsafe", "agreed", "keeps_safe", "early_signs", "whom_to_call", "if_broken", "check_on")
        labels = {"about": _("About whom is it?")}
        widgets = {"about": forms.CheckboxSelectMultiple}
        error_messages = {"about": {"required": _("Choose whom it is about.")}}

    def __init__(self, *args, household: Household, **kwargs):
        super().__init__(*args, **kwargs)
        choices_of(self, "about").queryset = Resident.objects.filter(memberships__household=household).order_by("pk")

    def clean_check_on(self) -> date:
        day, today = self.cleaned_data["check_on"], timezone.localdate()
        if day == self.initial.get("check_on"):
            return day
        if not today <= day <= months_after(today, 12):
            raise ValidationError(_("Choose a day within a year."))
        return day


class ShowForm(forms.Form):
    """Who may read it: one at a time, on purpose."""

    who = forms.ChoiceField(
        label=_("Who may read it?"),
        error_messages={"required": _("Choose one person."), "invalid_choice": _("Choose somebody from the list.")},
    )
    without_consent = forms.ModelChoiceField(
        OverrideDisclosure.objects.none(),
        label=_("On sharing without consent?"),
        required=False,
        empty_label=_("No, there is consent"),
    )

    def __init__(self, *args, safety_plan: SafetyPlan, **kwargs):
        super().__init__(*args, **kwargs)
        household = safety_plan.household
        members = [
            one for one in household.members.select_related("resident") if one.resident.may_have_own_page
        ]  # fmt: skip
        circle = household.circle.open().filter(volunteer=False).select_related("professional__organisation")
        self.people: dict[str, HouseholdMember | Participant] = {f"member-{one.pk}": one for one in members}
        self.people |= {f"participant-{one.pk}": one for one in circle}
        choices_of(self, "who").choices = [
            ("", _("Choose one person")),
            (_("On the own page of"), [(f"member-{one.pk}", str(one.resident)) for one in members]),
            (
                _("In the circle"),
                [(f"participant-{one.pk}", f"{one}, {one.professional.organisation}") for one in circle],
            ),
        ]
        overrides = household.overrides.agreed()
        if overrides.exists():
            choices_of(self, "without_consent").queryset = overrides
        else:
            del self.fields["without_consent"]

    @property
    def chosen(self) -> HouseholdMember | Participant:
        return self.people[self.cleaned_data["who"]]
