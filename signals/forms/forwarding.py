"""What a colleague fills in to pass a signal on, and what the other organisation answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from config.forms import LongText, NoBsn, choices_of
from partners.models import Organisation, Professional
from signals.forms.feedback import quoted
from signals.forwarding import ground_to_name, of_the_other_family, recognised
from signals.models import Forward, Signal


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Professional) -> str:
        return f"{obj}, {obj.organisation}"


class ForwardForm(NoBsn):
    """To whom, and what. The server decides whether people may be named."""

    free_text = ("message",)

    person = PersonField(
        label=_("Who could take this over?"),
        queryset=Professional.objects.none(),
        required=False,
        empty_label=_("Somebody who is not in this list"),
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), required=False, empty_label=_("Choose")
    )
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("Work e-mail"),
        required=False,
        error_messages={
            "invalid": _("This e-mail address is not complete. An address looks like name@organisation.nl.")
        },
    )
    what = forms.ChoiceField(
        label=_("What do you pass on?"),
        choices=Forward.What,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you pass on.")},
    )
    message = LongText(
        label=_("The message"),
        help_text=_("The words of the reporter. Take out what the other does not need."),
        rows=6,
        error_messages={"required": _("Write what you pass on.")},
    )
    with_reporter = forms.BooleanField(
        label=_("Also who told it, with phone and e-mail: the reporter is fine with that"), required=False
    )
    sure = forms.BooleanField(label=_("I read it once more: nobody can be recognised in it"), required=False)

    def __init__(self, *args, signal: Signal, **kwargs):
        ours = signal.team.organisation_id
        self.told_by = (signal.part_of or signal).reporter_email
        people = (
            Professional.objects.active()
            .exclude(email=None)
            .exclude(organisation=ours)
            .exclude(email__iexact=self.told_by)
            .in_circle_order()
        )
        initial = {"message": signal.observation, "what": Forward.What.WITHOUT_NAMES}
        if signal.is_arrears:  # these go to the debt help, unless somebody chooses otherwise
            initial["person"] = people.filter(organisation__kind=Organisation.Kind.DEBT_HELP).first()
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        self.signal = signal
        choices_of(self, "organisation").queryset = Organisation.objects.exclude(pk=ours)
        choices_of(self, "person").queryset = people
        if signal.part_of_id:  # who works on it does not know who told it
            del self.fields["with_reporter"]

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if person := cleaned.get("person"):
            cleaned |= {"organisation": person.organisation, "name": str(person), "email": person.email}
        else:
            self.ask("organisation", _("Choose the organisation."))
            self.ask("email", _("Write the work e-mail of who reads it there."))
            self.not_who_told_it()
        if cleaned.get("what") == Forward.What.WITH_NAMES:
            self.check_ground()
            self.check_only_this_family()
        elif "message" not in self.errors:
            self.check_nobody_is_recognised()
        return cleaned

    def ask(self, name: str, error: object) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, str(error))

    def check_ground(self) -> None:
        organisation = self.cleaned_data.get("organisation")
        if organisation and not ground_to_name(self.signal, organisation):
            self.add_error(
                "what",
                _(
                    "Nobody agreed that %(organisation)s hears who it is about. Pass on the message without names, or ask "
                    "the residents first."
                )
                % {"organisation": organisation},
            )

    def not_who_told_it(self) -> None:
        if self.told_by and self.cleaned_data.get("email", "").lower() == self.told_by.lower():
            self.add_error("email", _("This is who told us. Choose somebody else."))

    def check_only_this_family(self) -> None:
        if words := quoted(of_the_other_family(self.signal, self.cleaned_data.get("message", ""))):
            self.add_error("message", _("This is about another family: %(words)s. Take it out.") % {"words": words})

    def check_nobody_is_recognised(self) -> None:
        if words := quoted(recognised(self.signal, self.cleaned_data["message"])):
            self.add_error(
                "message", _("Somebody can be recognised by this: %(words)s. Take it out.") % {"words": words}
            )
        elif not self.cleaned_data.get("sure"):
            self.add_error("sure", _("Read it once more, and tick that nobody can be recognised."))

    def facts(self) -> dict[str, Any]:
        """What the verb needs."""
        return {
            name: self.cleaned_data[name]
            for name in ("organisation", "name", "email", "what", "message", "with_reporter")
            if name in self.fields
        }


class ReturnForm(NoBsn):
    """Why another organisation gives a signal back."""

    free_text = ("because",)
    because = forms.CharField(
        label=_("Why can you not take this over?"),
        help_text=_("Write no names."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why. Then the team knows what to do now.")},
    )
