"""What stops that a file is destroyed, and the answer to who asks for it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText, choices_of, in_our_time
from households.models import ErasureRequest, Hold, Household

YES, NO = "ja", "nee"


class HoldForm(forms.Form):
    prefix = "bewaren"
    kind = forms.ChoiceField(
        label=_("Why must this file stay?"),
        choices=Hold.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it must stay.")},
    )
    reason = LongText(
        label=_("What is going on?"),
        rows=2,
        max_length=1000,
        error_messages={
            "required": _("Write what is going on, so that a later colleague can judge whether it is over.")
        },
    )


class LiftForm(forms.Form):
    reason = LongText(
        label=_("Why does it not have to stay any more?"),
        rows=2,
        max_length=1000,
        error_messages={"required": _("Write why it does not have to stay any more.")},
    )


class RequestForm(forms.Form):
    prefix = "verzoek"
    resident = forms.ChoiceField(label=_("Who asks it?"), error_messages={"required": _("Choose who asks it.")})
    received_on = DayField(
        label=_("On which day did you get it?"), error_messages={"required": _("Fill in on which day you got it.")}
    )
    wish = LongText(
        label=_("What does this person ask, in the own words?"),
        rows=2,
        max_length=1000,
        error_messages={"required": _("Write what this person asks.")},
    )

    def __init__(self, *args, household: Household, **kwargs):
        super().__init__(*args, **kwargs)
        members = household.members.select_related("resident")
        self.residents = {str(one.resident_id): one.resident for one in members}
        names = [(key, resident.full_name) for key, resident in self.residents.items()]
        choices_of(self, "resident").choices = [("", _("Choose")), *names]

    def clean_resident(self):
        return self.residents[self.cleaned_data["resident"]]

    def clean_received_on(self):
        day = in_our_time(self.cleaned_data["received_on"])
        if day and day > timezone.localdate():
            raise ValidationError(_("That day is still to come."))
        return day


class AnswerForm(forms.Form):
    granted = forms.ChoiceField(
        label=_("Is the file destroyed?"),
        help_text=_("Yes is about the whole file of this household, after it is closed. Two people carry it out."),
        choices=[(YES, _("Yes")), (NO, _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    ground = forms.ChoiceField(
        label=_("When it is no: on which ground?"),
        choices=[("", _("Not no")), *ErasureRequest.Ground.choices],
        required=False,
    )
    answer = LongText(
        label=_("What do you answer, and why?"),
        help_text=_("Tell that this person can complain or go to court when it is no."),
        rows=3,
        max_length=2000,
        error_messages={"required": _("Write the answer.")},
    )

    def clean(self):
        cleaned = super().clean() or {}
        granted, ground = cleaned.get("granted"), cleaned.get("ground")
        if granted == NO and not ground:
            self.add_error("ground", _("Choose the ground: without one it can not be refused."))
        if granted == YES:
            cleaned["ground"] = ""
        return cleaned
