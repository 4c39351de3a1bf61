from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from households.domains import Side

MARKS = [("", _("No mark")), ("10", _("10, very well")), *((str(one), str(one)) for one in range(9, 0, -1)), ("0", _("0, very bad"))]  # fmt: skip
QUESTIONS = {
    Side.BODY: _("How is your body?"),
    Side.MIND: _("How are your thoughts and feelings?"),
    Side.MEANING: _("Is there room for what matters to you?"),
    Side.JOY: _("Can you enjoy things?"),
    Side.TOGETHER: _("Do you belong somewhere, and do you join in?"),
    Side.DAILY: _("Do you manage your day?"),
}


class OwnMarksForm(forms.Form):
    """A mark from 0 to 10 on each side of the own life, or on a few of them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields = {
            side.value: forms.ChoiceField(label=question, choices=MARKS, required=False)
            for side, question in QUESTIONS.items()
        }

    def clean(self):
        super().clean()
        if not self.errors and not self.marks():
            raise ValidationError(_("Choose a mark. One is enough."))
        return self.cleaned_data

    def marks(self) -> dict[str, int]:
        return {side: int(mark) for side, mark in self.cleaned_data.items() if mark}
