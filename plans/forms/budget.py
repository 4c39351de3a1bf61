"""An amount of money is asked for, decided about and paid."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText, choices_of, in_our_time, not_to_come
from config.money import MoneyField, in_euros
from households.domains import LifeDomain
from households.models import Household
from partners.models import Professional
from partners.permissions import Permission
from plans.budget import Frame, mandate_of
from plans.models import BudgetLine

ANOTHER = {"required": _("Choose a colleague."), "invalid_choice": _("Choose a colleague, not yourself.")}


class BudgetForm(forms.Form):
    """What it is for first, then how much and from which law, then who decides."""

    purpose = LongText(
        label=_("What is it for?"), rows=2, max_length=300, error_messages={"required": _("Write what it is for.")}
    )
    domain = forms.ChoiceField(
        label=_("Life domain"),
        choices=[("", _("Choose a life domain")), *LifeDomain.choices],
        error_messages={"required": _("Choose a life domain.")},
    )
    motivation = LongText(
        label=_("Why is this needed, and why does no rule or scheme do it?"),
        help_text=_("The problem, what was tried, and what this solves. It must be clear to somebody who knows nothing of it."),
        max_length=2000,
        error_messages={"required": _("Write why this is needed.")},
    )  # fmt: skip
    otherwise = LongText(
        label=_("What happens, or what does it cost, without this?"), required=False, rows=2, max_length=1000
    )
    they_say = LongText(label=_("What do they think of it themselves?"), required=False, rows=2, max_length=1000)
    amount = MoneyField(label=_("How much?"), error_messages={"required": _("Fill in the amount.")})
    decider = forms.ModelChoiceField(
        Professional.objects.none(),
        label=_("Who decides?"),
        help_text=_("A colleague: nobody decides about the own question."),
        empty_label=_("Choose a colleague"),
        error_messages=ANOTHER,
    )
    second = forms.ModelChoiceField(
        Professional.objects.none(),
        label=_("Who is the second person?"),
        help_text=_("Needed when it is more than the first may decide alone."),
        required=False,
        empty_label=_("Nobody"),
        error_messages=ANOTHER,
    )

    def __init__(self, *args, household: Household, by: Professional, **kwargs):
        super().__init__(*args, **kwargs)
        self.household = household
        for frame in Frame:
            self.fields[frame.value] = MoneyField(label=frame.label, required=False, zero=True)
        deciders = Professional.objects.with_permission(Permission.DECIDE_BUDGET, team=household.team)
        for name in ("decider", "second"):
            choices_of(self, name).queryset = deciders.exclude(pk=by.pk).order_by("first_name", "last_name")

    @property
    def split(self) -> list[forms.BoundField]:
        return [self[frame.value] for frame in Frame]

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        amount, decider, second = (cleaned.get(name) for name in ("amount", "decider", "second"))
        parts = [cleaned.get(frame.value) or Decimal(0) for frame in Frame]
        if amount and any(parts) and not self.errors.keys() & set(Frame.values) and sum(parts) != amount:
            self.add_error(
                Frame.WMO.value,
                ValidationError(
                    _("Together this is %(sum)s, and the amount is %(amount)s. They must be the same, to the cent."),
                    params={"sum": in_euros(sum(parts, Decimal(0))), "amount": in_euros(amount)},
                ),
            )
        if decider and second and decider == second:
            self.add_error("second", _("The second person is another one than who decides first."))
        if amount and decider and not second and "second" not in self.errors:
            limit = mandate_of(decider, self.household.team)
            if amount > limit:
                self.add_error(
                    "second",
                    ValidationError(
                        _("%(name)s decides up to %(limit)s alone. Choose a second person."),
                        params={"name": decider, "limit": in_euros(limit)},
                    ),
                )
        return cleaned

    def facts(self) -> dict[str, Any]:
        cleaned = dict(self.cleaned_data)
        split = {frame.value: cleaned.pop(frame.value) or Decimal(0) for frame in Frame}
        return cleaned | {"split": split}


class DecideForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[("yes", _("I grant it")), ("no", _("I do not grant it"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether you grant it.")},
    )
    reason = LongText(
        label=_("Why?"),
        help_text=_("They may hear this. Write it so that they can understand it."),
        rows=2,
        max_length=1000,
        error_messages={"required": _("Write why.")},
    )


class PaidForm(forms.Form):
    """A day between the decision and today."""

    paid_on = DayField(label=_("On which day was it paid?"), error_messages={"required": _("Choose a day.")})

    def __init__(self, *args, line: BudgetLine, **kwargs):
        super().__init__(*args, **kwargs)
        self.line = line

    def clean_paid_on(self):
        day = not_to_come(in_our_time(self.cleaned_data["paid_on"]))
        if day and self.line.granted_on and day < self.line.granted_on:
            raise ValidationError(_("It was granted later than that. Choose the day of granting, or a later one."))
        return day


class WithdrawForm(forms.Form):
    because = LongText(
        label=_("Why is it withdrawn?"), rows=2, max_length=500, error_messages={"required": _("Write why.")}
    )
