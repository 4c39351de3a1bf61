"""What a reporter fills in."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText, NoBsn, choices_of, in_our_time
from households.domains import LifeDomain
from partners.categories import Category
from partners.models import PartnerLink
from signals.models import Signal, Talk

# What a landlord or an energy or water company does before it may pass on who is behind with paying (Bgs, article 2).
ARREARS_STEPS = [
    ("CONTACT", _("I tried to speak with the resident in person")),
    ("HELP", _("I told where there is help with money and debts")),
    ("LETTER", _("The resident got at least one letter about it")),
    ("NO_OBJECTION", _("I said that I may pass this on, and the resident did not object")),
]


class PostForm(NoBsn):
    """What a reporter fills in, on one page: six things, and more only for who wants to. The server decides the same as
    the page shows."""

    free_text = (
        "observation", "about_name", "about_address", "not_yet_because", "strengths", "wish", "reporter_name",
        "reporter_function",
    )  # fmt: skip
    more = (
        "about_address", "category", "domains", "strengths", "wish", "last_day", "family_may_know", "reporter_function",
        "reporter_phone",
    )  # fmt: skip

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
    about_name = forms.CharField(label=_("Whom is it about?"), max_length=200, required=False)
    about_address = forms.CharField(label=_("Street and house number"), max_length=200, required=False)
    resident_agrees_to_feedback = forms.BooleanField(
        label=_("The resident is fine with me hearing whether there is contact"), required=False
    )
    arrears_steps = forms.MultipleChoiceField(
        label=_("Did you do all four?"), choices=ARREARS_STEPS, widget=forms.CheckboxSelectMultiple, required=False
    )
    category = forms.ChoiceField(label=_("What fits best?"), widget=forms.RadioSelect, required=False)
    domains = forms.MultipleChoiceField(
        label=_("What does it touch?"),
        help_text=_("More than one is fine."),
        choices=LifeDomain,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    strengths = LongText(label=_("What goes well?"), rows=2, required=False)
    wish = LongText(label=_("What do you hope for?"), rows=2, required=False)
    last_day = DayField(label=_("What is your last day with the family?"), required=False)
    family_may_know = forms.TypedChoiceField(
        label=_("May the family know that this comes from you?"),
        choices=[("", _("Ask me first")), ("ja", _("Yes")), ("nee", _("Rather not"))],
        coerce=lambda value: value == "ja",
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    reporter_name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        error_messages={"required": _("Write your name, so that we can answer you.")},
    )
    reporter_contact = forms.CharField(
        label=_("Your e-mail or phone number"),
        max_length=254,
        help_text=_("With an e-mail address you get our answer by mail."),
        error_messages={"required": _("Write an e-mail address or a phone number, so that we can answer you.")},
    )
    reporter_function = forms.CharField(label=_("Your job"), max_length=120, required=False)
    reporter_phone = forms.CharField(
        label=_("Your phone, when you wrote an e-mail address"), max_length=30, required=False
    )

    def __init__(self, *args, link: PartnerLink, **kwargs):
        kwargs.setdefault("initial", {"submission": uuid4(), "names_because": "", "family_may_know": ""})
        super().__init__(*args, **kwargs)
        offered = [Category(value) for value in link.categories if value in Category]
        self.arrears = next((category for category in offered if category.is_arrears), None)
        choices_of(self, "category").choices = [(one.value, one.label) for one in offered if not one.is_arrears]
        if self.arrears is None:
            del self.fields["arrears_steps"]
        for name in ("about_name", "about_address"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        for name, kind in {"reporter_name": "name", "reporter_contact": "email", "reporter_phone": "tel"}.items():
            self.fields[name].widget.attrs["autocomplete"] = kind
        self.fields["reporter_contact"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        self.fields["reporter_phone"].widget.input_type = "tel"

    @property
    def tells_more(self) -> bool:
        """Was something filled in, or refused, in what is folded away?"""
        return any(self[name].errors or self[name].value() for name in self.more)

    @property
    def domain_options(self) -> list[tuple[forms.boundfield.BoundWidget, str]]:
        """Each life domain to tick, with its drawing."""
        return [(option, LifeDomain(option.data["value"]).icon) for option in self["domains"]]

    def clean_last_day(self):
        return in_our_time(self.cleaned_data["last_day"])

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        self.names_only_with_agreement(cleaned.get("discussed"))
        if cleaned.get("discussed") != Signal.Discussed.NOT_YET:
            cleaned["not_yet_because"] = ""
        elif not cleaned.get("not_yet_because") and not cleaned.get("danger_now"):
            self.add_error("not_yet_because", _("Write why you did not discuss it yet."))
        if cleaned.get("discussed") != Signal.Discussed.AGREED:
            cleaned["resident_agrees_to_feedback"] = False
        self.only_arrears(cleaned.pop("arrears_steps", []))
        self.mail_or_phone(cleaned.pop("reporter_contact", ""))
        return cleaned

    def names_only_with_agreement(self, discussed: str | None) -> None:
        cleaned = self.cleaned_data
        if discussed != Signal.Discussed.NOT_AGREED:
            cleaned["names_because"] = ""
        refusals: dict[str | None, Any] = {
            Signal.Discussed.NOT_AGREED: _(
                "The resident is not fine with it. Take this out, or choose above why it must be known."
            ),
            Signal.Discussed.QUESTION: _(
                "You ask for advice without a name. Take this out, or choose another answer above."
            ),
        }
        refusal = refusals.get(discussed)
        if refusal is None or cleaned.get("names_because"):
            return
        for name in ("about_name", "about_address"):
            if cleaned.get(name):
                self.add_error(name, refusal)

    def only_arrears(self, steps: list[str]) -> None:
        """All four steps make it a matter of arrears, which goes to the debt help. Some of them are a mistake."""
        cleaned = self.cleaned_data
        if not steps or self.arrears is None:
            return
        if len(steps) < len(ARREARS_STEPS):
            self.add_error(
                "arrears_steps", _("Tick all four. Did you not do them all? Then tick none, and tell what you see.")
            )
        elif cleaned.get("discussed") in (Signal.Discussed.NOT_AGREED, Signal.Discussed.QUESTION):
            self.add_error(
                "arrears_steps", _("Who objects, or stays without a name, can not be passed on. Take the ticks away.")
            )
        elif not cleaned.get("about_name") and not cleaned.get("about_address"):
            self.add_error("about_name", _("Write who is behind with paying: a name, or an address."))
        cleaned["category"] = self.arrears.value

    def mail_or_phone(self, contact: str) -> None:
        """One field for both: who sends this on a phone types as little as possible."""
        cleaned = self.cleaned_data
        cleaned["reporter_email"] = ""
        contact = contact.strip()
        if "@" in contact:
            try:
                validate_email(contact)
            except ValidationError:
                self.add_error(
                    "reporter_contact",
                    _("This e-mail address is not complete. An address looks like name@organisation.nl."),
                )
            cleaned["reporter_email"] = contact
        elif contact and (len(contact) > 30 or sum(character.isdigit() for character in contact) < 8):
            self.add_error(
                "reporter_contact", _("This is no e-mail address and no phone number. Look at it once more.")
            )
        elif contact:
            if cleaned.get("reporter_phone") not in ("", contact):
                self.add_error("reporter_phone", _("You wrote a phone number above already. Take one of the two out."))
            cleaned["reporter_phone"] = contact


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
