from django import forms
from django.utils.translation import gettext_lazy as _

from config.forms import LongText
from households.domains import LifeDomain
from households.models import Household
from plans.forms.action import ActionForm


class LightForm(ActionForm):
    """One question, one action: what they ask, and who does what before which day."""

    question = LongText(
        label=_("What do they ask, in their own words?"),
        help_text=_("Exactly as it was said. One sentence is enough."),
        rows=2,
        max_length=300,
        error_messages={"required": _("Write what they ask.")},
    )
    domain = forms.ChoiceField(
        label=_("Life domain"),
        choices=[("", _("Choose a life domain")), *LifeDomain.choices],
        error_messages={"required": _("Choose a life domain.")},
    )

    field_order = ("question", "domain")  # as on the page: so are the mistakes told

    def __init__(self, *args, household: Household, **kwargs):
        kwargs.setdefault("initial", {"question": household.request_in_own_words[:300]})
        super().__init__(*args, household=household, **kwargs)
