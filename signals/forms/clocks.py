"""What a colleague writes down against a clock: that the household was told, why that waits, and what the Wmo asks."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText, not_to_come
from config.workdays import end_of_term, months_after
from partners.models import Professional
from plans.forms.application import OfSomebody
from signals.models import Signal, Telling, WmoNotification


class ToldForm(forms.Form):
    prefix = "told"
    told_on = DayField(label=_("Told on"))
    told_by = forms.CharField(label=_("By whom"), max_length=120, error_messages={"required": _("Write who told it.")})
    told_how = forms.ChoiceField(
        label=_("How"),
        choices=Telling.How,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it was told.")},
    )

    def __init__(self, *args, signal: Signal, by: Professional, **kwargs):
        kwargs.setdefault("initial", {"told_on": timezone.localdate(), "told_by": str(by)})
        super().__init__(*args, **kwargs)
        self.signal = signal

    def clean_told_on(self):
        day = not_to_come(self.cleaned_data["told_on"])
        if day < timezone.localdate(self.signal.received_at):
            raise ValidationError(_("The signal came in later than that day."))
        return day


class PostponeForm(forms.Form):
    prefix = "later"
    ground = forms.ChoiceField(
        label=_("Why not now?"),
        help_text=_("The law knows no other reasons."),
        choices=Telling.Ground,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it can not be told now.")},
    )
    because = LongText(
        label=_("Explain it"),
        max_length=1000,
        error_messages={"required": _("Explain why. This can be asked for later.")},
    )
    until = DayField(label=_("On which day do you look again?"))

    def clean_until(self):
        day, today = self.cleaned_data["until"], timezone.localdate()
        last = end_of_term(months_after(today, settings.INFORM_WITHIN_MONTHS))
        if not today < day <= last:
            raise ValidationError(_("Choose a day after today, at the latest %(last)s.") % {"last": f"{last:%d-%m-%Y}"})
        return day


class WmoForm(forms.Form):
    """Only this tick starts the clocks of the Wmo."""

    prefix = "wmo"
    is_wmo = forms.BooleanField(
        label=_("This is (also) a report for the Wmo by or for the resident"),
        help_text=_("Only tick this when the resident asks for support, or somebody does so for the resident."),
        error_messages={"required": _("Tick this, or do not start the terms.")},
    )
    notified_on = DayField(label=_("Reported on"))

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("initial", {"notified_on": timezone.localdate()})
        super().__init__(*args, **kwargs)

    def clean_notified_on(self):
        return not_to_come(self.cleaned_data["notified_on"])


class CounterForm(WmoForm, OfSomebody):
    """The same, of somebody who came or called."""

    field_order = ("is_wmo", "resident", "notified_on")


class PersonalPlanForm(forms.Form):
    """That somebody heard of the own plan and of free support."""

    offered_on = DayField(label=_("Offered on"))
    told_by = forms.CharField(label=_("By whom"), max_length=120, error_messages={"required": _("Write who told it.")})

    def __init__(self, *args, notification: WmoNotification, by: Professional, **kwargs):
        kwargs.setdefault("initial", {"offered_on": timezone.localdate(), "told_by": str(by)})
        super().__init__(*args, **kwargs | {"prefix": f"plan-{notification.pk}"})
        self.notification = notification

    def clean_offered_on(self):
        day = not_to_come(self.cleaned_data["offered_on"])
        if day < self.notification.notified_on:
            raise ValidationError(_("The report came in later than that day."))
        return day
