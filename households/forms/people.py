"""Who lives here: how to reach somebody, what this person speaks and wishes, and whether it is somebody we know already."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText, choices_of
from households import access
from households.actions.household import OF_THE_PERSON
from households.models import Household, HouseholdMember, Resident
from partners.models import Professional

OLDEST = 120
NOBODY_KNOWN = "nee"


class OwnPageForm(forms.Form):
    """Somebody else in the house may read along in a mailbox: that is asked before anything is sent to it."""

    reads_alone = forms.BooleanField(
        error_messages={"required": _("Ask this first. Does somebody read along? Then print the plan.")}
    )

    def __init__(self, *args, name: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reads_alone"].label = _("I asked: nobody but %(name)s reads this mailbox") % {"name": name}


class ResidentForm(forms.ModelForm):
    """Somebody who lives here, and how to reach this person in this household."""

    first_name = forms.CharField(
        label=_("First name"), max_length=60, error_messages={"required": _("Write a first name.")}
    )
    last_name = forms.CharField(label=_("Last name"), max_length=80, required=False)
    birth_date = DayField(
        label=_("Born on"), required=False, help_text=_("From 12 and 16 years a child decides itself too.")
    )
    contact_through = forms.CharField(label=_("Through whom?"), max_length=120, required=False)
    contact_note = forms.CharField(
        label=_("Good to know"), max_length=120, required=False, help_text=_("For example: rather call, no letter.")
    )
    languages = forms.CharField(
        label=_("Which languages?"),
        max_length=120,
        required=False,
        help_text=_("For example: Dutch a little, Tigrinya."),
    )
    needs_interpreter = forms.BooleanField(label=_("Needs an interpreter"), required=False)
    rather_not_reads = forms.BooleanField(label=_("Does not like to read"), required=False)
    wishes = LongText(
        label=_("Wishes and talents"),
        help_text=_("In their own words. What does this person like to do, and want?"),
        required=False,
        rows=2,
    )
    lives_here = forms.BooleanField(label=_("Lives at this address"), required=False, initial=True)
    # Its choices are known only when the name is.
    same_person = forms.CharField(
        label=_("Somebody who looks like this is known in the team. Is it the same person?"),
        help_text=_("A child of divorced parents lives in two households. Neither sees what is known in the other."),
        widget=forms.RadioSelect,
        required=False,
    )

    class Meta:
        model = HouseholdMember
        fields = (
            "contact_by", "contact_through", "contact_note", "phone", "email", "languages", "needs_interpreter",
            "rather_not_reads", "wishes", "lives_here",
        )  # fmt: skip
        labels = {"contact_by": _("Likes to be reached by"), "phone": _("Phone"), "email": _("E-mail")}

    def __init__(self, *args, household: Household, by: Professional, **kwargs):
        member = kwargs.get("instance")
        if member is not None:
            kwargs["initial"] = {name: getattr(member.resident, name) for name in OF_THE_PERSON}
        super().__init__(*args, **kwargs)
        self.household, self.by = household, by
        self.alike: list[Resident] = []
        self.known: Resident | None = None

    def clean_birth_date(self):
        return day_of_birth(self.cleaned_data["birth_date"])

    def clean(self):
        """Who is reached through somebody, and whether this person was written down before."""
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("contact_by") == HouseholdMember.ContactBy.SOMEBODY and not cleaned.get("contact_through"):
            self.add_error("contact_through", _("Write through whom, such as: his mother."))
        if self.instance.pk is None and {*OF_THE_PERSON, "same_person"} <= cleaned.keys():
            self.look_for_the_same()
        return cleaned

    def look_for_the_same(self) -> None:
        """A child of divorced parents is written down once: who looks the same is asked about."""
        cleaned = self.cleaned_data
        facts: dict[str, Any] = {name: cleaned[name] for name in OF_THE_PERSON}
        if self.household.members.filter(
            resident__first_name__iexact=facts["first_name"],
            resident__last_name__iexact=facts["last_name"],
            resident__birth_date=facts["birth_date"],
            resident__birth_date__isnull=False,
        ).exists():
            self.add_error("first_name", _("This person is written down here already."))
            return
        self.alike = access.suggest_residents(self.by, household=self.household, **facts)
        if self.alike:
            found = {str(resident.pk): resident for resident in self.alike}
            choices = [*((pk, where_known(one)) for pk, one in found.items()), (NOBODY_KNOWN, _("No, somebody else"))]
            choices_of(self, "same_person").widget.choices = choices
            chosen: str = cleaned["same_person"]
            if chosen not in {NOBODY_KNOWN, *found}:
                self.add_error("same_person", _("Choose whether this is the same person."))
            self.known = found.get(chosen)

    @property
    def asks_same_person(self) -> bool:
        return bool(self.alike)

    def facts(self) -> dict[str, Any]:
        """What was filled in, as `add_resident` and `change_resident` take it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "same_person"}


class JoinForm(forms.Form):
    """Which other resident of the household is this very person."""

    double = forms.ModelChoiceField(
        label=_("Who is the same person?"),
        queryset=Resident.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose one person.")},
    )

    def __init__(self, *args, member: HouseholdMember, **kwargs):
        super().__init__(*args, **kwargs)
        others = Resident.objects.filter(memberships__household=member.household_id)
        choices_of(self, "double").queryset = others.exclude(pk=member.resident_id).order_by("first_name", "pk")


def where_known(resident: Resident) -> str:
    """In which households, whose these are, and why we ask. Nothing of what is known there."""
    places = [
        gettext("%(number)s of %(name)s, %(phone)s")
        % {"number": one.number, "name": one.coordinator, "phone": one.coordinator.phone or one.team.phone}
        for one in resident.known_in
    ]
    said = ngettext(
        "Yes, who stands in household %(where)s", "Yes, who stands in the households %(where)s", len(places)
    )
    return f"{said % {'where': '; '.join(places)}} ({', '.join(resident.why)})"


def day_of_birth(day: date | None) -> date | None:
    """Not in the future, and nobody is older than that. Raises ValidationError."""
    today = timezone.localdate()
    if day and day > today:
        raise ValidationError(_("This day has not come yet. Choose today or an earlier day."))
    if day and day.year < today.year - OLDEST:
        raise ValidationError(_("That is more than 120 years ago. Look at the year."))
    return day
