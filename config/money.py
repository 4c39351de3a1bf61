"""Amounts of money: to the cent, and as people here write them."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

CENT = Decimal("0.01")
MOST = Decimal("999999.99")
PLAIN = re.compile(r"(?P<whole>[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,(?P<cents>[0-9]{1,2}))?")
WITH_A_POINT = re.compile(r"(?P<whole>[0-9]+)\.(?P<cents>[0-9]{2})")
TOO_FINE = re.compile(r"[0-9.]+,[0-9]{3,}|[0-9]+\.[0-9]{4,}|0\.[0-9]{3}")


def in_euros(amount: Decimal) -> str:
    """€ 1.250,50"""
    return "€ " + f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


class MoneyField(forms.CharField):
    """An amount as somebody types it: 85, 85,-, 1.250,50, € 1250.50. What is wrong stays as it was typed. Becomes a Decimal
    with two digits; None when nothing was filled in."""

    def __init__(self, *, zero: bool = False, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(max_length=20, **kwargs)
        self.zero = zero

    def prepare_value(self, value):
        return in_euros(value).removeprefix("€ ") if isinstance(value, Decimal) else value

    def clean(self, value):
        typed = super().clean(value)
        return self.amount(typed) if typed else None

    def amount(self, typed: str) -> Decimal:
        bare = "".join(typed.removeprefix("€").split())
        if bare[:1] in ("-", "\u2212"):
            raise ValidationError(_("An amount is not less than nothing. Leave out the minus sign."))
        bare = re.sub(r",[-\u2013]+$", "", bare)
        if TOO_FINE.fullmatch(bare):
            raise ValidationError(_("Write at most two digits behind the comma, such as 1.250,50."))
        found = PLAIN.fullmatch(bare) or WITH_A_POINT.fullmatch(bare)
        if found is None:
            raise ValidationError(_("Write the amount in euros, such as 85 or 1.250,50."))
        amount = Decimal(f"{found['whole'].replace('.', '')}.{(found['cents'] or '').ljust(2, '0')}")
        if amount > MOST:
            raise ValidationError(_("This is more than %(most)s. Look at the amount once more."), params={"most": in_euros(MOST)})  # fmt: skip
        if not amount and not self.zero:
            raise ValidationError(_("Fill in an amount of more than nothing."))
        return amount
