from typing import Any

from django import forms
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from config.forms import choices_of
from desk.entry import Kind
from households.models import Household


class TimelineForm(forms.Form):
    """What to show. Kind and person may stand in the address; the words come by POST and never do."""

    soort = forms.ChoiceField(
        label=_("Which kind?"),
        choices=[("", _("Everything")), *Kind.choices],
        required=False,
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )
    wie = forms.TypedChoiceField(
        label=_("About whom?"),
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )
    q = forms.CharField(label=_("Words"), max_length=100, required=False)

    def __init__(self, *args: Any, household: Household, **kwargs: Any):
        super().__init__(*args, **kwargs)
        members = household.members.select_related("resident")
        choices = [("", _("Everybody")), *((one.resident_id, one.resident.full_name) for one in members)]
        choices_of(self, "wie").choices = choices

    @property
    def query(self) -> str:
        """What of it may stand in the address of another page."""
        chosen = {name: self.cleaned_data.get(name) for name in ("soort", "wie")} if self.is_valid() else {}
        return urlencode({name: value for name, value in chosen.items() if value})
