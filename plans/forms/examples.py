"""An example that a team writes, and a goal that begins with one."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText
from config.workdays import add_workdays
from households.domains import LifeDomain
from households.models import Household
from plans.actions import Owner
from plans.forms.goal import GoalForm
from plans.forms.people import People
from plans.models import ExampleGoal
from plans.models.action import Tier
from plans.models.example import MOST_STEPS, Step

MOST_WEEKS = 104
STEP = ("what", "tier", "weeks")


class Weeks(forms.IntegerField):
    def __init__(self, **kwargs):
        wrong = _("Write a number of weeks from 1 to %(most)s.") % {"most": MOST_WEEKS}
        kwargs.setdefault("widget", forms.NumberInput(attrs={"inputmode": "numeric"}))
        super().__init__(
            validators=[MinValueValidator(1, wrong), MaxValueValidator(MOST_WEEKS, wrong)],
            error_messages={"invalid": wrong, "required": wrong},
            **kwargs,
        )


class ExampleForm(forms.Form):
    """An example with its first steps. A step without words is none."""

    domain = forms.ChoiceField(
        label=_("Life domain"),
        choices=[("", _("Choose a life domain")), *LifeDomain.choices],
        error_messages={"required": _("Choose a life domain.")},
    )
    title = LongText(
        label=_("What do they want to reach?"),
        help_text=_("As people say it themselves: I ... or We ... Never a name."),
        rows=2,
        max_length=200,
        error_messages={"required": _("Write what they want to reach.")},
    )
    how_we_see_it = LongText(label=_("How do we see that it works?"), required=False, rows=2, max_length=300)
    weeks = Weeks(label=_("Within how many weeks?"))

    def __init__(self, *args, example: ExampleGoal | None = None, **kwargs):
        if example:
            known = example.facts | {"steps": None}
            for number, step in enumerate(example.first_steps, start=1):
                known |= {f"{name}{number}": getattr(step, name) for name in STEP}
            kwargs.setdefault("initial", known)
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_STEPS + 1):
            self.fields[f"what{number}"] = LongText(label=_("What happens?"), rows=2, max_length=200, required=False)
            self.fields[f"tier{number}"] = forms.ChoiceField(
                label=_("Who could do this?"), choices=[("", _("Choose")), *Tier.choices], required=False
            )
            self.fields[f"weeks{number}"] = Weeks(label=_("Within how many weeks?"), required=False)

    @property
    def rows(self) -> list[dict[str, Any]]:
        numbers = range(1, MOST_STEPS + 1)
        return [{"number": number} | {name: self[f"{name}{number}"] for name in STEP} for number in numbers]

    def clean(self):
        super().clean()
        for number in range(1, MOST_STEPS + 1):
            what, tier, weeks = (self.cleaned_data.get(f"{name}{number}") for name in STEP)
            if what and not tier and f"tier{number}" not in self.errors:
                self.add_error(f"tier{number}", _("Choose who could do this."))
            if what and not weeks and f"weeks{number}" not in self.errors:
                self.add_error(f"weeks{number}", self.fields[f"weeks{number}"].error_messages["required"])
            if not what and tier and f"what{number}" not in self.errors:
                self.add_error(f"what{number}", _("Write what happens, or choose nobody."))
        return self.cleaned_data

    def written(self) -> dict[str, Any]:
        """What the verb wants: the steps in a row, without the empty ones."""
        rows = [{name: self.cleaned_data[f"{name}{number}"] for name in STEP} for number in range(1, MOST_STEPS + 1)]
        facts = {name: self.cleaned_data[name] for name in ("domain", "title", "how_we_see_it", "weeks")}
        return facts | {"steps": [Step(**row) for row in rows if row["what"]]}


class GoalFromExample(GoalForm):
    """A goal that begins with the words of an example. Of its steps only what is ticked comes into the plan."""

    def __init__(self, *args, household: Household, example: ExampleGoal, initial: dict[str, Any], **kwargs):
        known = {name: getattr(example, name) for name in ("domain", "title", "how_we_see_it")}
        known |= {"by_when": within(example.weeks), "why": initial.get("why", "")}
        super().__init__(*args, household=household, initial=known, **kwargs)
        self.first_steps = example.first_steps
        self.people = People(household)
        for number, step in enumerate(self.first_steps, start=1):
            self.fields[f"take{number}"] = forms.BooleanField(label=step.what, help_text=step.by, required=False)
            self.fields[f"owner{number}"] = forms.ChoiceField(
                label=_("Who does this?"),
                choices=self.people.choices,
                initial=self.people.likely(step.tier),
                required=False,
                error_messages={"invalid_choice": _("Choose somebody from the list.")},
            )
            self.fields[f"due_on{number}"] = DayField(
                label=_("Before which day?"), initial=within(step.weeks), required=False
            )

    @property
    def rows(self) -> list[dict[str, Any]]:
        names = ("take", "owner", "due_on")
        numbers = range(1, len(self.first_steps) + 1)
        return [{"number": number} | {name: self[f"{name}{number}"] for name in names} for number in numbers]

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        self.taken: list[tuple[Step, Owner | None, date | None]] = []
        for number, step in enumerate(self.first_steps, start=1):
            take, owner, due_on = (cleaned.pop(f"{name}{number}", None) for name in ("take", "owner", "due_on"))
            if not take:
                continue
            if not owner and f"owner{number}" not in self.errors:
                self.add_error(f"owner{number}", _("Choose one person."))
            if not due_on and f"due_on{number}" not in self.errors:
                self.add_error(f"due_on{number}", _("Choose a day."))
            if due_on and due_on < timezone.localdate():
                self.add_error(f"due_on{number}", ValidationError(_("Choose today or a later day.")))
            self.taken.append((step, self.people.by_key.get(owner), due_on))
        return cleaned

    def actions(self) -> list[dict[str, Any]]:
        """What was ticked, as `add_action` wants it. What follows from whose it is, is not said twice."""
        return [
            {
                "what": step.what,
                "owner": owner,
                "due_on": due_on,
                "tier": step.tier if step.tier in (Tier.GENERAL, Tier.TAILORED) else "",
            }
            for step, owner, due_on in self.taken
        ]


def within(weeks: int) -> date:
    """On a working day."""
    return add_workdays(timezone.localdate() + timedelta(weeks=weeks), 0)
