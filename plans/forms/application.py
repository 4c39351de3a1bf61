"""An application that came in, and what was decided about it."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText, choices_of, in_our_time, not_to_come
from config.workdays import months_after
from households.models import Household, Resident
from plans.models import Application

WHICH_DAY = {"required": _("Choose a day.")}


class OfSomebody(forms.Form):
    """Somebody who lives here or belongs here."""

    resident = forms.ModelChoiceField(
        Resident.objects.none(),
        label=_("Who asks?"),
        empty_label=_("Choose somebody"),
        error_messages={"required": _("Choose who asks."), "invalid_choice": _("Choose somebody from the list.")},
    )

    def __init__(self, *args, household: Household, **kwargs):
        super().__init__(*args, **kwargs)
        people = Resident.objects.filter(memberships__household=household).order_by("pk")
        choices_of(self, "resident").queryset = people
        choices_of(self, "resident").label_from_instance = lambda one: one.full_name


class ApplicationForm(OfSomebody):
    prefix = "ask"
    law = forms.ChoiceField(label=_("Under which law?"), choices=Application.Law)
    applied_on = DayField(label=_("Asked on"), error_messages=WHICH_DAY)

    field_order = ("resident", "law", "applied_on")

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("initial", {"applied_on": timezone.localdate()})
        super().__init__(*args, **kwargs)

    def clean_applied_on(self):
        return not_to_come(in_our_time(self.cleaned_data["applied_on"]))


class LawForm(forms.Form):
    """What was written down under the wrong law."""

    law = forms.ChoiceField(label=_("Under which law?"), choices=Application.Law)

    def __init__(self, *args, application: Application, **kwargs):
        kwargs.setdefault("initial", {"law": application.law})
        super().__init__(*args, **kwargs | {"prefix": f"law-{application.pk}"})
        self.application = application

    @property
    def chosen(self) -> Application.Law:
        return Application.Law(self.cleaned_data["law"])


class DecisionForm(forms.Form):
    """The decision, or why it comes later."""

    outcome = forms.ChoiceField(
        label=_("What became of it?"),
        choices=[*Application.Outcome.choices, ("LATER", _("decided later, with a reason"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what became of it.")},
    )
    day = DayField(label=_("On which day, or before which day?"), error_messages=WHICH_DAY)
    because = LongText(
        label=_("Why later?"),
        help_text=_("Something is missing, or they agreed with a later day. The term stands still until that day."),
        required=False,
        rows=2,
        max_length=500,
    )

    def __init__(self, *args, application: Application, **kwargs):
        kwargs.setdefault("initial", {"day": timezone.localdate()})
        super().__init__(*args, **kwargs | {"prefix": f"decide-{application.pk}"})
        self.application = application

    @property
    def is_later(self) -> bool:
        return self.cleaned_data.get("outcome") == "LATER"

    def clean(self):
        super().clean()
        day = self.cleaned_data.get("day")
        if self.is_later and not self.cleaned_data.get("because"):
            self.add_error("because", _("Write why it is decided later."))
        if day and self.is_later and not self.application.decide_by < day <= months_after(timezone.localdate(), 12):
            self.add_error("day", _("Choose a day after the day before which was to be decided, within a year."))
        if day and not self.is_later and not self.application.applied_on <= day <= timezone.localdate():
            self.add_error("day", _("Choose a day from the day of the application until today."))
        return self.cleaned_data
