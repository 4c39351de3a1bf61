"""What a reporter fills in."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from config.forms import LongText, NoBsn, choices_of
from signals.models import Signal, Talk


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


class TalkForm(NoBsn):
    """Do you come to talk together? One of the moments, another one, or no."""

    free_text = ("words",)
    OTHER, NO = "other", "no"

    moment = forms.ChoiceField(
        label=_("Do you come?"), widget=forms.RadioSelect, error_messages={"required": _("Choose one answer.")}
    )
    words = forms.CharField(
        label=_("Which moment suits you, or what else do you want to say?"), max_length=300, required=False
    )

    def __init__(self, *args, talk: Talk, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = talk.lines
        choices_of(self, "moment").choices = [
            *((str(rank), line) for rank, line in enumerate(self.lines)),
            (self.OTHER, Talk.Answer.OTHER.label),
            (self.NO, Talk.Answer.NO.label),
        ]

    def clean(self):
        super().clean()
        if self.cleaned_data.get("moment") == self.OTHER and not self.cleaned_data.get("words"):
            self.add_error("words", _("Write which moment suits you."))
        return self.cleaned_data

    @property
    def answer(self) -> tuple[Talk.Answer, str]:
        """What was chosen, and the words with it."""
        chosen, words = self.cleaned_data["moment"], self.cleaned_data["words"]
        if chosen == self.OTHER:
            return Talk.Answer.OTHER, words
        if chosen == self.NO:
            return Talk.Answer.NO, words
        return Talk.Answer.YES, ". ".join(filter(None, [self.lines[int(chosen)], words]))


class NotSolvedForm(NoBsn):
    """Why the reporter wants a closed message to be opened again."""

    free_text = ("reason",)
    reason = LongText(
        label=_("It is not solved, because …"),
        help_text=_("Only tell what you see or hear yourself. Write no BSN and no medical data."),
        max_length=1000,
        error_messages={"required": _("Write why it is not solved.")},
    )


class PulseForm(NoBsn):
    """Two questions after closing."""

    free_text = ("tip",)
    mark = forms.TypedChoiceField(
        label=_("Which mark do you give us?"),
        help_text=_("1 is very bad, 10 is very good."),
        choices=[(mark, str(mark)) for mark in range(1, 11)],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a mark from 1 to 10.")},
    )
    tip = LongText(
        label=_("What can we do better?"),
        help_text=_("Write no names and nothing about the people it was about."),
        max_length=600,
        required=False,
    )


class FindForm(forms.Form):
    code = forms.CharField(
        label=_("Your personal code"),
        help_text=_("You got it when you sent your message. Spaces and small letters are fine."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Fill in your personal code.")},
    )
