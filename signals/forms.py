from datetime import date
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText, NoBsn, choices_of
from config.workdays import add_workdays
from households.models import Consent
from partners.models import District, Professional
from partners.permissions import Permission
from signals.models import Signal
from signals.sentences import DAY, Sentence, deciding_members, telling_words

FIRST_CONTACT_WORKDAYS = 10


class PostForm(NoBsn):
    """What a reporter fills in, on one page. The server decides the same as the page shows."""

    free_text = ("observation", "about_name", "about_address", "not_yet_because", "reporter_name", "reporter_function")

    submission = forms.UUIDField(widget=forms.HiddenInput)
    danger_now = forms.TypedChoiceField(
        label=_("Is there danger now?"),
        choices=[("nee", _("No")), ("ja", _("Yes, there is danger now"))],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether there is danger now.")},
    )
    observation = LongText(
        label=_("What do you see or hear?"),
        help_text=_(
            "Only tell what you see or hear yourself. What goes well is welcome too. Write no BSN and no medical data."
        ),
        rows=5,
        error_messages={"required": _("Tell what you see or hear.")},
    )
    discussed = forms.ChoiceField(
        label=_("Does the resident know that you tell us this?"),
        help_text=_("People like to know what is said about them."),
        choices=Signal.Discussed,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether you discussed this.")},
    )
    not_yet_because = forms.CharField(
        label=_("Why not yet?"),
        max_length=400,
        required=False,
        help_text=_("Can you still do it? Talking first often works best."),
    )
    names_because = forms.ChoiceField(
        label=_("Why do you still write a name or address?"),
        choices=[("", _("I write no name and no address")), *Signal.NamesBecause.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    about_name = forms.CharField(label=_("Name"), max_length=200, required=False)
    about_address = forms.CharField(label=_("Street and house number"), max_length=200, required=False)
    resident_agrees_to_feedback = forms.BooleanField(
        label=_("The resident is fine with me hearing whether there is contact"), required=False
    )
    reporter_name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        error_messages={"required": _("Write your name, so that we can answer you.")},
    )
    reporter_function = forms.CharField(label=_("Your job"), max_length=120, required=False)
    reporter_email = forms.EmailField(
        label=_("Your work e-mail"),
        required=False,
        error_messages={
            "invalid": _("This e-mail address is not complete. An address looks like name@organisation.nl.")
        },
    )
    reporter_phone = forms.CharField(label=_("Your phone"), max_length=30, required=False)

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("initial", {"submission": uuid4(), "names_because": ""})
        super().__init__(*args, **kwargs)
        for name in ("about_name", "about_address"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        for name, kind in {"reporter_name": "name", "reporter_email": "email", "reporter_phone": "tel"}.items():
            self.fields[name].widget.attrs["autocomplete"] = kind
        self.fields["reporter_phone"].widget.input_type = "tel"

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        discussed = cleaned.get("discussed")
        if discussed != Signal.Discussed.NOT_AGREED:
            cleaned["names_because"] = ""
        elif not cleaned.get("names_because"):
            for name in ("about_name", "about_address"):
                if cleaned.get(name):
                    self.add_error(
                        name,
                        _("The resident is not fine with it. Take this out, or choose above why it must be known."),
                    )
        if discussed != Signal.Discussed.NOT_YET:
            cleaned["not_yet_because"] = ""
        elif not cleaned.get("not_yet_because") and not cleaned.get("danger_now"):
            self.add_error("not_yet_because", _("Write why you did not discuss it yet."))
        if discussed != Signal.Discussed.AGREED:
            cleaned["resident_agrees_to_feedback"] = False
        if (
            not cleaned.get("reporter_email")
            and not cleaned.get("reporter_phone")
            and "reporter_email" not in self.errors
        ):
            self.add_error("reporter_email", _("Write an e-mail address or a phone number, so that we can answer you."))
        return cleaned


class AnswerForm(NoBsn):
    free_text = ("body",)
    body = LongText(
        label=_("Do you want to say something?"),
        help_text=_("Only tell what you see or hear yourself. Write no BSN and no medical data."),
        error_messages={"required": _("Write your answer first.")},
    )


class FindForm(forms.Form):
    code = forms.CharField(
        label=_("Your personal code"),
        help_text=_("You got it when you sent your message. Spaces and small letters are fine."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Fill in your personal code.")},
    )


class DeclineForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why do we not go on with this?"),
        choices=Signal.Decline,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason. The reporter hears it.")},
    )


class HouseholdForm(forms.Form):
    """A new household for a signal. What the reporter wrote is filled in already."""

    name = forms.CharField(
        label=_("Name of the household"), max_length=120, error_messages={"required": _("Give the household a name.")}
    )
    address = forms.CharField(label=_("Street and house number"), max_length=200, required=False)
    address_protected = forms.BooleanField(
        label=_("This address is protected"), required=False, help_text=_("It is never shown, printed or mailed.")
    )
    district = forms.ModelChoiceField(
        label=_("District"), queryset=District.objects.none(), required=False, empty_label=_("Not known")
    )
    coordinator = forms.ModelChoiceField(
        label=_("Who is the coordinator?"),
        queryset=Professional.objects.none(),
        help_text=_("One person, for everybody."),
    )
    next_step = forms.CharField(
        label=_("Next step"), max_length=300, error_messages={"required": _("Write the next step.")}
    )
    next_step_on = DayField(label=_("Before which day?"))

    def __init__(self, *args, signal: Signal, by: Professional, **kwargs):
        today = timezone.localdate()
        kwargs["initial"] = {
            "name": signal.about_name[:120],
            "address": signal.about_address,
            "coordinator": by.pk if by.may(Permission.COORDINATE, team=signal.team) else None,
            "next_step": _("Make contact and tell about the signal"),
            "next_step_on": add_workdays(today, FIRST_CONTACT_WORKDAYS),
        }
        super().__init__(*args, **kwargs)
        choices_of(self, "district").queryset = signal.team.districts.all()
        choices_of(self, "coordinator").queryset = Professional.objects.with_permission(
            Permission.COORDINATE, team=signal.team
        ).order_by("first_name", "last_name")

    def clean_next_step_on(self):
        day = self.cleaned_data["next_step_on"]
        if day < timezone.localdate():
            raise ValidationError(_("Choose today or a later day."))
        return day


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
