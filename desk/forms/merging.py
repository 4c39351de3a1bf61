"""Proposing that two households are one, and answering that."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.forms import LongText
from households.models import Household
from partners.models import Professional

MINE, THEIRS = "mijn", "ander"


class ProposeMergingForm(forms.Form):
    number = forms.CharField(
        label=_("Number of the other household"),
        max_length=16,
        error_messages={"required": _("Write the number of the other household.")},
    )
    keeps = forms.ChoiceField(
        label=_("Who goes on as the coordinator?"),
        help_text=_("That household stays, with its number and its plan."),
        choices=[(MINE, _("I do, in this household")), (THEIRS, _("The coordinator of the other household"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who goes on.")},
    )
    reason = LongText(
        label=_("How do you know that it is one household?"),
        help_text=_("Your colleague reads this. Write nothing that only you may know."),
        rows=3,
        max_length=1000,
        error_messages={"required": _("Write how you know it.")},
    )

    def __init__(self, *args, household: Household, by: Professional, **kwargs):
        super().__init__(*args, **kwargs)
        self.household, self.by = household, by

    def clean_number(self) -> Household:
        found = Household.objects.within_reach(self.by).open().filter(team=self.household.team)
        other = found.filter(number=self.cleaned_data["number"].strip()).first()
        if other is None:
            raise ValidationError(_("There is no open household with this number in the team."))
        if other == self.household:
            raise ValidationError(_("That is this household. Write the number of the other one."))
        return other


class AgreeForm(forms.Form):
    """Where the adults are not the same, somebody says that they really live together."""

    sure = forms.BooleanField(
        label=_("I am sure that all of them live together, and that nobody is hiding from another"),
        error_messages={"required": _("Not all adults stand in both. Ask first, then tick this.")},
    )

    def __init__(self, *args, other_adults: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not other_adults:
            del self.fields["sure"]


class DeclineMergingForm(forms.Form):
    reason = LongText(
        label=_("Why are they not one?"),
        rows=2,
        max_length=1000,
        error_messages={"required": _("Write why, so that your colleague knows.")},
    )
