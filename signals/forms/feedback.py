"""What a colleague fills in to tell a reporter something, and who agreed that it may be told."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, choices_of
from households.models import Consent
from signals.models import Signal
from signals.sentences import DAY, Sentence, deciding_members, telling_words


class ConsentForm(forms.Form):
    """The residents agree, each for himself, that the reporter hears that there is contact."""

    residents = forms.MultipleChoiceField(
        label=_("Who agreed?"),
        help_text=_("Ask each person apart. Everybody of 16 or older must agree."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who agreed.")},
    )
    form = forms.ChoiceField(label=_("How?"), choices=Consent.Form, initial=Consent.Form.ORAL, widget=forms.RadioSelect)
    given_on = DayField(label=_("On which day?"))

    def __init__(self, *args, signal: Signal, **kwargs):
        kwargs.setdefault("initial", {"given_on": timezone.localdate(), "form": Consent.Form.ORAL})
        super().__init__(*args, **kwargs)
        agreed = set(signal.consents.valid().values_list("resident_id", flat=True))
        deciding = [member for member in deciding_members(signal) if member.resident_id not in agreed]
        self.members = {str(member.resident_id): member.resident for member in deciding}
        choices_of(self, "residents").choices = [(pk, resident.full_name) for pk, resident in self.members.items()]

    def clean_residents(self):
        return [self.members[pk] for pk in self.cleaned_data["residents"]]

    def clean_given_on(self):
        day = self.cleaned_data["given_on"]
        if day > timezone.localdate():
            raise ValidationError(_("Choose today or an earlier day."))
        return day


class FeedbackForm(forms.Form):
    """One of the standard sentences that may be said now, with what it asks for."""

    sentence = forms.ChoiceField(
        label=_("Which sentence?"), widget=forms.RadioSelect, error_messages={"required": _("Choose a sentence.")}
    )
    question = forms.CharField(label=_("Your question"), max_length=300, required=False)
    before = DayField(label=_("Answer before"), required=False)
    result = forms.CharField(
        label=_("The one thing that the reporter may know"),
        max_length=300,
        required=False,
        help_text=_("Exactly as you read it aloud to the residents."),
    )
    read_aloud_on = DayField(label=_("Read aloud on"), required=False)
    sure = forms.BooleanField(label=_("I read it aloud exactly like this, and it may be told"), required=False)
    and_close = forms.BooleanField(label=_("Close the signal after this"), required=False)

    def __init__(self, *args, signal: Signal, sentences: list[Sentence], **kwargs):
        super().__init__(*args, **kwargs)
        self.signal = signal
        self.sentences = {sentence.code: sentence for sentence in sentences}
        choices_of(self, "sentence").choices = [(code, sentence.title) for code, sentence in self.sentences.items()]

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        sentence = self.sentences.get(cleaned.get("sentence", ""))
        if sentence is None:
            return cleaned
        missing = {
            "question": _("Write your question."),
            "before": _("Choose before which day you want an answer."),
            "result": _("Write what the reporter may know."),
            "read_aloud_on": _("On which day did you read this aloud to the residents?"),
        }
        for name in sentence.asks:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, missing[name])
        self.look_twice(sentence)
        today = timezone.localdate()
        if "before" in sentence.asks and cleaned.get("before") and cleaned["before"] < today:
            self.add_error("before", _("Choose today or a later day."))
        if "read_aloud_on" in sentence.asks and cleaned.get("read_aloud_on") and cleaned["read_aloud_on"] > today:
            self.add_error("read_aloud_on", _("Choose today or an earlier day."))
        if cleaned.get("and_close") and not sentence.outcome:
            self.add_error(
                "and_close",
                _(
                    "With this sentence the reporter does not know what became of it. Choose another one, or do not close yet."
                ),
            )
        return cleaned

    def look_twice(self, sentence: Sentence) -> None:
        """Own words can tell more than the sentence may."""
        for name in ("question", "result"):
            told = telling_words(self.signal, self.cleaned_data.get(name) or "") if name in sentence.asks else []
            words = ", ".join(f"“{word}”" for word in told)
            if told and not sentence.about_people:
                self.add_error(
                    name, _("This tells something about people: %(words)s. Ask it without that.") % {"words": words}
                )
            elif told and not self.cleaned_data.get("sure"):
                self.add_error(
                    "sure",
                    _("Look twice: %(words)s. Tick this when the residents really agreed to that.") % {"words": words},
                )

    def answers(self, sentence: Sentence) -> dict[str, str]:
        """What was filled in for this sentence, as it stands in the text."""
        values = {name: self.cleaned_data[name] for name in sentence.asks}
        return {name: format_date(value, DAY) if isinstance(value, date) else value for name, value in values.items()}
