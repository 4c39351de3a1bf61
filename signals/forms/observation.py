"""What a coordinator asks a professional of a partner, and what that one answers."""

import re
from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText, NoBsn, choices_of
from config.workdays import add_workdays
from households.deciding import State, fitting_for, state
from households.domains import LifeDomain
from households.models import Consent, Household
from partners.models import Professional
from signals.forms.feedback import quoted
from signals.models import Observation
from signals.sentences import telling

ANSWER_WITHIN_WORKDAYS = 5
WHOLE_FILE = re.compile(
    r"\b(\w*dossier\w*|journaal\w*|alle\s+(gegevens|informatie|stukken|verslagen))\b", re.IGNORECASE
)


class ObservationForm(NoBsn):
    """One factual question, on one consent, to one person. Never for a whole file."""

    free_text = ("question",)

    ground = forms.ChoiceField(
        label=_("About whom and what, and with which consent?"),
        error_messages={"required": _("Choose the consent on which you ask this.")},
    )
    asked = forms.ModelChoiceField(
        label=_("Whom do you ask?"),
        queryset=Professional.objects.none(),
        empty_label=_("Choose one person"),
        error_messages={"required": _("Choose one person.")},
    )
    question = LongText(
        label=_("Your question"),
        help_text=_("One question about a fact that can be answered with yes or no. No request for a file."),
        rows=2,
        max_length=300,
        error_messages={"required": _("Write your question.")},
    )
    in_mail = forms.BooleanField(
        label=_("The question tells nothing about people"),
        help_text=_(
            "Then it stands in the mail, and is answered with one click, without a code. Else it is read with a code."
        ),
        required=False,
    )
    answer_by = DayField(label=_("Answer before"), error_messages={"required": _("Choose a day.")})

    def __init__(self, *args, household: Household, consents: Iterable[Consent], **kwargs):
        kwargs.setdefault("initial", {"answer_by": add_workdays(timezone.localdate(), ANSWER_WITHIN_WORKDAYS)})
        super().__init__(*args, **kwargs)
        self.household = household
        self.consents = {str(one.pk): one for one in consents if state(one) == State.COMPLETE}
        choices_of(self, "ground").choices = [("", _("Choose one consent")), *self.grounds()]
        persons = {one.person_id for one in self.consents.values() if one.person_id}
        open_to_all = {one.recipient_id for one in self.consents.values() if not one.person_id}
        self.people = (
            Professional.objects.active()
            .filter(Q(pk__in=persons) | Q(organisation__in=open_to_all), email__isnull=False)
            .select_related("organisation")
            .in_circle_order()
        )
        choices_of(self, "asked").queryset = self.people

    def grounds(self) -> list[tuple[str, str]]:
        """Each life domain of each complete consent."""
        return [
            (f"{key}-{item}", f"{one.resident}: {LifeDomain(item).label} ({one.to})")
            for key, one in self.consents.items()
            for item in one.items
            if item in LifeDomain.values
        ]

    def clean_question(self):
        question = self.cleaned_data["question"]
        if question.count("?") > 1:
            raise ValidationError(_("Ask one question at a time."))
        if WHOLE_FILE.search(question):
            raise ValidationError(_("Do not ask for a file. Ask one question about a fact."))
        return question

    def clean_answer_by(self):
        day = self.cleaned_data["answer_by"]
        if day < timezone.localdate():
            raise ValidationError(_("Choose today or a later day."))
        return day

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("ground"):
            key, _dash, item = cleaned["ground"].partition("-")
            cleaned["consent"], cleaned["item"] = self.consents[key], item
            asked = cleaned.get("asked")
            if asked and not fitting_for([cleaned["consent"]], professional=asked, item=item):
                self.add_error(
                    "asked", _("This consent is not for this person. Choose somebody of the same organisation.")
                )
        if cleaned.get("in_mail") and cleaned.get("question") and (words := self.words_about_people()):
            self.add_error(
                "in_mail", _("The question tells something about people: %(words)s. Do not mail it.") % {"words": words}
            )
        return cleaned

    def words_about_people(self) -> str:
        """Names and telling words; everything that is a name elsewhere in a sentence counts too."""
        question, household = self.cleaned_data["question"], self.household
        near = list(household.network.values_list("name", flat=True))
        told = telling(question, household=household, names=near, ours=[household.team.organisation_id])
        inside = re.findall(r"(?<=[\w,;:] )[A-Z]\w{2,}", question)
        return quoted(dict.fromkeys([*told, *inside]))

    @property
    def facts(self) -> dict:
        return {
            name: self.cleaned_data[name] for name in ("consent", "item", "asked", "question", "answer_by", "in_mail")
        }


class ReplyForm(NoBsn):
    """One tap and one line."""

    free_text = ("remark",)

    antwoord = forms.ChoiceField(
        label=_("Your answer"),
        choices=[(code, answer.label) for code, answer in Observation.IN_ADDRESS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one answer.")},
    )
    remark = forms.CharField(
        label=_("One line with it"),
        help_text=_("Only what is needed for this question. Write no BSN and no medical data."),
        max_length=300,
        required=False,
    )

    @property
    def answer(self) -> Observation.Answer:
        return Observation.IN_ADDRESS[self.cleaned_data["antwoord"]]
