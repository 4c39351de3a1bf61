from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, in_our_time, not_to_come
from desk.forms.papers import choice_of
from households.models import Household, HouseholdMember


class AskedField(DayField):
    """The day on which somebody asked to see what we know; that is in the log as the ground."""

    def __init__(self) -> None:
        super().__init__(
            label=_("On which day did this person ask?"), error_messages={"required": _("Choose the day.")}
        )

    def clean(self, value: Any) -> Any:
        return in_our_time(not_to_come(super().clean(value)))


class DossierForm(forms.Form):
    """Of which resident."""

    def __init__(self, *args: Any, household: Household, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = household.members.select_related("resident")
        self.fields["member"] = choice_of(members, _("Of which resident?"), _("Choose of which resident."))
        self.fields["asked_on"] = AskedField()


class RequestForm(forms.Form):
    """What the privacy officer fills in, who sees no household: the number and the name, as they stand in the request."""

    number = forms.CharField(
        label=_("Number of the household"),
        max_length=16,
        error_messages={"required": _("Write the number of the household.")},
    )
    first_name = forms.CharField(
        label=_("First name of who asks"), max_length=60, error_messages={"required": _("Write the first name.")}
    )
    last_name = forms.CharField(
        label=_("Last name of who asks"), max_length=80, error_messages={"required": _("Write the last name.")}
    )
    asked_on = AskedField()

    member: HouseholdMember | None = None

    def clean(self) -> dict[str, Any]:
        """One answer for a number that is unknown and a name that does not fit: who lives where is not told here."""
        data = super().clean() or {}
        if {"number", "first_name", "last_name"} <= data.keys():
            found = HouseholdMember.objects.filter(
                household__number=data["number"].strip(),
                resident__first_name__iexact=data["first_name"].strip(),
                resident__last_name__iexact=data["last_name"].strip(),
            )
            members = list(found.select_related("household", "resident")[:2])
            if len(members) != 1:
                raise forms.ValidationError(
                    _("Number and name do not fit together. Ask the coordinator for the number.")
                )
            self.member = members[0]
        return data


def basis_of(asked_on: Any) -> str:
    return f"REQUEST {asked_on or timezone.localdate():%Y-%m-%d}"
