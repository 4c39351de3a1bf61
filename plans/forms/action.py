from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText, choices_of
from households.models import Household
from partners.actions import add_professional
from plans.actions import Owner
from plans.actions.action import as_action_stands
from plans.forms.appointment import AppointmentFields, known_appointment
from plans.forms.people import People, key
from plans.forms.place import PlaceInPlan, known_place
from plans.forms.since import since_the_plan
from plans.forms.written import WrittenTogether
from plans.models import Action

SOMEBODY_NEW = "new"
LONGEST_FIRST_NAME = 60


class ActionForm(AppointmentFields, PlaceInPlan, WrittenTogether):
    """One thing, one owner, one date. Who is not on the list yet can be written down right here."""

    what = LongText(
        label=_("What is going to happen?"),
        help_text=_("One thing, said so that everybody gets it."),
        rows=2,
        max_length=500,
        error_messages={"required": _("Write what is going to happen.")},
    )
    owner = forms.ChoiceField(
        label=_("Who does this?"),
        help_text=_("One person. Try first: what can they do themselves?"),
        error_messages={"required": _("Choose one person."), "invalid_choice": _("Choose somebody from the list.")},
    )
    new_name = forms.CharField(label=_("Name"), max_length=80, required=False)
    new_organisation = forms.CharField(label=_("Organisation"), max_length=120, required=False)
    new_function = forms.CharField(label=_("Job"), max_length=80, required=False)
    new_phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    due_on = DayField(label=_("Before which day?"), error_messages={"required": _("Choose a day.")})
    rhythm = forms.CharField(
        label=_("Days and times"), max_length=80, required=False, help_text=_("For example: every Tuesday 10.00.")
    )

    practical = forms.CharField(
        label=_("Good to know for who does this"),
        max_length=200,
        required=False,
        help_text=_(
            "For example: the bell is broken, knock on the window. A volunteer reads only this and the action."
        ),
    )

    def __init__(self, *args, household: Household, action: Action | None = None, **kwargs):
        if action:
            known = {name: getattr(action, name) for name in ("what", "due_on", "rhythm", "practical")}
            known |= {"owner": key(action.owner)} | known_appointment(action) | known_place(action)
            kwargs.setdefault("initial", known)
        super().__init__(*args, **kwargs)
        self.action, self.household = action, household
        self.put_in_place(household, action)
        if action:
            self.begins_with(as_action_stands(action))
        people = People(household, action)
        self.people = people.by_key
        if action and key(action.owner) not in self.people:
            gone = _("%(name)s is not here any more. Choose who does this now.") % {"name": action.owner}
            self.fields["owner"].help_text = gone
            self.fields["owner"].error_messages |= dict.fromkeys(("required", "invalid_choice"), gone)
        choices_of(self, "owner").choices = [
            *people.choices,
            (_("Somebody else"), [(SOMEBODY_NEW, _("Not on this list, fill in below"))]),
        ]

    def clean_from_on(self):
        return since_the_plan(self.cleaned_data["from_on"], self.household)

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day < timezone.localdate() and not (self.action and day == self.action.due_on):
            raise ValidationError(_("Choose today or a later day."))
        return day

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("new_name") and not cleaned.get("owner"):
            cleaned["owner"] = SOMEBODY_NEW  # who fills in somebody new means that person
            self.errors.pop("owner", None)
        if cleaned.get("owner") == SOMEBODY_NEW:
            if not cleaned.get("new_name"):
                self.add_error("new_name", _("Write the name of the person who does this."))
            elif len(cleaned["new_name"].partition(" ")[0]) > LONGEST_FIRST_NAME:
                self.add_error("new_name", _("This name is too long. Write a first name and a last name."))
            if not cleaned.get("new_organisation"):
                self.add_error("new_organisation", _("Write for which organisation this person works."))
        if cleaned.get("owner"):
            self.check_tier(self.people.get(cleaned["owner"]))
        return cleaned

    @property
    def appointment_open(self) -> bool:
        """Something stands in these fields already, or is wrong in them."""
        return self.any_of(AppointmentFields, but=("every_weeks",))

    @property
    def place_open(self) -> bool:
        return self.any_of(PlaceInPlan, but=("goal",))

    def any_of(self, part: type[forms.Form], *, but: tuple[str, ...]) -> bool:
        names = [name for name in part.base_fields if name in self.fields]
        return any(name in self.errors or (name not in but and self[name].value()) for name in names)

    def chosen_owner(self) -> Owner:
        """Who was chosen; somebody new is written down first."""
        chosen = self.cleaned_data["owner"]
        if chosen != SOMEBODY_NEW:
            return self.people[chosen]
        first_name, _space, last_name = self.cleaned_data["new_name"].partition(" ")
        return add_professional(
            first_name=first_name,
            last_name=last_name,
            organisation=self.cleaned_data["new_organisation"],
            function=self.cleaned_data["new_function"],
            phone=self.cleaned_data["new_phone"],
        )
