"""Where somebody stands towards the plan, and three things that are asked apart."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText
from plans.models import PlanVersion, Signature

Stand = Signature.Stand


def since_laid_before(version: PlanVersion, day: date) -> date:
    """A day on which somebody can have said something of this version. Raises ValidationError."""
    if not timezone.localdate(version.made_at) <= day <= timezone.localdate():
        raise ValidationError(_("Choose a day from the day on which the plan was laid before them, until today."))
    return day


class Ticks(forms.Form):
    """Each is asked by itself, and none begins ticked."""

    share = forms.BooleanField(
        label=_("May be talked about with those who help"),
        help_text=_("With whom about what is agreed on apart. This tick opens nothing."),
        required=False,
    )
    request = forms.BooleanField(
        label=_("This is an application too"),
        help_text=_("For help that the municipality decides about. Seeing or agreeing never makes it one."),
        required=False,
    )


class SignForm(Ticks):
    """What the coordinator writes down of somebody."""

    stand = forms.ChoiceField(
        label=_("Where does this person stand?"),
        choices=[
            (Stand.AGREED, _("Agrees, with a signature")),
            (Stand.ORAL, _("Agrees, said aloud")),
            (Stand.AGAINST, _("Has seen it, and does not agree")),
            (Stand.NOT_ASKED, _("Not asked yet")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where this person stands.")},
    )
    seen = forms.BooleanField(
        label=_("Has seen this plan, or it was read aloud"),
        required=False,
    )
    said_on = DayField(label=_("On which day?"), error_messages={"required": _("Choose a day.")})
    remark = LongText(label=_("What does this person say about it?"), required=False, rows=2, max_length=1000)

    field_order = ("stand", "seen", "share", "request", "said_on", "remark")

    def __init__(self, *args, signature: Signature, **kwargs):
        names = ("seen", "share", "request", "remark")
        known = {name: getattr(signature, name) for name in names}
        known["said_on"] = signature.said_on or timezone.localdate()
        if not signature.is_open:
            known["stand"] = signature.stand
        kwargs.setdefault("initial", known)
        super().__init__(*args, **kwargs)
        self.signature = signature

    def clean_said_on(self):
        return since_laid_before(self.signature.version, self.cleaned_data["said_on"])

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        stand = cleaned.get("stand")
        if stand and stand != Stand.NOT_ASKED and not cleaned.get("seen"):
            self.add_error(
                "seen", _("Tick this when it is so. Nobody can agree with what he or she has not seen or heard.")
            )
        if stand == Stand.AGAINST and not cleaned.get("remark") and "remark" not in self.errors:
            self.add_error("remark", _("Write what this person does not agree with."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        return self.cleaned_data | {"stand": Stand(self.cleaned_data["stand"])}


class OwnSignForm(forms.Form):
    """What a resident says on the own page."""

    agrees = forms.ChoiceField(
        label=_("Do you agree with this plan?"),
        choices=[("yes", _("Yes, I agree")), ("no", _("No, I do not agree"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    remark = LongText(
        label=_("What must be different?"),
        help_text=_("Your coordinator reads this, and talks about it with you."),
        required=False,
        max_length=1000,
    )
    share = forms.BooleanField(
        label=_("You may talk about this plan with the people who help me"),
        help_text=_("What they may know, you still decide for each of them."),
        required=False,
    )
    request = forms.BooleanField(
        label=_("This plan is my application too"),
        help_text=_(
            "Only tick this when you want to ask the municipality for help. Your coordinator calls you about it."
        ),
        required=False,
    )

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("agrees") == "no" and not cleaned.get("remark") and "remark" not in self.errors:
            self.add_error("remark", _("Write what must be different. One sentence is enough."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        return self.cleaned_data | {"agrees": self.cleaned_data["agrees"] == "yes"}
