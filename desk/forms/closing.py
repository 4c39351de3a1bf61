"""What is written down when a household is closed, and when somebody asks later how it goes."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText, choices_of
from config.workdays import add_workdays, months_after
from desk.closing import Ending
from plans.models import Action
from plans.workflow import Status

AFTERCARE_MONTHS = 3
LONGEST = timedelta(days=366)
HOW = {
    Status.DONE: _("It is done"),
    Status.DROPPED: _("It stops"),
    Status.HANDED_ON: _("Somebody goes on with it"),
}


class ClosingForm(forms.Form):
    """For each action that is open what becomes of it, and four things about the whole."""

    what_worked = LongText(
        label=_("What worked?"),
        help_text=_("Look back together. In the words of the household, as far as you can."),
        error_messages={"required": _("Write what worked.")},
    )
    keeps_good = LongText(
        label=_("What keeps it good?"),
        help_text=_("For example: every Monday Karin helps with the mail."),
        error_messages={"required": _("Write what keeps it good.")},
    )
    safety_net = LongText(
        label=_("Whom do they call when it goes less well?"),
        help_text=_("A name and a phone number. Somebody who knows about it."),
        rows=2,
        error_messages={"required": _("Write whom they call, with a phone number.")},
    )
    aftercare_on = DayField(
        label=_("On which day do you ask how it goes?"),
        help_text=_("It stands in your day then. Usually after three months."),
        error_messages={"required": _("Choose the day on which you ask how it goes.")},
    )

    def __init__(self, *args, actions: list[Action], **kwargs):
        today = timezone.localdate()
        kwargs.setdefault("initial", {"aftercare_on": add_workdays(months_after(today, AFTERCARE_MONTHS), 0)})
        super().__init__(*args, **kwargs)
        self.actions = actions
        for action in actions:
            self.fields[f"how-{action.pk}"] = forms.ChoiceField(
                label=action.what,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose what becomes of this action.")},
            )
            nothing_yet = action.status == Status.PROPOSED  # what nobody said yes to is not done
            choices_of(self, f"how-{action.pk}").choices = [
                (how.value, words) for how, words in HOW.items() if not (nothing_yet and how == Status.DONE)
            ]
            self.fields[f"who-{action.pk}"] = forms.CharField(
                label=_("Who goes on with it?"),
                max_length=120,
                required=False,
                initial=getattr(action.owner, "full_name", "") or str(action.owner),
            )
        self.order_fields([name for name in self.fields if "-" in name])  # as on the page; so are the mistakes told

    @property
    def rows(self) -> list[tuple]:
        """Of each action its two fields."""
        return [(action, self[f"how-{action.pk}"], self[f"who-{action.pk}"]) for action in self.actions]

    def clean_aftercare_on(self):
        day, today = self.cleaned_data["aftercare_on"], timezone.localdate()
        if day <= today:
            raise ValidationError(_("Choose a day after today."))
        if day > today + LONGEST:
            raise ValidationError(_("Choose a day within a year."))
        return day

    def clean(self):
        super().clean()
        for action in self.actions:
            goes_on = self.cleaned_data.get(f"how-{action.pk}") == Status.HANDED_ON
            if goes_on and not self.cleaned_data.get(f"who-{action.pk}"):
                self.add_error(f"who-{action.pk}", _("Write the name of who goes on with it."))
        return self.cleaned_data

    def endings(self) -> list[Ending]:
        return [
            Ending(
                action,
                Status(self.cleaned_data[f"how-{action.pk}"]),
                self.cleaned_data[f"who-{action.pk}"],
            )
            for action in self.actions
        ]

    def words(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("what_worked", "keeps_good", "safety_net", "aftercare_on")}


class AftercareForm(forms.Form):
    how_it_goes = LongText(
        label=_("How does it go?"),
        help_text=_("As they say it themselves."),
        error_messages={"required": _("Write how it goes.")},
    )
