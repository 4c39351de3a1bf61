"""What a colleague fills in to split a signal, or to undo a link."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.forms import LongText
from signals.models import Signal


class PartForm(forms.Form):
    """Empty on purpose: nothing of the first family goes along by itself."""

    observation = LongText(
        label=_("What was seen about the other family?"),
        rows=6,
        help_text=_("Take over only what is about them. Their coordinator reads this, and not the whole signal."),
        error_messages={"required": _("Write down what was seen about the other family.")},
    )
    about_name = forms.CharField(label=_("Name"), max_length=200, required=False)
    about_address = forms.CharField(label=_("Address"), max_length=200, required=False)
    agreed = forms.BooleanField(
        label=_("The reporter says that this family too is fine with us knowing it"), required=False
    )

    def __init__(self, *args, signal: Signal, **kwargs):
        super().__init__(*args, **kwargs)
        self.signal = signal
        if signal.discussed != Signal.Discussed.AGREED:
            del self.fields["agreed"]

    def clean(self):
        cleaned = super().clean() or {}
        nameless = self.signal.discussed == Signal.Discussed.NOT_AGREED and not self.signal.names_because
        for name in ("about_name", "about_address"):
            if nameless and cleaned.get(name):
                self.add_error(
                    name, ValidationError(_("The resident is not fine with it, so no name and no address here."))
                )
        return cleaned


class DetachForm(forms.Form):
    reason = LongText(
        label=_("Why was the link wrong?"),
        rows=2,
        max_length=1000,
        error_messages={"required": _("Write down why the link was wrong.")},
    )
