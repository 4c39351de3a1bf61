from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from config.forms import choices_of
from households.domains import LifeDomain
from plans.forms.people import key
from plans.models import Action
from plans.workflow import OPEN, Status

STILL_OPEN, LATE = "open", "laat"
ANYTHING = {"invalid_choice": _("Choose something from the list.")}


class ChooseActions(forms.Form):
    """Which actions of a plan: whose, of which organisation, in which life domain and how they stand. Only what is in the
    plan can be chosen. By GET it stands in the address: keys, and no name."""

    wie = forms.ChoiceField(label=_("Who?"), required=False, error_messages=ANYTHING)
    organisatie = forms.ChoiceField(label=_("Organisation"), required=False, error_messages=ANYTHING)
    domein = forms.ChoiceField(label=_("Life domain"), required=False, error_messages=ANYTHING)
    stand = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("All")), (STILL_OPEN, _("Not done yet")), (LATE, _("late")), *Status.choices],
        required=False,
        error_messages=ANYTHING,
    )

    def __init__(self, *args, actions: list[Action], **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = actions
        self.offer("wie", ((key(one.owner), str(one.owner)) for one in actions))
        helpers = [one.owner_professional.organisation for one in actions if one.owner_professional]
        self.offer("organisatie", ((str(one.pk), one.name) for one in helpers))
        self.offer("domein", ((one.goal.domain, str(LifeDomain(one.goal.domain).label)) for one in actions))

    def offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        known = sorted(dict(choices).items(), key=lambda choice: choice[1])
        choices_of(self, name).choices = [("", _("All")), *known]

    def found(self) -> list[Action]:
        return [one for one in self.rows if self.fits(one)] if self.is_valid() else []

    def fits(self, action: Action) -> bool:
        chosen, helper = self.cleaned_data, action.owner_professional
        return (
            chosen["wie"] in ("", key(action.owner))
            and (
                not chosen["organisatie"]
                or (helper is not None and str(helper.organisation_id) == chosen["organisatie"])
            )
            and chosen["domein"] in ("", action.goal.domain)
            and self.stands(action, chosen["stand"])
        )

    def stands(self, action: Action, stand: str) -> bool:
        if stand == STILL_OPEN:
            return action.status in OPEN
        return action.is_overdue if stand == LATE else stand in ("", action.status)
