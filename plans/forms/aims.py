from django import forms
from django.utils.translation import gettext_lazy as _

from households.domains import LifeDomain


class OppositionForm(forms.Form):
    domain = forms.ChoiceField(
        label=_("Life domain"),
        choices=[("", _("Choose a life domain")), *LifeDomain.choices],
        error_messages={"required": _("Choose a life domain.")},
    )
    one = forms.CharField(
        label=_("This"), max_length=60, error_messages={"required": _("Write what an action can be aimed at.")}
    )
    other = forms.CharField(
        label=_("does not go together with"),
        max_length=60,
        error_messages={"required": _("Write what it does not go together with.")},
    )
