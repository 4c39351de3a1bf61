"""What a colleague fills in to tell a reporter something, and who agreed that it may be told."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from django import forms
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.bsn import looks_like_bsn
from config.forms import DayField, LongText, choices_of, not_to_come
from households.models import Consent
from signals.models import Signal
from signals.sentences import DAY, Sentence, deciding_members, street, telling_words


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
        return not_to_come(self.cleaned_data["given_on"])


class FeedbackForm(forms.Form):
    """One of the standard sentences that may be said now, with what it asks for."""

    OWN_WORDS = ("question", "result", "own_words", "safety_facts", "moments", "place")
    MISSING: ClassVar = {
        "question": _("Write your question."),
        "before": _("Choose before which day you want an answer."),
        "advice": _("Write what you advise."),
        "result": _("Write what the reporter may know."),
        "read_aloud_on": _("On which day did you read this aloud to the residents?"),
        "own_words": _("Write what you want to tell the reporter."),
        "safety_facts": _("Write which facts the reporter needs for safety."),
        "moments": _("Write at least one moment."),
        "place": _("Write where you want to meet."),
    }

    sentence = forms.ChoiceField(
        label=_("Which sentence?"), widget=forms.RadioSelect, error_messages={"required": _("Choose a sentence.")}
    )
    question = forms.CharField(label=_("Your question"), max_length=300, required=False)
    moments = LongText(
        label=_("Which moments?"), help_text=_("One on each line, as you would say it."), max_length=300, required=False
    )
    place = forms.CharField(label=_("Where?"), max_length=200, required=False)
    before = DayField(label=_("Answer before"), required=False)
    own_words = LongText(
        label=_("What do you want to tell?"),
        help_text=_(
            "Only that there is contact or help, and what the residents agreed to. Nothing about health or debts."
        ),
        max_length=600,
        required=False,
    )
    safety_facts = LongText(
        label=_("Which facts are needed for safety?"),
        help_text=_("Only what this reporter needs, as it was written down and agreed with."),
        max_length=600,
        required=False,
    )
    advice = forms.CharField(
        label=_("What do you advise?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In plain words. Name nobody: you do not know whom it is about, and that stays so."),
    )
    result = forms.CharField(
        label=_("The one thing that the reporter may know"),
        max_length=300,
        required=False,
        help_text=_("Exactly as you read it aloud to the residents."),
    )
    read_aloud_on = DayField(label=_("Read aloud on"), required=False)
    sure = forms.BooleanField(label=_("I looked twice: this may be told like this"), required=False)
    and_close = forms.BooleanField(label=_("Close the signal after this"), required=False)

    def __init__(self, *args, signal: Signal, sentences: list[Sentence], sending: bool = True, **kwargs):
        """`sending` is false when the colleague only looks how it reads: then nothing has to be sure yet."""
        super().__init__(*args, **kwargs)
        self.signal, self.sending = signal, sending
        self.sentences = {sentence.code: sentence for sentence in sentences}
        self.told: list[str] = []  # what to look at twice
        choices_of(self, "sentence").choices = [(code, sentence.title) for code, sentence in self.sentences.items()]

    @property
    def chosen(self) -> Sentence | None:
        return self.sentences.get(self["sentence"].value() or "")

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        sentence = self.sentences.get(cleaned.get("sentence", ""))
        if sentence is None:
            return cleaned
        for name in sentence.asks:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, self.MISSING[name])
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
        typed = {name: self.cleaned_data.get(name) or "" for name in self.OWN_WORDS if name in sentence.asks}
        told = telling_words(self.signal, "\n".join(typed.values()))
        for name, text in typed.items():
            words = quoted(word for word in told if word in text)
            if looks_like_bsn(text):
                self.add_error(name, _("This looks like a BSN. Take the number out; we do not need it."))
            elif names_protected_address(self.signal, text):
                self.add_error(name, _("This address is protected. It is never told to anybody."))
            elif words and not sentence.about_people:
                self.add_error(
                    name, _("This tells something about people: %(words)s. Ask it without that.") % {"words": words}
                )
        self.told = told if sentence.about_people else []
        if self.told and self.sending and not self.cleaned_data.get("sure"):
            self.add_error(
                "sure",
                _("Look twice: %(words)s. Tick this when the residents really agreed to that.")
                % {"words": quoted(self.told)},
            )

    @property
    def words_to_look_at(self) -> str:
        return quoted(self.told)

    @property
    def only_unsure(self) -> bool:
        """Is everything right, but for the second look?"""
        return set(self.errors) == {"sure"}

    def answers(self, sentence: Sentence) -> dict[str, str]:
        """What was filled in for this sentence, as it stands in the text."""
        values = {name: self.cleaned_data[name] for name in sentence.asks}
        return {name: format_date(value, DAY) if isinstance(value, date) else value for name, value in values.items()}

    def as_far_as_it_goes(self, sentence: Sentence) -> dict[str, str]:
        """The same while somebody is still filling it in, with dots for what is missing."""
        cleaned = getattr(self, "cleaned_data", {})
        values = {name: cleaned.get(name) or "…" for name in sentence.asks}
        return {name: format_date(value, DAY) if isinstance(value, date) else value for name, value in values.items()}


class ReopenForm(forms.Form):
    """Why a colleague opens a closed signal again."""

    reason = LongText(
        label=_("Why do you open it again?"),
        max_length=1000,
        error_messages={"required": _("Write why you open it again.")},
    )


def quoted(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def names_protected_address(signal: Signal, text: str) -> bool:
    household = signal.household
    if household is None or not household.address_protected:
        return False
    name = street(household.address)
    return len(name) > 2 and name.lower() in text.lower()
