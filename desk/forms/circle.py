"""Forms of the pages that combine the rooms: the circle, an emergency, a handover, and what a participant answers."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText, choices_of, not_to_come
from households.domains import LifeDomain
from households.models import Household, Participant
from households.models.consent import STORY
from partners.actions import add_professional
from partners.models import Organisation, Professional
from partners.permissions import Permission
from plans.models import Goal

SOMEBODY_NEW = "new"
LONGEST = timedelta(days=366)
USUAL = timedelta(days=180)
LONGEST_DEPUTY = timedelta(days=92)
GOAL = "goal-"


class InviteForm(forms.Form):
    """Somebody for the circle of one household: who, what for, what it adds for them, and until when."""

    who = forms.ChoiceField(label=_("Who?"), error_messages={"required": _("Choose one person.")})
    new_name = forms.CharField(label=_("Name"), max_length=80, required=False)
    new_organisation = forms.CharField(label=_("Organisation"), max_length=120, required=False)
    new_function = forms.CharField(label=_("Job"), max_length=80, required=False)
    new_email = forms.EmailField(
        label=_("Work e-mail"),
        required=False,
        error_messages={
            "invalid": _("This e-mail address is not complete. An address looks like name@organisation.nl.")
        },
    )
    volunteer = forms.BooleanField(
        label=_("This is a volunteer"),
        help_text=_("Sees only the own action, first names and what is practical."),
        required=False,
    )
    purpose = LongText(
        label=_("What does this person come for?"),
        rows=2,
        max_length=500,
        error_messages={"required": _("Write what this person comes for.")},
    )
    added_value = LongText(
        label=_("What does that add for the household?"),
        rows=2,
        max_length=500,
        error_messages={"required": _("Write what it adds for the household.")},
    )
    household_agrees = forms.BooleanField(
        label=_("The household is fine with this person"),
        error_messages={"required": _("Ask the household first. Without their yes nobody is invited.")},
    )
    household_agrees_on = DayField(label=_("When did they say so?"), error_messages={"required": _("Choose a day.")})
    ends_on = DayField(label=_("Until which day?"), error_messages={"required": _("Choose until which day.")})

    def __init__(self, *args, household: Household, **kwargs):
        today = timezone.localdate()
        kwargs.setdefault("initial", {"household_agrees_on": today, "ends_on": today + USUAL})
        super().__init__(*args, **kwargs)
        outside = (
            Professional.objects.active()
            .exclude(email=None)
            .exclude(pk=household.coordinator_id)
            .exclude(participations__in=household.circle.open())
            .in_circle_order()
        )
        self.people = {str(person.pk): person for person in outside}
        groups: dict[str, list[tuple[str, str]]] = {}
        for pk, person in self.people.items():
            label = f"{person}, {person.function}" if person.function else str(person)
            groups.setdefault(person.organisation.name, []).append((pk, label))
        choices_of(self, "who").choices = [
            ("", _("Choose one person")),
            *groups.items(),
            (_("Somebody else"), [(SOMEBODY_NEW, _("Not on this list, fill in below"))]),
        ]

    def clean_household_agrees_on(self):
        return not_to_come(self.cleaned_data["household_agrees_on"])

    def clean_ends_on(self):
        day, today = self.cleaned_data["ends_on"], timezone.localdate()
        if day < today:
            raise ValidationError(_("Choose today or a later day."))
        if day > today + LONGEST:
            raise ValidationError(_("At most one year. After that you look again whether it is still needed."))
        return day

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("new_name") and not cleaned.get("who"):
            cleaned["who"] = SOMEBODY_NEW
            self.errors.pop("who", None)
        if cleaned.get("who") == SOMEBODY_NEW:
            needed = {
                "new_name": _("Write the name of the person."),
                "new_organisation": _("Write for which organisation this person works."),
                "new_email": _("Write a work e-mail address: the invitation goes there."),
            }
            for name, missing in needed.items():
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, missing)
            taken = Professional.objects.filter(email__iexact=cleaned.get("new_email") or "-").first()
            if taken and str(taken) != cleaned.get("new_name"):
                self.add_error("new_email", _("This address belongs to somebody else. Choose that person in the list."))
        return cleaned

    def chosen(self) -> Professional:
        """Who was chosen; somebody new is written down first."""
        who = self.cleaned_data["who"]
        if who != SOMEBODY_NEW:
            return self.people[who]
        first_name, _space, last_name = self.cleaned_data["new_name"].partition(" ")
        return add_professional(
            first_name=first_name[:60],
            last_name=last_name,
            organisation=self.cleaned_data["new_organisation"],
            function=self.cleaned_data["new_function"],
            email=self.cleaned_data["new_email"],
        )

    def facts(self) -> dict[str, Any]:
        """As `invite` takes it."""
        names = ("purpose", "added_value", "household_agrees_on", "ends_on", "volunteer")
        return {name: self.cleaned_data[name] for name in names}


class ShareForm(forms.Form):
    """One thing to show to one participant."""

    what = forms.ChoiceField(label=_("What do you share?"), error_messages={"required": _("Choose what you share.")})
    sure = forms.BooleanField(label=_("I looked twice, and they agreed to this"), required=False)
    without_consent = forms.ChoiceField(label=_("On which ground?"), required=False)

    def __init__(self, *args, participant: Participant, goals: list[Goal], **kwargs):
        super().__init__(*args, **kwargs)
        self.participant = participant
        self.goals = {f"{GOAL}{goal.pk}": goal for goal in goals}
        choices_of(self, "what").choices = [
            ("", _("Choose one thing")),
            (STORY, _("The story in own words")),
            (_("A whole life domain"), LifeDomain.choices),
            (_("One goal"), [(key, f"{goal.rank}. {goal.title}"[:80]) for key, goal in self.goals.items()]),
        ]
        self.overrides = {
            str(one.pk): one
            for one in participant.household.overrides.select_related("approval")
            if hasattr(one, "approval") and one.recipient_id == participant.professional.organisation_id
        }
        choices_of(self, "without_consent").choices = [
            ("", _("With consent")),
            *[(pk, _("Without consent, agreed with a second person")) for pk in self.overrides],
        ]

    @property
    def income(self) -> bool:
        """Does this organisation decide about an income? Then what it hears can have consequences."""
        return self.participant.professional.organisation.kind == Organisation.Kind.WORK


class ReasonForm(forms.Form):
    """Why something is done out of the ordinary, or not done."""

    reason = LongText(label=_("Why?"), rows=3, max_length=500, error_messages={"required": _("Write why.")})

    def clean_reason(self):
        reason = self.cleaned_data["reason"]
        if len(reason) < 10:
            raise ValidationError(_("Write a little more: others read this back."))
        return reason


class HandoverForm(forms.Form):
    """Who takes over, and what that person should know."""

    to = forms.ModelChoiceField(
        label=_("Who becomes the coordinator?"),
        queryset=Professional.objects.none(),
        empty_label=_("Choose a colleague"),
        error_messages={"required": _("Choose a colleague.")},
    )
    note = LongText(
        label=_("What should your colleague know?"),
        rows=3,
        max_length=2000,
        error_messages={"required": _("Write what your colleague should know.")},
    )

    def __init__(self, *args, household: Household, **kwargs):
        super().__init__(*args, **kwargs)
        choices_of(self, "to").queryset = (
            Professional.objects.with_permission(Permission.COORDINATE, team=household.team)
            .exclude(pk=household.coordinator_id)
            .order_by("first_name", "last_name")
        )


class DeputyForm(forms.Form):
    """Who does the work of the coordinator for a while, from and up to and including a day."""

    deputy = forms.ModelChoiceField(
        label=_("Who stands in?"),
        queryset=Professional.objects.none(),
        empty_label=_("Choose a colleague"),
        error_messages={"required": _("Choose a colleague.")},
    )
    since = DayField(label=_("From which day?"), error_messages={"required": _("Choose a day.")})
    until = DayField(
        label=_("Up to and including which day?"),
        help_text=_("At most three months. Does it take longer? Then hand over."),
        error_messages={"required": _("Choose until which day.")},
    )

    def __init__(self, *args, household: Household, **kwargs):
        kwargs.setdefault("initial", {"since": timezone.localdate()})
        super().__init__(*args, **kwargs)
        choices_of(self, "deputy").queryset = (
            Professional.objects.with_permission(Permission.COORDINATE, team=household.team)
            .exclude(pk=household.coordinator_id)
            .order_by("first_name", "last_name")
        )

    def clean_since(self):
        day, today = self.cleaned_data["since"], timezone.localdate()
        if not today <= day <= today + LONGEST:
            raise ValidationError(_("Choose today or a later day, within a year."))
        return day

    def clean_until(self):
        day, since = self.cleaned_data["until"], self.cleaned_data.get("since")
        if day < timezone.localdate():
            raise ValidationError(_("Choose today or a later day."))
        if since and day < since:
            raise ValidationError(_("Choose the same day as the first, or a later one."))
        if since and day > since + LONGEST_DEPUTY:
            raise ValidationError(_("At most three months. Does it take longer? Then hand over."))
        return day


class DeclineActionForm(forms.Form):
    because = LongText(
        label=_("Why does this not work for you?"),
        rows=2,
        max_length=500,
        error_messages={"required": _("Write why. The coordinator reads it and looks for something else.")},
    )


class DoesNotFitForm(forms.Form):
    said = LongText(
        label=_("What does not fit?"),
        rows=2,
        max_length=1000,
        error_messages={"required": _("Write what does not fit.")},
    )


class ContributionForm(forms.Form):
    contribution = forms.CharField(
        label=_("What do you do here, in one line?"), max_length=200, required=False, widget=forms.TextInput
    )
