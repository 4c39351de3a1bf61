"""What was asked and who said what; who has authority; and why something is shared without consent."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText, choices_of, not_to_come
from households.actions.consent import CONSENT_LASTS
from households.deciding import Capacity, deciders
from households.models import Consent, Household, HouseholdMember, Resident
from households.models.consent import ITEMS, MOST_ITEMS_WITHOUT_CONSENT
from households.models.people import DECIDES_TOO
from partners.models import Organisation, Professional
from partners.permissions import Permission

LONGEST_CONSENT = timedelta(days=2 * 366)
ANSWERS = [("", _("not asked yet")), ("ja", _("yes")), ("nee", _("no"))]


class SaysForm(forms.Form):
    """When and how somebody said something."""

    form = forms.ChoiceField(label=_("How?"), choices=Consent.Form, initial=Consent.Form.ORAL, widget=forms.RadioSelect)
    given_on = DayField(label=_("On which day?"), error_messages={"required": _("Choose a day.")})

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = {"given_on": timezone.localdate(), "form": Consent.Form.ORAL} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def clean_given_on(self):
        return not_to_come(self.cleaned_data["given_on"])


class ConsentForm(SaysForm):
    """One question: what, to whom, why and until when. And what each person who decides said to it."""

    residents = forms.ModelMultipleChoiceField(
        label=_("About whom?"),
        queryset=Resident.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose about whom it is.")},
    )
    recipient = forms.ModelChoiceField(
        label=_("Who may know it?"),
        queryset=Organisation.objects.all(),
        empty_label=_("Choose an organisation"),
        error_messages={"required": _("Choose who may know it.")},
    )
    items = forms.MultipleChoiceField(
        label=_("What may they know?"),
        choices=ITEMS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what may be known. There is no consent for everything.")},
    )
    purpose = LongText(
        label=_("What for?"),
        help_text=_("As you said it to them."),
        rows=2,
        max_length=500,
        error_messages={"required": _("Write what it is for.")},
    )
    explained = LongText(label=_("How did you explain it?"), required=False, rows=2, max_length=500)
    valid_until = DayField(label=_("Until which day?"), error_messages={"required": _("Choose until which day.")})

    field_order = ("residents", "recipient", "items", "purpose", "explained", "form", "given_on", "valid_until")

    def __init__(self, *args, household: Household, members: list[HouseholdMember], **kwargs):
        kwargs.setdefault("initial", {"valid_until": timezone.localdate() + CONSENT_LASTS})
        super().__init__(*args, **kwargs)
        self.household, self.members = household, members
        choices_of(self, "residents").queryset = Resident.objects.filter(memberships__household=household)
        self.askable = askable(members)
        for person in self.askable:
            self.fields[voice_of(person)] = forms.ChoiceField(
                label=person.full_name, choices=ANSWERS, required=False, widget=forms.RadioSelect
            )

    @property
    def voices(self) -> list[forms.BoundField]:
        return [self[voice_of(person)] for person in self.askable]

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        given_on, until = cleaned.get("given_on"), cleaned.get("valid_until")
        if given_on and until and until < given_on:
            self.add_error("valid_until", _("The end lies before the day on which it was said. Choose a later day."))
        elif given_on and until and until > given_on + LONGEST_CONSENT:
            self.add_error("valid_until", _("At most two years. After that you ask again."))
        chosen = {resident.pk for resident in cleaned.get("residents", [])}
        who = {
            member.resident: deciders(member.resident, on=given_on, items=cleaned.get("items") or ())
            for member in self.members
            if member.resident_id in chosen
        }
        for resident, deciding in who.items():
            if deciding is None:
                self.add_error(
                    "residents",
                    gettext("Write down first who has authority over %(name)s.") % {"name": resident.first_name},
                )
        names = ", ".join(resident.first_name for resident in who)
        deciding_all = {person for deciding in who.values() for person in deciding or {}}
        for person in self.askable:
            if who and cleaned.get(voice_of(person)) and person not in deciding_all:
                self.add_error(
                    voice_of(person),
                    gettext("%(person)s does not decide about %(names)s.")
                    % {"person": person.first_name, "names": names},
                )
        if not any(cleaned.get(voice_of(person)) for person in self.askable) and self.askable:
            self.add_error(voice_of(self.askable[0]), _("Choose of at least one person what was said."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """As `record_consent` takes it."""
        names = ("residents", "recipient", "items", "purpose", "explained", "form", "given_on", "valid_until")
        answers = {person: self.cleaned_data[voice_of(person)] == "ja" for person in self.askable if self.said(person)}
        chosen = {resident.pk for resident in self.cleaned_data["residents"]}
        residents = [member.resident for member in self.members if member.resident_id in chosen]
        return {name: self.cleaned_data[name] for name in names} | {"residents": residents, "answers": answers}

    def said(self, person: Resident) -> bool:
        return bool(self.cleaned_data.get(voice_of(person)))


def voice_of(person: Resident) -> str:
    return f"voice_{person.pk}"


def askable(members: list[HouseholdMember]) -> list[Resident]:
    """Everybody who can decide about somebody here: who is twelve or older, and who has authority from elsewhere."""
    people: dict[int, Resident] = {}
    for member in members:
        age = member.resident.age()
        if age is None or age >= DECIDES_TOO:
            people[member.resident_id] = member.resident
        everything = [item for item, _words in ITEMS]
        people |= {person.pk: person for person in deciders(member.resident, items=everything) or {}}
    return list(people.values())


class VoiceForm(forms.Form):
    """What somebody says to a question that was asked before."""

    giver = forms.ModelChoiceField(queryset=Resident.objects.none())
    answer = forms.ChoiceField(choices=ANSWERS[1:])

    def __init__(self, *args, consent: Consent, **kwargs):
        super().__init__(*args, **kwargs)
        choices_of(self, "giver").queryset = Resident.objects.filter(
            pk__in=[person.pk for person in deciders(consent.resident, items=consent.items) or {}]
        )


QUESTIONS = {
    "serious_harm": _("1. Which serious harm is there, or can there be?"),
    "sharing_prevents_it": _("2. How does sharing prevent that?"),
    "no_other_way": _("3. Why is there no other way?"),
    "asked_for_consent": _("4. What did you do to get consent?"),
    "only_these_facts": _("5. Which facts do you share, and why no more?"),
    "only_who_needs_it": _("6. Why does just this organisation need them?"),
    "talked_over": _("7. What did the colleague say with whom you talked it over?"),
}


class OverrideForm(forms.Form):
    """Seven questions and a second person. Nothing is shared before that person agrees too."""

    about = forms.ModelMultipleChoiceField(
        label=_("About whom?"),
        queryset=Resident.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose about whom it is.")},
    )
    recipient = forms.ModelChoiceField(
        label=_("With which organisation?"),
        queryset=Organisation.objects.all(),
        empty_label=_("Choose an organisation"),
        error_messages={"required": _("Choose with which organisation.")},
    )
    items = forms.MultipleChoiceField(
        label=_("What do you share?"),
        help_text=_("At most three things, never the whole file."),
        choices=ITEMS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what you share.")},
    )
    second_person = forms.ModelChoiceField(
        label=_("Who is the second person?"),
        queryset=Professional.objects.none(),
        empty_label=_("Choose a colleague"),
        error_messages={
            "required": _("Choose a colleague."),
            "invalid_choice": _("Choose a colleague, not yourself."),
        },
    )
    informed_on = DayField(label=_("On which day did you tell the residents?"), required=False)
    not_informed_because = LongText(label=_("Not told yet? Why not?"), required=False, rows=2)
    review_on = DayField(label=_("When do you look at that again?"), required=False)

    def __init__(self, *args, household: Household, by: Professional, **kwargs):
        super().__init__(*args, **kwargs)
        for name, question in QUESTIONS.items():
            self.fields[name] = LongText(
                label=question, rows=2, max_length=1000, error_messages={"required": _("Answer this question.")}
            )
        choices_of(self, "about").queryset = Resident.objects.filter(memberships__household=household)
        choices_of(self, "second_person").queryset = (
            Professional.objects.with_permission(Permission.SECOND_PERSON, team=household.team)
            .exclude(pk=by.pk)
            .order_by("first_name", "last_name")
        )

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in QUESTIONS]

    def clean_items(self):
        items = self.cleaned_data["items"]
        if len(items) > MOST_ITEMS_WITHOUT_CONSENT:
            raise ValidationError(_("At most three things: never the whole file."))
        return items

    def clean(self):
        super().clean()
        cleaned, today = self.cleaned_data, timezone.localdate()
        if cleaned.get("informed_on") and cleaned["informed_on"] > today:
            self.add_error("informed_on", _("Choose today or an earlier day."))
        if not cleaned.get("informed_on") and "informed_on" not in self.errors:
            if not cleaned.get("not_informed_because"):
                self.add_error("not_informed_because", _("Write why the residents do not know it yet."))
            if not cleaned.get("review_on") and "review_on" not in self.errors:
                self.add_error("review_on", _("Choose when you look at that again."))
            elif cleaned.get("review_on") and cleaned["review_on"] < today:
                self.add_error("review_on", _("Choose today or a later day."))
        return cleaned


def capacity_of(consent: Consent, person: Resident) -> str:
    """In which capacity this person decides about the resident of the consent."""
    return (deciders(consent.resident, items=consent.items) or {}).get(person, Capacity.SELF)
