from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText, choices_of, not_to_come
from households.models import Household, Note, Resident


class NoteForm(forms.Form):
    """What happened, and what kind of knowing it is."""

    occasion = forms.ChoiceField(label=_("What was it?"), choices=Note.Occasion)
    happened_on = DayField(label=_("On which day?"))
    text = LongText(
        label=_("What do you want to remember?"),
        rows=4,
        max_length=10_000,
        help_text=_("The residents may read this. Write so that they recognise it."),
        error_messages={
            "required": _("Write what happened."),
            "max_length": _("This is too long: at most 10,000 characters. Write the rest in a second one."),
        },
    )
    kind = forms.ChoiceField(
        label=_("How do you know?"),
        choices=Note.Kind,
        initial=Note.Kind.FACT,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it is a fact, what somebody says, or an impression.")},
    )
    said_by = forms.CharField(label=_("Who says it?"), max_length=120, required=False)
    about = forms.MultipleChoiceField(
        label=_("Who is it about?"),
        help_text=_("Nobody ticked: the whole household."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, household: Household, **kwargs):
        kwargs.setdefault("initial", {"happened_on": timezone.localdate(), "kind": Note.Kind.FACT})
        super().__init__(*args, **kwargs)
        members = household.members.select_related("resident")
        self.residents: dict[str, Resident] = {str(one.resident_id): one.resident for one in members}
        choices_of(self, "about").choices = [(pk, one.full_name) for pk, one in self.residents.items()]

    def clean_about(self) -> list[Resident]:
        return [self.residents[pk] for pk in self.cleaned_data["about"]]

    def clean_happened_on(self):
        day = not_to_come(self.cleaned_data["happened_on"])
        if day.year < 1900:
            raise ValidationError(_("This is too long ago. Look at the year."))
        return day

    def clean(self):
        super().clean()
        said = self.cleaned_data.get("kind") == Note.Kind.SAID
        if said and not self.cleaned_data.get("said_by"):
            self.add_error("said_by", _("Write who says it, such as: Samira, or the mother of Milan."))
        if not said:
            self.cleaned_data["said_by"] = ""
        return self.cleaned_data
